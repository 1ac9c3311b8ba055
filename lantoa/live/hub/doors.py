"""The hub's doors: /live/stream, /live/poll and /live/beat, as raw ASGI."""

import asyncio
import gzip
import json
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from lantoa.live.asgi import Receive, Scope, Send, header, refuse
from lantoa.live.tickets import BadTicket, Ticket, read

LONGEST: Final = 256 * 1024  # bytes of a request
SLOWEST: Final = 15.0  # seconds for a request to arrive
MOST: Final = 6000  # digests, families
WORTH_PACKING: Final = 600  # bytes
LONGEST_WAIT: Final = 25.0  # seconds of a poll


class NotAdmittedError(Exception):
    """The request is refused with *status*."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """What a watcher asks for."""

    ticket: Ticket
    want: tuple[str, ...]  # families
    have: dict[str, str]  # DOM id → digest
    wait: float  # seconds


async def admit(scope: Scope, receive: Receive) -> Asked:
    """Return what is asked, if it may be asked.

    Raises:
        NotAdmittedError: 405 no POST, 403 from another site or without a good ticket,
            413 too long, 408 too slow, 400 not understood.
    """
    if scope["method"] != "POST":
        raise NotAdmittedError(HTTPStatus.METHOD_NOT_ALLOWED)
    if not _same_site(scope):
        raise NotAdmittedError(HTTPStatus.FORBIDDEN)
    try:
        said = json.loads(await _body(receive))
        want, have, wait = said.get("want", []), said.get("have", {}), said.get("wait")
        well = (
            isinstance(want, list)
            and isinstance(have, dict)
            and len(want) + len(have) <= MOST
            and all(isinstance(text, str) for text in (*want, *have, *have.values()))
        )
        wait = float(wait or 0)
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise NotAdmittedError(HTTPStatus.BAD_REQUEST) from None
    if not well:
        raise NotAdmittedError(HTTPStatus.BAD_REQUEST)
    try:
        ticket = read(said.get("ticket"))
    except BadTicket:
        raise NotAdmittedError(HTTPStatus.FORBIDDEN) from None
    return Asked(ticket, tuple(want), have, min(max(wait, 0.0), LONGEST_WAIT))


def _same_site(scope: Scope) -> bool:
    """Return whether the request comes from our own pages, or from no page at all.

    There is no cookie to steal here and no token to prove, so the origin is the proof.
    """
    if header(scope, b"sec-fetch-site") not in {None, b"same-origin"}:
        return False
    origin = header(scope, b"origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc == (header(scope, b"host") or b"")


async def _body(receive: Receive) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(SLOWEST):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise NotAdmittedError(HTTPStatus.BAD_REQUEST)
                body += message.get("body", b"")
                if len(body) > LONGEST:
                    raise NotAdmittedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                if not message.get("more_body"):
                    return bytes(body)
    except TimeoutError:
        raise NotAdmittedError(HTTPStatus.REQUEST_TIMEOUT) from None


async def answer(scope: Scope, send: Send, data: dict[str, Any]) -> None:
    """Answer with JSON, packed if that is worth while."""
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    head = [
        (b"content-type", b"application/json"),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    accepted = header(scope, b"accept-encoding") or b""
    if len(body) > WORTH_PACKING and b"gzip" in accepted:
        body = gzip.compress(body, 6, mtime=0)
        head.append((b"content-encoding", b"gzip"))
    head.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": body})


async def turn_away(send: Send, status: HTTPStatus) -> None:
    """Refuse the request."""
    headers = [(b"allow", b"POST")] if status == HTTPStatus.METHOD_NOT_ALLOWED else []
    await refuse(send, status, headers=headers)


def now() -> int:
    """Return the server's time as browsers count it, in milliseconds."""
    return int(time.time() * 1000)
