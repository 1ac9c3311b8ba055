"""One watcher's stream: bytes written once for all, or woken to fetch the newest."""

import asyncio
from contextlib import suppress
from socket import AF_INET, AF_INET6, SO_SNDBUF, SOL_SOCKET
from typing import Final, Protocol

from lantoa.live.asgi import Receive, Scope, Send, header
from lantoa.live.hub import frames
from lantoa.live.hub.frames import News
from lantoa.live.tickets import Ticket
from lantoa.live.wire import Wire, wire_of

HEAD = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]

# Bytes that the kernel may hold for one watcher (it doubles the number): what waits
# there cannot be replaced by something newer any more.
SMALL: Final = 16 * 1024


class Source(Protocol):
    """What a stream reads from: its channel."""

    @property
    def version(self) -> int:
        """Return the newest version."""

    def since(self, version: int) -> News | None:
        """Return everything that changed after *version*."""


class Stream:
    """An open stream. Nothing is queued for it: it knows only the version it has."""

    __slots__ = ("_over", "_packed", "_send", "seen", "source", "ticket")

    def __init__(
        self, ticket: Ticket, source: Source, send: Send, *, packed: bool
    ) -> None:
        self.ticket = ticket
        self.source = source
        self.seen = source.version
        self._send = send
        self._packed = packed
        self._over = False

    async def open(self) -> None:
        """Send the head."""
        head = [*HEAD, (b"content-encoding", b"gzip")] if self._packed else HEAD
        await self._send(
            {"type": "http.response.start", "status": 200, "headers": head}
        )

    async def begin(self, hello: bytes, lacking: News | None) -> None:
        """Send the first events: what the watcher lacks as of the version seen."""
        if self._packed:
            body = frames.GZIP_HEAD + frames.pack(hello)
            body += lacking.packed if lacking else b""
        else:
            body = hello + (lacking.plain if lacking else b"")
        await self._send(
            {"type": "http.response.body", "body": body, "more_body": True}
        )

    async def follow(self, receive: Receive) -> None:
        """Return when the stream is over, from whichever side."""
        while (await receive())["type"] != "http.disconnect":
            pass
        self._over = True

    def catch_up(self) -> bool:
        """Give the newest if the watcher can take it; return whether it is current."""
        raise NotImplementedError

    def tell(self, news: News) -> None:
        """Pass on an event that may be left out when the watcher lags."""
        raise NotImplementedError

    def push(self, news: News, version: int) -> bool:
        """Pass on what is new in *version*; return False if the watcher lags."""
        raise NotImplementedError

    async def end(self, why: str) -> None:
        """Say why, and end the answer; the stream is then over for `follow`, too."""
        if self._over:
            return
        self._over = True
        body = frames.event("end", {"why": why})
        if self._packed:
            body = frames.pack(body)
        with suppress(OSError, RuntimeError):
            await self._send({"type": "http.response.body", "body": body})


class WireStream(Stream):
    """A stream that writes straight to the connection, without waking a task."""

    __slots__ = ("_pending", "_transport", "_write")

    def __init__(
        self, ticket: Ticket, source: Source, send: Send, wire: Wire, *, packed: bool
    ) -> None:
        super().__init__(ticket, source, send, packed=packed)
        self._transport = wire.transport
        self._write = wire.transport.write
        self._pending = wire.transport.get_write_buffer_size

    async def open(self) -> None:
        """Send the head, on a line that holds little: what waits in it grows old."""
        socket = self._transport.get_extra_info("socket")
        if socket is not None and socket.family in {AF_INET, AF_INET6}:
            socket.setsockopt(SOL_SOCKET, SO_SNDBUF, SMALL)
        await super().open()

    def push(self, news: News, version: int) -> bool:
        """Write, unless earlier bytes are still on their way to the watcher."""
        if self._over:
            return True
        if self._pending():
            return False
        self._put(news)
        self.seen = version
        return True

    def catch_up(self) -> bool:
        if self._over:
            return True
        if self._pending():
            return False
        if self.seen < self.source.version:
            news = self.source.since(self.seen)
            self.seen = self.source.version
            if news:
                self._put(news)
        return True

    def tell(self, news: News) -> None:
        if not self._over and not self._pending():
            self._put(news)

    def _put(self, news: News) -> None:
        try:
            self._write(news.packed_chunk if self._packed else news.chunk)
        except (RuntimeError, OSError):
            self._over = True  # the line is gone; `follow` is about to hear of it


class PlainStream(Stream):
    """A stream for any ASGI server: its own task sends, one event at a time."""

    __slots__ = ("_awake", "_word")

    def __init__(
        self, ticket: Ticket, source: Source, send: Send, *, packed: bool
    ) -> None:
        super().__init__(ticket, source, send, packed=packed)
        self._awake = asyncio.Event()
        self._word: News | None = None

    async def follow(self, receive: Receive) -> None:
        sending = asyncio.ensure_future(self._pass_on())
        try:
            await super().follow(receive)
        finally:
            sending.cancel()

    async def _pass_on(self) -> None:
        while not self._over:
            await self._awake.wait()
            self._awake.clear()
            word, self._word = self._word, None
            since, self.seen = self.seen, self.source.version
            news = self.source.since(since) if since < self.seen else None
            for each in filter(None, (word, news)):
                body = each.packed if self._packed else each.plain
                if not self._over:
                    await self._send(
                        {"type": "http.response.body", "body": body, "more_body": True}
                    )

    def push(self, news: News, version: int) -> bool:
        """Wake the task, which fetches the newest when the line is free."""
        self._awake.set()
        return True

    def catch_up(self) -> bool:
        self._awake.set()
        return True

    def tell(self, news: News) -> None:
        self._word = news
        self._awake.set()


def stream_for(scope: Scope, ticket: Ticket, source: Source, send: Send) -> Stream:
    """Return the stream that this server and this client allow."""
    wire = wire_of(scope)
    packed = b"gzip" in (header(scope, b"accept-encoding") or b"")
    if wire is None or scope["http_version"] != "1.1":
        return PlainStream(ticket, source, send, packed=packed)
    return WireStream(ticket, source, send, wire, packed=packed)
