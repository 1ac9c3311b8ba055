"""Tickets: short signed leave to watch one topic as one class of viewer."""

import time
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.core import signing

from lantoa.live.fragments import AUTHORITIES, Viewer

SALT: Final = "lantoa.live.ticket"
LIFETIME: Final = 15 * 60  # seconds
LONGEST: Final = 1000  # characters


class BadTicket(ValueError):  # noqa: N818 - named for what is shown at the door
    """The ticket was not made here, or is no longer good."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What its holder may see, until when, and whose heartbeats it may send."""

    topic: str  # "conference:12"
    viewer: Viewer
    expires: int  # seconds of the epoch
    mandate_id: int | None = None
    subject: str = ""  # "venue:12": whose heartbeats the holder may send


def issue(
    topic: str,
    viewer: Viewer,
    *,
    mandate_id: int | None = None,
    subject: str = "",
    until: datetime | None = None,
    lifetime: int = LIFETIME,
) -> str:
    """Return a ticket that is good for *lifetime* seconds, at most *until* a moment.

    Args:
        mandate_id: the mandate it rests on; the stream ends when that is revoked.
        subject: "venue:12" lets its holder send that venue's heartbeats.
        until: the end of the mandate, if it has one.
    """
    expires = int(time.time()) + lifetime
    if until is not None:
        expires = min(expires, int(until.timestamp()))
    fields: dict[str, Any] = {"t": topic, "a": viewer.authority, "l": viewer.language}
    fields |= {"e": expires}
    if mandate_id is not None:
        fields["m"] = mandate_id
    if subject:
        fields["s"] = subject
    return signing.Signer(salt=SALT).sign_object(fields)


def read(text: object, *, now: float | None = None) -> Ticket:
    """Return what *text* says.

    Raises:
        BadTicket: forged, malformed or expired.
    """
    if not isinstance(text, str) or len(text) > LONGEST:
        raise BadTicket("malformed")
    ticket = _unsign(text)
    if ticket is None:
        raise BadTicket("forged")
    if ticket.expires <= (time.time() if now is None else now):
        raise BadTicket("expired")
    return ticket


@lru_cache(maxsize=8192)
def _unsign(text: str) -> Ticket | None:
    # Thousands of watchers hold the very same ticket, renewed in common bytes.
    try:
        fields = signing.Signer(salt=SALT).unsign_object(text)
        authority = next(each for each in AUTHORITIES if each == fields["a"])
        return Ticket(
            topic=str(fields["t"]),
            viewer=Viewer(authority, str(fields["l"])),
            expires=int(fields["e"]),
            mandate_id=fields.get("m"),
            subject=str(fields.get("s", "")),
        )
    except (signing.BadSignature, KeyError, ValueError, TypeError, StopIteration):
        return None
