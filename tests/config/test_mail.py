"""How e-mail leaves is said in one variable of the environment."""

from pathlib import Path

import pytest

from lantoa.config.mail import parse_email_url

OUTBOX = Path("/nơi-nào-đó/outbox")


def test_without_a_server_every_mail_is_a_file():
    assert parse_email_url("", OUTBOX) == {
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": OUTBOX,
    }


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://thu.vn", 587, True, False),
        ("smtp://thu.vn:25?tls=no", 25, False, False),
        ("smtps://thu.vn", 465, False, True),
    ],
)
def test_the_server_and_its_encryption(url, port, tls, ssl):
    found = parse_email_url(url, OUTBOX)

    assert (
        found["EMAIL_HOST"], found["EMAIL_PORT"],
        found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"],
    ) == ("thu.vn", port, tls, ssl)  # fmt: skip


def test_user_and_password_may_hold_any_letter():
    found = parse_email_url("smtp://a%40b.vn:m%E1%BA%ADt%2F1@thu.vn", OUTBOX)

    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == (
        "a@b.vn",
        "mật/1",
    )


@pytest.mark.parametrize("url", ["http://thu.vn", "thu.vn:25", "smtp://"])
def test_what_is_no_mail_server_is_refused(url):
    with pytest.raises(ValueError, match="EMAIL_URL"):
        parse_email_url(url, OUTBOX)
