"""A crowd of watchers in a process of its own: raw sockets, arrival times by round.

Run as a program it obeys JSON lines on its standard input and answers in JSON lines;
:class:`Crowd` is the other end of that line.
"""

import asyncio
import json
import re
import subprocess
import sys
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

ROUND = re.compile(rb"seq=(\d+);")


class Crowd:
    """The crowd as the benchmark sees it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def ask(self, do: str, **how: Any) -> Any:
        """Have the crowd do something and return what it says."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, **how}).encode() + b"\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


class Watcher(asyncio.Protocol):
    """One open stream; notes when each round came, and the last one it knows."""

    def __init__(self, everyone: "Everyone") -> None:
        self.everyone = everyone
        self.last = -1
        self.ready = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        transport.write(self.everyone.request)  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        moment = time.monotonic()
        everyone = self.everyone
        everyone.bytes += len(data)
        if not self.ready and everyone.greeting in data:
            self.ready = True
            everyone.greeted(moment)
        for found in ROUND.findall(data):
            number = int(found)
            if number > self.last:
                self.last = number
                everyone.arrivals[number].append(moment)

    def connection_lost(self, exc: Exception | None) -> None:
        self.everyone.lost += 1


class Everyone:
    """All the watchers, and what the benchmark may ask of them."""

    def __init__(self) -> None:
        self.watchers: list[Watcher] = []
        self.arrivals: defaultdict[int, list[float]] = defaultdict(list)
        self.request = self.greeting = b""
        self.bytes = self.lost = self.hellos = 0
        self.last_hello = 0.0

    def greeted(self, moment: float) -> None:
        self.hellos += 1
        self.last_hello = moment

    async def connect(
        self, port: int, request: str, greeting: str, count: int, at_once: int
    ) -> dict[str, Any]:
        """Open *count* streams, *at_once* at a time; wait until all were greeted."""
        self.request, self.greeting = request.encode(), greeting.encode()
        self.hellos = 0
        loop = asyncio.get_running_loop()
        gate = asyncio.Semaphore(at_once)
        begun = time.monotonic()

        async def one() -> None:
            async with gate:
                _, watcher = await loop.create_connection(
                    lambda: Watcher(self), "127.0.0.1", port
                )
                self.watchers.append(watcher)

        await asyncio.gather(*(one() for _ in range(count)))
        with suppress(TimeoutError):
            async with asyncio.timeout(60):
                while self.hellos < count:  # noqa: ASYNC110 - a glance is cheapest
                    await asyncio.sleep(0.01)
        return {"greeted": self.hellos, "seconds": self.last_hello - begun}

    async def await_round(self, number: int, patience: float) -> dict[str, Any]:
        """Wait until everybody has the round; return when it came to each."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while len(self.arrivals[number]) < len(self.watchers):  # noqa: ASYNC110
                    await asyncio.sleep(0.005)
        return {"arrivals": self.arrivals.pop(number, []), "lost": self.lost}

    async def state(self) -> dict[str, Any]:
        """Return how many there are, and the oldest round that one of them has."""
        known = [watcher.last for watcher in self.watchers]
        return {
            "count": len(known),
            "oldest": min(known, default=-1),
            "lost": self.lost,
        }

    async def leave(self) -> dict[str, Any]:
        """Everybody goes at once."""
        for watcher in self.watchers:
            watcher.transport.abort()  # type: ignore[attr-defined]
        self.watchers.clear()
        self.arrivals.clear()
        await asyncio.sleep(0.1)
        self.lost = 0
        return {}


async def obey() -> None:
    everyone = Everyone()
    orders = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(orders), sys.stdin
    )
    while line := await orders.readline():
        order = json.loads(line)
        said = await getattr(everyone, order.pop("do"))(**order)
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    import gc
    import resource

    import uvloop

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    gc.disable()
    uvloop.run(obey())
