"""Two hundred officers who report progress over HTTP, each command under its key."""

import asyncio
import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import uuid4

AGAIN = 0.25  # seconds between two tries of a command that had no answer
PATIENCE = 60.0  # seconds


@dataclass(slots=True)
class Officer:
    """One officer: a way in, and the obligation that is reported on."""

    token: str
    obligation: int
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def say(self, port: int, path: str, said: dict[str, object], key: str) -> int:
        """Send one command on the officer's connection; return the status."""
        if self.reader is None or self.reader.at_eof():  # the server let go of it
            self.hang_up()
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", port)
        assert self.reader is not None
        assert self.writer is not None
        body = json.dumps(said).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Authorization: Bearer {self.token}\r\nIdempotency-Key: {key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.writer.write(head.encode() + body)
        top = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(top.partition("content-length:")[2].partition("\r\n")[0] or 0)
        await self.reader.readexactly(length)
        if "connection: close" in top:
            self.hang_up()
        return int(top.split()[1])

    def hang_up(self) -> None:
        """Let go of the connection."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


@dataclass(slots=True)
class Day:
    """A day's reports: when each is due, what came of it.

    Attributes:
        path: of one obligation's reports, with ``{obligation}``.
        rate: reports a second, over all officers.
    """

    port: int
    path: str
    officers: Sequence[Officer]
    rate: float
    acknowledged: dict[str, int] = field(default_factory=dict)  # key → obligation
    took: list[float] = field(default_factory=list)  # ms, from the wish to the answer
    refused: int = 0
    ending: bool = False
    chance: random.Random = field(default_factory=lambda: random.Random(80))

    async def run(self, reports: int | None = None) -> None:
        """Let the officers report, *reports* in all, or until ``ending``."""
        share = None if reports is None else -(-reports // len(self.officers))
        async with asyncio.TaskGroup() as everybody:
            for officer in self.officers:
                everybody.create_task(self._work(officer, share))

    async def _work(self, officer: Officer, share: int | None) -> None:
        every = len(self.officers) / self.rate
        due = time.monotonic() + self.chance.random() * every
        made = 0
        while not self.ending and (share is None or made < share):
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            await self._report(officer)
            made += 1
            due = max(due + every * self.chance.uniform(0.5, 1.5), time.monotonic())
        officer.hang_up()

    async def _report(self, officer: Officer) -> None:
        """Send one report until it is answered; the key stays the same."""
        key, start = str(uuid4()), time.monotonic()
        said = {"text": f"Báo cáo tiến độ {key}"}
        path = self.path.format(obligation=officer.obligation)
        while time.monotonic() - start < PATIENCE:
            try:
                async with asyncio.timeout(10):
                    status = await officer.say(self.port, path, said, key)
            except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
                status = 0
            if 200 <= status < 300:
                self.acknowledged[key] = officer.obligation
                self.took.append((time.monotonic() - start) * 1000)
                return
            if 400 <= status < 500 and status != 429:
                self.refused += 1
                return
            officer.hang_up()
            await asyncio.sleep(AGAIN)
        self.refused += 1
