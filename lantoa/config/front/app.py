"""The front itself: one ASGI callable before Django's pages and the live hub."""

import asyncio
import contextvars
import logging
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

from lantoa.config.front import pages
from lantoa.config.front.bodies import Body, ClientGoneError, Limits, Refusal, Spool
from lantoa.config.front.sending import (
    ClientTooSlowError,
    Outlet,
    outlet,
    send_answer,
    send_file,
)
from lantoa.kernel.trace import Trace, request_id_from, tracing
from lantoa.live.asgi import Receive, Scope, Send, header, refuse
from lantoa.live.hub.rendering import dismiss
from lantoa.operations.figures import COUNTS
from lantoa.operations.middleware import CAME

log = logging.getLogger(__name__)
LINGER = 5.0  # seconds in which a refused sender may still read the refusal


class Shelf(Protocol):
    """Static files, answered without Django."""

    def find(self, scope: Scope) -> pages.Answer | None:
        """Return the answer, if the path is one of a static file."""


class Hub(Protocol):
    """The live hub: an ASGI application that is told of start and stop."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class Reporter(Protocol):
    """Tells others that this process is there."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


@dataclass
class Front:
    """Spools bodies, runs *wsgi* in threads, streams answers; /live/ goes to *hub*."""

    wsgi: pages.Wsgi
    hub: Hub | None = None
    reporter: Reporter | None = None
    shelf: Shelf | None = None
    files: Path = Path("/nonexistent")  # X-Sendfile reaches only below it
    threads: int = 8
    waiting: int = 400  # requests that may wait for a thread
    patience: float = 60.0  # seconds a client may take nothing
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        self._spool = Spool(self.limits)
        self._pool = ThreadPoolExecutor(self.threads, thread_name_prefix="django")
        self._turns = Turns(self.threads, self.waiting)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one ASGI scope."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            if self.hub is not None and scope["path"].startswith("/live/"):
                await self.hub(scope, receive, send)
            else:
                await self._answer(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1000})

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                for each in filter(None, (self.hub, self.reporter)):
                    await each.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                for each in filter(None, (self.reporter, self.hub)):
                    await each.stop()
                dismiss(self._pool, self.threads)
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        out = outlet(scope, receive, send, self.patience)
        with suppress(ClientTooSlowError, ClientGoneError):
            found = self.shelf.find(scope) if self.shelf is not None else None
            if found is not None:
                await send_answer(out, scope, found)
                return
            try:
                body = await self._spool.take(scope, receive)
            except Refusal as refusal:
                turned_away(scope, refusal.status)
                await self._turn_away(refusal.status, receive, send)
                return
            try:
                answer = await self._run(scope, body, receive)
            except Refusal as refusal:
                turned_away(scope, refusal.status)
                retry = [(b"retry-after", b"5")]
                await refuse(send, refusal.status, headers=retry)
                return
            finally:
                body.close()
            await self._send(out, scope, answer)

    async def _send(self, out: Outlet, scope: Scope, answer: pages.Answer) -> None:
        if answer.get(b"x-sendfile") is None:
            await send_answer(out, scope, answer)
        else:
            await send_file(out, scope, answer, self.files)

    async def _run(self, scope: Scope, body: Body, receive: Receive) -> pages.Answer:
        """Return Django's answer, when it is this request's turn for a thread.

        Raises:
            Refusal: too many are waiting already.
            ClientGoneError: the client left while it waited.
        """
        came = time.perf_counter()  # from here on it is we who keep the client waiting
        await self._turns.take(receive)
        try:
            request = pages.environ(scope, body.open(), body.size)
            request[CAME] = came
            return await asyncio.get_running_loop().run_in_executor(
                self._pool, contextvars.Context().run, pages.run, self.wsgi, request
            )
        finally:
            self._turns.give_back()

    async def _turn_away(
        self, status: HTTPStatus, receive: Receive, send: Send
    ) -> None:
        """Refuse, and read on for a moment, or the refusal is lost with the line."""
        if status == HTTPStatus.REQUEST_TIMEOUT:  # who says nothing can read at once
            await refuse(send, status)
            return
        await refuse(send, status, more=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(LINGER):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return
                    if not message.get("more_body"):
                        break
        await send({"type": "http.response.body", "body": b""})


def turned_away(scope: Scope, status: HTTPStatus) -> None:
    """Log and count a request that never came to a thread."""
    COUNTS.request("front", scope["method"], status, 0.0)
    trace = Trace(request_id=request_id_from(_said(scope, b"x-request-id")))
    with tracing(trace):
        log.warning("%s turned away: %d %s", scope["method"], status, status.phrase)


def _said(scope: Scope, name: bytes) -> str | None:
    value = header(scope, name)
    return None if value is None else value.decode("latin-1")


class Turns:
    """Who may use a thread now; in the order of coming, and only while still there."""

    def __init__(self, free: int, waiting: int) -> None:
        self._free = free
        self._waiting = waiting
        self._line: deque[asyncio.Future[None]] = deque()

    async def take(self, receive: Receive) -> None:
        """Wait for a turn.

        Raises:
            Refusal: too many wait.
            ClientGoneError: the client left first.
        """
        if self._free > 0:
            self._free -= 1
            return
        if len(self._line) >= self._waiting:
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE)
        turn = asyncio.get_running_loop().create_future()
        gone = asyncio.ensure_future(_until_gone(receive))
        self._line.append(turn)
        try:
            await asyncio.wait({turn, gone}, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            self._leave(turn)
            raise
        finally:
            gone.cancel()
        if not turn.done():
            self._leave(turn)
            raise ClientGoneError

    def _leave(self, turn: "asyncio.Future[None]") -> None:
        if turn.done():
            self.give_back()
        else:
            self._line.remove(turn)

    def give_back(self) -> None:
        """Hand the turn to the next in line."""
        if self._line:
            self._line.popleft().set_result(None)
        else:
            self._free += 1


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
