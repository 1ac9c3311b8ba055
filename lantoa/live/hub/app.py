"""The hub itself: who watches what, and what to tell them."""

import asyncio
import logging
import time
from collections import defaultdict
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from lantoa.live import tickets
from lantoa.live.asgi import Receive, Scope, Send
from lantoa.live.fragments import Viewer
from lantoa.live.hub import doors, frames
from lantoa.live.hub.beats import write_beats
from lantoa.live.hub.boards import HANDFUL, Board, Channel
from lantoa.live.hub.doors import Asked, NotAdmittedError
from lantoa.live.hub.listening import Ear
from lantoa.live.hub.rendering import DatabaseAwayError, Kitchen
from lantoa.live.hub.streams import Stream, stream_for
from lantoa.live.queries import revoked_mandates
from lantoa.live.wire import wire_of

log = logging.getLogger(__name__)
HEARTBEAT: Final = 8.0  # seconds; screens speak of a weak line after twelve
FLUSH: Final = 1.0  # seconds between two writings of heartbeats
LINGER: Final = 60.0  # seconds a board is kept after the last watcher left
RENEW: Final = tickets.LIFETIME / 3  # seconds between two public tickets


class Hub:
    """Keeps every watcher's fragments current; one in each web process."""

    def __init__(
        self,
        *,
        build: str = "",
        heartbeat: float = HEARTBEAT,
        flush: float = FLUSH,
        renew: float = RENEW,
    ) -> None:
        self._heartbeat = heartbeat
        self._flush = flush
        self._renew = renew
        self._kitchen = Kitchen()
        self._ear = Ear(self._heard, self._back)
        self._boards: dict[tuple[str, Viewer], Board] = {}
        self._resting_on: defaultdict[int, set[Stream]] = defaultdict(set)
        self._timed: set[Stream] = set()  # those that end with their ticket
        self._revoked: set[int] = set()
        self._rereading = asyncio.Lock()
        self._beats: dict[str, float] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._renewed_at = time.monotonic()
        self._build = build

    # Life

    async def start(self) -> None:
        """Begin to listen."""
        for work in (self._ear.listen(), self._tick(), self._write_beats()):
            self._keep(work)

    async def stop(self) -> None:
        """End every stream and everything that runs."""
        for board in self._boards.values():
            for stream in board.streams():
                await stream.end("stopping")
            board.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(DatabaseAwayError):
            await self._flush_beats()
        self._kitchen.close()

    @property
    def watchers(self) -> int:
        """Return how many streams are open."""
        return sum(len(board.streams()) for board in self._boards.values())

    def _keep(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("a task of the hub failed", exc_info=task.exception())

    # Doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request below /live/."""
        door = {
            "/live/stream": self._stream,
            "/live/poll": self._poll,
            "/live/beat": self._beat,
        }.get(scope["path"])
        if door is None:
            await doors.turn_away(send, HTTPStatus.NOT_FOUND)
            return
        try:
            asked = await doors.admit(scope, receive)
            self._check(asked)
            await door(asked, scope, receive, send)
        except NotAdmittedError as refusal:
            await doors.turn_away(send, refusal.status)

    def _check(self, asked: Asked) -> None:
        if asked.ticket.mandate_id in self._revoked:
            raise NotAdmittedError(HTTPStatus.FORBIDDEN)

    async def _stream(
        self, asked: Asked, scope: Scope, receive: Receive, send: Send
    ) -> None:
        channel = await self._channel(asked)
        self._check(asked)  # the mandate may have ended while it was rendered
        stream = stream_for(scope, asked.ticket, channel, send)
        await stream.open()
        self._join(channel, stream, scope)
        try:
            lacking = channel.missing(asked.have)
            asked.have.clear()  # a stream lasts for hours: it keeps only what it needs
            await stream.begin(self._hello(), lacking)
            await stream.follow(receive)
        finally:
            self._leave(channel, stream)

    async def _poll(
        self, asked: Asked, scope: Scope, receive: Receive, send: Send
    ) -> None:
        channel = await self._channel(asked)
        found = channel.lacks(asked.have)
        if not found and asked.wait:
            news: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            gone = asyncio.ensure_future(_until_gone(receive))
            channel.board.join(channel, news)
            try:
                await asyncio.wait(
                    {news, gone},
                    timeout=asked.wait,
                    return_when=asyncio.FIRST_COMPLETED,
                )
            finally:
                gone.cancel()
                channel.board.leave(channel, news)
            self._check(asked)
            found = channel.lacks(asked.have)
        said = {"now": doors.now(), "build": self._build, **found}
        if asked.ticket.viewer.authority == "public":
            said["ticket"] = tickets.issue(asked.ticket.topic, asked.ticket.viewer)
        await doors.answer(scope, send, said)

    async def _beat(
        self, asked: Asked, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if not asked.ticket.subject:
            raise NotAdmittedError(HTTPStatus.FORBIDDEN)
        self._beats[asked.ticket.subject] = time.time()
        await doors.answer(scope, send, {"now": doors.now()})

    # Watchers

    async def _channel(self, asked: Asked) -> Channel:
        key = asked.ticket.topic, asked.ticket.viewer
        board = self._boards.get(key)
        if board is None:
            board = self._boards[key] = Board(*key, self._kitchen)
        board.idle_since = time.monotonic()  # nobody closes it under a newcomer
        return await board.channel(asked.want, fresh=not self._ear.listening)

    def _hello(self) -> bytes:
        return frames.event("hello", {"now": doors.now(), "build": self._build})

    def _join(self, channel: Channel, stream: Stream, scope: Scope) -> None:
        channel.board.join(channel, stream)
        ticket = stream.ticket
        if ticket.viewer.authority != "public":
            self._timed.add(stream)
        if ticket.mandate_id is not None:
            self._resting_on[ticket.mandate_id].add(stream)
        wire = wire_of(scope)
        if wire is not None:
            wire.on_stop = partial(self._end, stream, "stopping")

    def _leave(self, channel: Channel, stream: Stream) -> None:
        channel.board.leave(channel, stream)
        self._timed.discard(stream)
        mandate = stream.ticket.mandate_id
        if mandate is not None:
            self._resting_on[mandate].discard(stream)
            if not self._resting_on[mandate]:
                del self._resting_on[mandate]

    def _end(self, stream: Stream, why: str) -> None:
        self._keep(stream.end(why))

    # News

    def _heard(self, message: dict[str, Any]) -> None:
        if "revoke" in message:
            self._revoke({message["revoke"]})
            return
        if "restore" in message:
            self._keep(self._reread_revocations())
            return
        topic, event = str(message.get("topic")), str(message.get("event"))
        for (about, _), board in self._boards.items():
            if about == topic:
                board.hear(event, message.get("payload"))

    def _back(self) -> None:
        for board in self._boards.values():
            board.hear_anything()
        self._keep(self._reread_revocations())

    async def _reread_revocations(self) -> None:
        # One after the other: the last reading is the one that stands.
        async with self._rereading:
            known = set(self._revoked)
            with suppress(DatabaseAwayError):
                found = await self._kitchen.run(revoked_mandates)
                self._revoked -= known - found
                self._revoke(found)

    def _revoke(self, mandates: set[int]) -> None:
        self._revoked |= mandates
        for mandate in mandates:
            for stream in self._resting_on.get(mandate, ()):
                self._end(stream, "revoked")

    # Clocks

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(self._heartbeat)
            try:
                await self._tick_once()
            except Exception:
                log.exception("the hub's heartbeat failed")

    async def _tick_once(self) -> None:
        self._end_expired()
        self._drop_idle()
        word = frames.event("beat", {"now": doors.now()})
        renew = time.monotonic() - self._renewed_at > self._renew
        if renew:
            self._renewed_at = time.monotonic()
        for (topic, viewer), board in list(self._boards.items()):
            if renew and viewer.authority == "public":
                fresh = tickets.issue(topic, viewer)
                await _tell(board, word + frames.event("ticket", {"ticket": fresh}))
            else:
                await _tell(board, word)

    def _end_expired(self) -> None:
        moment = time.time()
        for stream in [s for s in self._timed if s.ticket.expires <= moment]:
            self._end(stream, "expired")

    def _drop_idle(self) -> None:
        moment = time.monotonic()
        for key, board in list(self._boards.items()):
            if board.empty and moment - board.idle_since > LINGER:
                board.close()
                del self._boards[key]

    async def _write_beats(self) -> None:
        while True:
            await asyncio.sleep(self._flush)
            try:
                await self._flush_beats()
            except DatabaseAwayError:
                continue  # they are kept until it is back
            except Exception:
                log.exception("heartbeats could not be written")

    async def _flush_beats(self) -> None:
        beats, self._beats = self._beats, {}
        if not beats:
            return
        try:
            await self._kitchen.run(write_beats, beats)
        except DatabaseAwayError:
            self._beats = beats | self._beats
            raise


async def _tell(board: Board, event: bytes) -> None:
    news = frames.News(event)
    for number, stream in enumerate(board.streams(), start=1):
        stream.tell(news)
        if number % HANDFUL == 0:
            await asyncio.sleep(0)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
