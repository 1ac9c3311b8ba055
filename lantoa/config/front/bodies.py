"""Receiving a body: to memory, then to disk, with an end to every wait."""

import asyncio
import tempfile
from dataclasses import dataclass
from http import HTTPStatus
from typing import IO, cast

from lantoa.live.asgi import Receive, Scope, header

MIB = 2**20


class Refusal(Exception):  # noqa: N818 - it refuses; nothing went wrong here
    """The body will not be taken; *status* says why."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status)
        self.status = status


class ClientGoneError(Exception):
    """The client left before its body was complete: there is nobody to answer."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one body, and all of them together, may take."""

    body: int = 300 * MIB  # bytes
    memory: int = MIB  # bytes held in memory before the disk is used
    disk: int = 4096 * MIB  # bytes of all bodies on disk at one time
    idle: float = 30.0  # seconds between two pieces
    grace: float = 30.0  # seconds any body may take
    rate: int = 1024  # bytes per second it must come to on the whole, after that
    folder: str | None = None  # where bodies are spooled


class Spool:
    """Takes in bodies, counting what all of them hold on the disk."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.on_disk = 0

    async def take(self, scope: Scope, receive: Receive) -> "Body":
        """Return the complete body.

        Raises:
            Refusal: 413 too large, 408 too slow, 503 no room, 400 a wrong length.
            ClientGoneError: the client left in the middle; the piece is dropped.
        """
        declared = self._declared(scope)
        body = Body(self)
        try:
            await self._fill(body, receive)
        except BaseException:
            body.close()
            raise
        if declared is not None and declared != body.size:
            body.close()
            raise Refusal(HTTPStatus.BAD_REQUEST)
        return body

    def _declared(self, scope: Scope) -> int | None:
        length = header(scope, b"content-length")
        if length is None:
            return None
        if not length.isdigit():
            raise Refusal(HTTPStatus.BAD_REQUEST)
        if int(length) > self.limits.body:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return int(length)

    async def _fill(self, body: "Body", receive: Receive) -> None:
        limits, clock = self.limits, asyncio.get_running_loop().time
        start = clock()
        while True:
            # Whoever sends a byte just before every idle limit still meets this one.
            end = start + limits.grace + body.size / limits.rate
            try:
                async with asyncio.timeout_at(min(end, clock() + limits.idle)):
                    message = await receive()
            except TimeoutError:
                raise Refusal(HTTPStatus.REQUEST_TIMEOUT) from None
            if message["type"] == "http.disconnect":
                raise ClientGoneError
            await body.add(message.get("body", b""))
            if not message.get("more_body"):
                return


class Body:
    """One request's body, in memory or on disk; counted in its spool."""

    def __init__(self, spool: Spool) -> None:
        self.size = 0
        self._spool = spool
        self._disk = 0
        self._file: tempfile.SpooledTemporaryFile[bytes] | None = None

    async def add(self, piece: bytes) -> None:
        """Append *piece*.

        Raises:
            Refusal: the body is too large, or the disk has no room.
        """
        if not piece:
            return
        limits = self._spool.limits
        self.size += len(piece)
        if self.size > limits.body:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if self._file is None:
            self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - closed by close
                max_size=limits.memory, dir=limits.folder
            )
        if self.size <= limits.memory:
            self._file.write(piece)
            return
        self._spool.on_disk += self.size - self._disk
        self._disk = self.size
        if self._spool.on_disk > limits.disk:
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            await asyncio.to_thread(self._file.write, piece)
        except OSError:  # the disk is full
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE) from None

    def open(self) -> IO[bytes] | None:
        """Return the body from its start, to be read in a thread; None = empty."""
        if self._file is not None:
            self._file.seek(0)
        return cast("IO[bytes] | None", self._file)

    def close(self) -> None:
        """Free the memory and the disk."""
        self._spool.on_disk -= self._disk
        self._disk = 0
        if self._file is not None:
            self._file.close()
            self._file = None
