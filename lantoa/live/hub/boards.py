"""What every class of viewers sees of a topic now, and who watches it."""

import asyncio
import logging
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

from lantoa.live import fragments
from lantoa.live.fragments import Family, Piece, Viewer, dom_id
from lantoa.live.hub import frames
from lantoa.live.hub.frames import News
from lantoa.live.hub.rendering import (
    DatabaseAwayError,
    Kitchen,
    Parts,
    Rendered,
    render,
)
from lantoa.live.hub.streams import Stream

log = logging.getLogger(__name__)
PROMPT: Final = 0.02  # seconds in which the first commits after a rest are collected
PACE: Final = 0.1  # seconds between two rounds, at least
SHARE: Final = 4.0  # a round may take a quarter of the time until the next
RETRY: Final = 0.5  # seconds before the database is asked again
HANDFUL: Final = 250  # streams written to before others get their turn
SWEEP: Final = 0.1  # seconds between two looks at those who lag
KEPT: Final = 32  # answers to newcomers that a channel keeps
LONGEST_KEY: Final = 8192  # characters of the names in one of them
READY: Final = 5.0  # seconds a newcomer waits for a first rendering


class Channel:
    """Those watchers of a board who want the same families: they share every byte."""

    def __init__(self, board: "Board", families: tuple[Family, ...]) -> None:
        self.board = board
        self.families = families
        self.streams: set[Stream] = set()
        self.polls: set[asyncio.Future[None]] = set()
        self._since: dict[int, News | None] = {}
        self._missing: dict[tuple[str, ...], News | None] = {}

    @property
    def version(self) -> int:
        """Return the version of the board."""
        return self.board.version

    def renew(self) -> None:
        """Forget the bytes of earlier versions."""
        self._since.clear()
        self._missing.clear()

    def since(self, version: int) -> News | None:
        """Return what changed after *version* as one event, made once for all."""
        if version not in self._since:
            self._since[version] = self._event(
                *self.board.changed(self.families, version)
            )
        return self._since[version]

    def missing(self, have: Mapping[str, str]) -> News | None:
        """Return what a watcher lacks who has the digests *have*, as one event."""
        html, gone = self.board.differences(self.families, have)
        key = (*html, "", *gone)
        if key in self._missing:
            return self._missing[key]
        news = self._event(html, gone)
        # What a watcher claims to have is the watcher's word: no word fills the memory.
        if sum(map(len, key)) <= LONGEST_KEY:
            if len(self._missing) >= KEPT:
                self._missing.clear()
            self._missing[key] = news
        return news

    def lacks(self, have: Mapping[str, str]) -> dict[str, Any]:
        """Return the same as data, for a poll."""
        return frames.change(*self.board.differences(self.families, have))

    @staticmethod
    def _event(html: dict[str, str], gone: list[str]) -> News | None:
        if not html and not gone:
            return None
        return News(frames.event("change", frames.change(html, gone)))


class Board:
    """The fragments of one topic for one class, kept current while anyone watches."""

    def __init__(self, topic: str, viewer: Viewer, kitchen: Kitchen) -> None:
        self.topic = topic
        self.viewer = viewer
        self.version = 0
        self.idle_since = time.monotonic()
        self.channels: dict[tuple[str, ...], Channel] = {}
        self._topic_id = int(topic.partition(":")[2])
        self._kitchen = kitchen
        self._families: dict[str, Family] = {}  # those kept here
        # Of a family that failed there is None: nothing is known about its parts.
        self._pieces: dict[str, dict[str, tuple[Piece, int]] | None] = {}
        self._gone: dict[str, dict[str, int]] = {}
        self._dirty: dict[str, Parts] = {}
        self._cooking: frozenset[str] = frozenset()
        self._awaited = 0  # newcomers waiting for a round
        self._stale = False  # nobody watched while things changed
        self._lagging: set[Stream] = set()
        self._wake = asyncio.Event()
        self._round = asyncio.get_running_loop().create_future()
        self._task = asyncio.ensure_future(self._keep_current())
        self._sweeper: asyncio.Task[None] | None = None

    # What is known

    def changed(
        self, families: Iterable[Family], version: int
    ) -> tuple[dict[str, str], list[str]]:
        """Return the HTML changed after *version*, and the names gone since."""
        html: dict[str, str] = {}
        gone: list[str] = []
        for family in families:
            for name, (piece, at) in (self._pieces.get(family.name) or {}).items():
                if at > version:
                    html[name] = piece.html
            for name, at in self._gone.get(family.name, {}).items():
                if at > version:
                    gone.append(name)
        return html, gone

    def differences(
        self, families: Iterable[Family], have: Mapping[str, str]
    ) -> tuple[dict[str, str], list[str]]:
        """Return the HTML that differs from the digests *have*, and what is no more."""
        html: dict[str, str] = {}
        gone: list[str] = []
        for family in families:
            pieces = self._pieces.get(family.name)
            if pieces is None:
                continue
            for name, (piece, _) in pieces.items():
                if have.get(name) != piece.digest:
                    html[name] = piece.html
            gone += [
                name
                for name in have
                if name not in pieces and fragments.family_of(name) == family.name
            ]
        return html, gone

    # Who watches

    @property
    def empty(self) -> bool:
        """Return whether nobody watches."""
        return not any(c.streams or c.polls for c in self.channels.values())

    async def channel(self, want: Iterable[str], *, fresh: bool) -> Channel:
        """Return the channel of those wanting these families, once it is rendered.

        Args:
            fresh: render anew first, as while the hub hears of no commits.
        """
        found = fragments.families(self.topic, self.viewer.authority, want)
        key = tuple(family.name for family in found)
        if key not in self.channels:
            self.channels[key] = Channel(self, found)
        for family in found:
            if fresh or family.name not in self._families:
                self._families[family.name] = family
                self._touch(family.name, None)
        await self._ready(key, settled=fresh or self._stale)
        return self.channels.setdefault(key, Channel(self, found))

    async def _ready(self, names: tuple[str, ...], *, settled: bool) -> None:
        """Wait for a first rendering of *names*; *settled*: for all that is due."""

        def due(name: str) -> bool:
            waits = name in self._dirty or name in self._cooking
            return name not in self._pieces or (settled and waits)

        with suppress(TimeoutError):
            async with asyncio.timeout(READY):
                while any(due(name) for name in names):
                    self._wake.set()
                    self._awaited += 1
                    try:
                        await asyncio.shield(self._round)
                    finally:
                        self._awaited -= 1

    def join(self, channel: Channel, watcher: Stream | asyncio.Future[None]) -> None:
        """Have a stream, or a waiting poll, told of what changes from now on."""
        if isinstance(watcher, Stream):
            watcher.seen = self.version
            channel.streams.add(watcher)
        else:
            channel.polls.add(watcher)
        if self._dirty:
            self._wake.set()

    def leave(self, channel: Channel, watcher: Stream | asyncio.Future[None]) -> None:
        """Forget the stream or the poll."""
        if isinstance(watcher, Stream):
            channel.streams.discard(watcher)
            self._lagging.discard(watcher)
        else:
            channel.polls.discard(watcher)
        if self.empty:
            self.idle_since = time.monotonic()

    def streams(self) -> list[Stream]:
        """Return all the streams."""
        return [stream for c in self.channels.values() for stream in c.streams]

    def _watched(self) -> list[Channel]:
        return [c for c in self.channels.values() if c.streams or c.polls]

    # What happens

    def hear(self, event: str, payload: Mapping[str, Any] | None) -> None:
        """Note what a committed event touches."""
        for family in self._families.values():
            try:
                parts = family.parts_touched(event, payload)
            except Exception:
                log.exception("what %s touches of %s failed", event, family.name)
                parts = None
            if parts is None or parts:
                self._touch(family.name, parts)

    def hear_anything(self) -> None:
        """Note that anything may have changed: nobody was listening for a while."""
        for name in self._families:
            self._touch(name, None)

    def close(self) -> None:
        """Keep current no more."""
        self._task.cancel()
        if self._sweeper is not None:
            self._sweeper.cancel()

    def _touch(self, name: str, parts: Parts) -> None:
        known = self._dirty.get(name, frozenset())
        self._dirty[name] = None if parts is None or known is None else known | parts
        if self.empty:
            self._stale = True
        self._wake.set()

    async def _keep_current(self) -> None:
        clock = asyncio.get_running_loop().time
        not_before = 0.0
        while True:
            await self._wake.wait()
            await asyncio.sleep(max(PROMPT, not_before - clock()))
            self._wake.clear()
            if not self._dirty:
                continue
            if self.empty and not self._awaited:
                self._stale = True  # it stays noted until somebody comes
                continue
            try:
                await self._render()
            except Exception as error:  # nobody may be left behind for ever
                if not isinstance(error, DatabaseAwayError):
                    log.exception("rendering %s failed", self.topic)
                await asyncio.sleep(RETRY)
                self._wake.set()
                continue
            begun = clock()
            try:
                await self._spread()
            except Exception:
                log.exception("spreading %s failed", self.topic)
            not_before = begun + max(PACE, SHARE * (clock() - begun))

    async def _render(self) -> None:
        """Render what is due.

        Raises:
            DatabaseAwayError: it is still due.
        """
        due, self._dirty = self._dirty, {}
        self._cooking = frozenset(due)
        try:
            rendered = await self._kitchen.run(
                render,
                self._topic_id,
                {self._families[name]: parts for name, parts in due.items()},
                self.viewer,
            )
        except BaseException:
            for name, parts in due.items():
                self._touch(name, parts)
            raise
        finally:
            self._cooking = frozenset()
        self._take(due, rendered)
        self._stale = self._stale and bool(self._dirty)
        done, self._round = self._round, asyncio.get_running_loop().create_future()
        done.set_result(None)

    def _take(self, due: Mapping[str, Parts], rendered: Rendered) -> None:
        self.version += 1
        for name, parts in due.items():
            fresh = rendered.get(name)
            if fresh is None:
                self._pieces.setdefault(name, None)
                continue
            known = self._pieces.get(name) or {}
            gone = self._gone.setdefault(name, {})
            asked = known if parts is None else [dom_id(name, p) for p in parts]
            for each in [each for each in asked if each in known and each not in fresh]:
                del known[each]
                gone[each] = self.version
            for each, piece in fresh.items():
                if each not in known or known[each][0].digest != piece.digest:
                    known[each] = (piece, self.version)
                gone.pop(each, None)
            self._pieces[name] = known
        for channel in self.channels.values():
            channel.renew()

    async def _spread(self) -> None:
        """Write what the last round changed to everybody who wants it."""
        for channel in self._watched():
            version = self.version
            news = channel.since(version - 1)
            if news is None:
                continue
            for poll in channel.polls:
                if not poll.done():
                    poll.set_result(None)
            for number, stream in enumerate(list(channel.streams), start=1):
                if stream.seen < version and stream not in self._lagging:
                    if not stream.push(news, version):
                        self._lagging.add(stream)
                    if number % HANDFUL == 0:
                        await asyncio.sleep(0)
        if self._lagging and (self._sweeper is None or self._sweeper.done()):
            self._sweeper = asyncio.ensure_future(self._sweep())

    async def _sweep(self) -> None:
        """Give those who lag the newest, each as soon as the line is free."""
        while self._lagging:
            await asyncio.sleep(SWEEP)
            self._lagging = {s for s in self._lagging if not s.catch_up()}
