"""Sending answers and files at the client's pace, without a thread of Django's."""

import asyncio
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import formatdate
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

from lantoa.config.front.pages import Answer
from lantoa.live.asgi import Headers, Receive, Scope, Send, header, refuse
from lantoa.live.wire import Wire, wire_of

PIECE = 64 * 1024  # bytes
QUICK = 256 * 1024  # bytes of a file that are read without asking a thread
RANGE = re.compile(rb"bytes=(\d*)-(\d*)")
# What Django said about the answer as a whole, and the front says anew of a file.
REPLACED = {b"x-sendfile", b"content-length", b"accept-ranges", b"content-range"}


class ClientTooSlowError(Exception):
    """The client took nothing for too long."""


@dataclass(slots=True)
class Outlet:
    """The way to one client; a client that takes nothing for *patience* is dropped."""

    send: Send
    receive: Receive
    wire: Wire | None
    patience: float  # seconds

    async def put(self, message: dict[str, Any]) -> None:
        """Send one message.

        Raises:
            ClientTooSlowError: the client took nothing in time; it is cut off.
        """
        try:
            async with asyncio.timeout(self.patience):
                await self.send(message)
        except TimeoutError:
            if self.wire is not None:
                self.wire.abort()
                while (await self.receive())["type"] != "http.disconnect":
                    pass
            raise ClientTooSlowError from None

    async def start(self, status: int, headers: Headers) -> None:
        """Send the head."""
        await self.put(
            {"type": "http.response.start", "status": status, "headers": headers}
        )

    async def body(self, piece: bytes, *, more: bool) -> None:
        """Send a piece of the content."""
        await self.put({"type": "http.response.body", "body": piece, "more_body": more})

    async def copy(self, read: Callable[[int], bytes], size: int) -> None:
        """Send *size* bytes of what *read* gives, reading long ones in threads."""
        while size > 0:
            wanted = min(PIECE, size)
            piece = await asyncio.to_thread(read, wanted)
            if not piece:
                raise OSError("the file became shorter while it was sent")
            size -= len(piece)
            await self.body(piece, more=size > 0)


def outlet(scope: Scope, receive: Receive, send: Send, patience: float) -> Outlet:
    """Return the way to the client of this request."""
    return Outlet(send, receive, wire_of(scope), patience)


async def send_answer(out: Outlet, scope: Scope, answer: Answer) -> None:
    """Send a complete answer; its file, if it is one, is closed."""
    content = answer.content
    if isinstance(content, bytes):
        await out.start(answer.status, _with_length(answer, len(content)))
        await out.body(content, more=False)
        return
    with content:
        size = content.seek(0, os.SEEK_END)
        content.seek(0)
        await out.start(answer.status, _with_length(answer, size))
        if scope["method"] == "HEAD":
            await out.body(b"", more=False)
        else:
            await out.copy(content.read, size)


def _with_length(answer: Answer, size: int) -> Headers:
    if answer.get(b"content-length") is not None or answer.status in {204, 304}:
        return answer.headers
    return [*answer.headers, (b"content-length", b"%d" % size)]


async def send_file(out: Outlet, scope: Scope, answer: Answer, root: Path) -> None:
    """Send the file named by the answer's X-Sendfile, or the range asked for.

    Only what lies below *root* is sent, links followed. Source: RFC 9110, 13 and 14.
    """
    file = await asyncio.to_thread(_open_below, answer.get(b"x-sendfile") or b"", root)
    if file is None:
        await refuse(out.send, HTTPStatus.NOT_FOUND)
        return
    with file:
        stat = os.fstat(file.fileno())
        etag = answer.get(b"etag") or b'"%x-%x"' % (stat.st_mtime_ns, stat.st_size)
        changed = (
            answer.get(b"last-modified")
            or formatdate(int(stat.st_mtime), usegmt=True).encode()
        )
        headers = [
            (key, value)
            for key, value in answer.headers
            if key not in REPLACED | {b"etag", b"last-modified"}
        ]
        headers += [
            (b"etag", etag),
            (b"last-modified", changed),
            (b"accept-ranges", b"bytes"),
        ]
        if etag in _tags(header(scope, b"if-none-match")):
            await out.start(HTTPStatus.NOT_MODIFIED, headers)
            await out.body(b"", more=False)
            return
        status, first, size = _span(scope, stat.st_size, etag, changed)
        if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            whole = (b"content-range", b"bytes */%d" % stat.st_size)
            await refuse(out.send, status, headers=[whole])
            return
        if status == HTTPStatus.PARTIAL_CONTENT:
            span = b"bytes %d-%d/%d" % (first, first + size - 1, stat.st_size)
            headers.append((b"content-range", span))
        headers.append((b"content-length", b"%d" % size))
        await out.start(status, headers)
        if scope["method"] == "HEAD" or not size:
            await out.body(b"", more=False)
            return
        file.seek(first)
        await out.copy(file.read, size)


def _open_below(name: bytes, root: Path) -> IO[bytes] | None:
    try:
        path = Path(os.fsdecode(name)).resolve(strict=True)
        if not path.is_relative_to(root.resolve()) or not path.is_file():
            return None
        return path.open("rb")
    except (OSError, ValueError):
        return None


def _tags(value: bytes | None) -> set[bytes]:
    return {tag.strip().removeprefix(b"W/") for tag in (value or b"").split(b",")}


def _span(
    scope: Scope, size: int, etag: bytes, changed: bytes
) -> tuple[HTTPStatus, int, int]:
    """Return the status, the first byte and the number of bytes to send.

    Several ranges at once, and what is not understood, get the whole file.
    """
    asked = RANGE.fullmatch(header(scope, b"range") or b"")
    condition = header(scope, b"if-range")
    whole = HTTPStatus.OK, 0, size
    if asked is None or scope["method"] not in {"GET", "HEAD"}:
        return whole
    if condition is not None and condition not in {etag, changed}:
        return whole  # the file is another one by now
    start, end = asked.groups()
    if not start and not end:
        return whole
    if not start:
        first, last = max(0, size - int(end)), size - 1
        empty = int(end) == 0
    else:
        first, last = int(start), min(int(end), size - 1) if end else size - 1
        empty = bool(end) and int(end) < first
        if empty:
            return whole  # a range that ends before it begins is none
    if empty or first >= size:
        return HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, 0, 0
    return HTTPStatus.PARTIAL_CONTENT, first, last - first + 1
