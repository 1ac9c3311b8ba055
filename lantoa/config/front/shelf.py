"""Static files, answered without a thread of Django's."""

from typing import cast

from whitenoise.middleware import WhiteNoiseMiddleware

from lantoa.config.front.pages import Answer
from lantoa.live.asgi import Scope, header

ASKED = {
    b"accept-encoding": "HTTP_ACCEPT_ENCODING",
    b"if-modified-since": "HTTP_IF_MODIFIED_SINCE",
    b"if-none-match": "HTTP_IF_NONE_MATCH",
    b"range": "HTTP_RANGE",
}


class StaticShelf:
    """What whitenoise would serve from within Django, by the same settings."""

    def __init__(self) -> None:
        self._white = WhiteNoiseMiddleware(lambda _: None)

    def find(self, scope: Scope) -> Answer | None:
        """Return the answer, if the path is one of a static file."""
        path = scope["path"]
        if not path.startswith(self._white.static_prefix):
            return None
        if self._white.use_finders:  # not collected: they may change at any time
            file = self._white.find_file(path)
        else:
            file = self._white.files.get(path)
        if file is None:
            return None
        asked = {
            name: value.decode("latin-1")
            for key, name in ASKED.items()
            if (value := header(scope, key)) is not None
        }
        found = file.get_response(scope["method"], asked)
        headers = [
            (key.lower().encode("latin-1"), value.encode("latin-1"))
            for key, value in found.headers
        ]
        headers.append((b"x-content-type-options", b"nosniff"))
        content = b""
        if found.file is not None:
            with found.file:  # small, and in the page cache: no thread is asked
                content = cast("bytes", found.file.read())
        return Answer(int(found.status), headers, content)
