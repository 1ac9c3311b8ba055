"""How e-mail leaves, read from the environment."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

BACKENDS = "django.core.mail.backends"
PORTS = {"smtp": 587, "smtps": 465}


def parse_email_url(url: str, outbox: Path) -> dict[str, Any]:
    """Return Django's settings for "smtp://user:password@host:587".

    ``smtp`` asks for encryption after connecting (STARTTLS), unless the address says
    ``?tls=no``, for a server on the same machine; ``smtps`` is encrypted from the
    start. An empty url lets every e-mail be a file in *outbox*.

    Raises:
        ValueError: the url is not one of SMTP, or names no server.
    """
    if not url:
        return {
            "EMAIL_BACKEND": f"{BACKENDS}.filebased.EmailBackend",
            "EMAIL_FILE_PATH": outbox,
        }
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(f"EMAIL_URL: not smtp://host or smtps://host: {parts.scheme}")
    encrypted = dict(parse_qsl(parts.query)).get("tls") != "no"
    return {
        "EMAIL_BACKEND": f"{BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and encrypted,
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": 20,  # seconds
    }
