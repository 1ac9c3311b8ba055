"""A thin, slow line before a server: a TCP relay that counts, holds back and delays."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

PACKET = 1460  # bytes of a full packet
HEADER = 40  # bytes of IP and TCP before them; they take their time on the line, too


@dataclass(slots=True)
class Way:
    """One direction of the line, shared by all connections.

    Args:
        rate: bytes a second, 0 for no limit.
        delay: seconds from one end to the other.
    """

    rate: float
    delay: float
    carried: int = 0  # bytes of content so far
    last: float = 0.0  # when the last of them arrived
    _free: float = 0.0

    async def send(self, data: bytes, writer: asyncio.StreamWriter) -> None:
        """Put *data* on the line; return when the line is free again."""
        loop = asyncio.get_running_loop()
        begun = max(loop.time(), self._free)
        self._free = begun + ((len(data) + HEADER) / self.rate if self.rate else 0)
        self.carried += len(data)
        self.last = self._free + self.delay
        loop.call_at(self.last, _arrive, writer, data)
        await asyncio.sleep(self._free - loop.time())


@dataclass(slots=True)
class WeakLine:
    """A relay to a local port through a line that can be changed while it is used."""

    port: int
    down: Way = field(default_factory=lambda: Way(0, 0))
    up: Way = field(default_factory=lambda: Way(0, 0))

    def narrow(self, bits: int, round_trip: float) -> None:
        """Carry *bits* a second each way from now on, with *round_trip* seconds."""
        for way in (self.down, self.up):
            way.rate, way.delay = bits / 8, round_trip / 2

    async def connect(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Relay one connection; its handshake takes a round trip first."""
        # The end of the benchmark ends it, too; asyncio would report that as a fault.
        with suppress(OSError, asyncio.CancelledError):
            await asyncio.sleep(self.down.delay + self.up.delay)
            there = await asyncio.open_connection("127.0.0.1", self.port)
            ways = [
                asyncio.ensure_future(_relay(reader, there[1], self.up)),
                asyncio.ensure_future(_relay(there[0], writer, self.down)),
            ]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for each in ways:
                    each.cancel()
                there[1].close()
                writer.close()

    async def quiet(self, seconds: float) -> None:
        """Return when nothing has come down the line for so long."""
        now = asyncio.get_running_loop().time
        while now() - self.down.last < seconds:  # noqa: ASYNC110 - a glance is cheapest
            await asyncio.sleep(0.1)


@asynccontextmanager
async def weak_line(port: int) -> AsyncIterator[tuple[WeakLine, str]]:
    """Give a line to a local port, at first without limits, and its address."""
    line = WeakLine(port)
    server = await asyncio.start_server(line.connect, "127.0.0.1", 0)
    try:
        yield line, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def _relay(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: Way
) -> None:
    while data := await reader.read(PACKET):
        await way.send(data, writer)
    await asyncio.sleep(way.delay)  # the end arrives after what was said


def _arrive(writer: asyncio.StreamWriter, data: bytes) -> None:
    if not writer.is_closing():
        writer.write(data)
