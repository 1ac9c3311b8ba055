"""The watch: chores done every few seconds by one worker among all."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from lantoa.access.actions import GRANT, rebuild_reach
from lantoa.conferences.actions import watch_lines
from lantoa.journal.actions import forget_old_commands
from lantoa.journal.sealing import seal
from lantoa.kernel.actor import system_actor
from lantoa.kernel.dates import HANOI
from lantoa.notices.actions import SEND
from lantoa.notices.jobs import look_for_digests
from lantoa.plans.actions import open_periods, remind

LEADER = 0x1A49  # advisory lock: one watch among all workers
TICK = 0.25  # seconds between two looks at what is due
_MORNING = 5  # o'clock in Ha Noi
PATIENCE = 1.0  # seconds before another try, when somebody else leads or nobody answers

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Chore:
    """Something to be done every so many seconds; late or twice does no harm."""

    name: str
    every: float
    perform: Callable[[], Any]
    due: float = 0.0

    def look(self, now: float) -> None:
        """Perform the chore if it is due; a fault of its own is logged.

        Raises:
            DatabaseError: the database is gone; nothing else can be done either.
        """
        if now < self.due:
            return
        self.due = now + self.every
        try:
            self.perform()
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            log.exception("the chore %s failed", self.name)


def chores() -> list[Chore]:
    """Return what the watch does."""
    return [
        Chore("seal", 1.0, seal),
        Chore("commands", 60.0, lambda: forget_old_commands(at=timezone.now())),
        Chore("sessions", 3600.0, SessionStore.clear_expired),
        # Lines of work begin and end by date, with nobody acting on the day.
        Chore("reach", 900.0, _hold_reach_true),
        Chore("lines", 2.0, _watch_lines),
        Chore("digests", 60.0, look_for_digests),
        Chore("periods", 3600.0, _open_periods),
        Chore("reminders", 3600.0, _remind),
    ]


def _hold_reach_true() -> None:
    rebuild_reach(actor=system_actor(GRANT), at=timezone.now())


def _open_periods() -> None:
    clock = system_actor("tasks.dispatch")
    open_periods(actor=clock, at=timezone.now())


def _remind() -> None:
    """Remind of due days once the working day is near, so that digests take it in."""
    now = timezone.now()
    if now.astimezone(HANOI).hour >= _MORNING:
        remind(actor=system_actor("tasks.dispatch", SEND), at=now)


def _watch_lines() -> None:
    clock = system_actor("conferences.chair", "conferences.prepare")
    watch_lines(actor=clock, at=timezone.now())


@dataclass(slots=True)
class Watch:
    """A thread that does the chores while it holds the leader's lock."""

    chores: Sequence[Chore]
    tell: Callable[[bool], None] = lambda _: None  # that it is there; whether it leads
    leads: bool = False
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _held: Any = None  # the connection on which the lock was taken

    def start(self) -> None:
        """Start watching."""
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def stop(self, patience: float) -> None:
        """Stop watching; return when the chore in hand is done, or *patience* is."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(patience)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._round()
            except (DatabaseError, InterfaceError) as error:
                log.warning("the watch lost the database: %s", str(error).strip())
                self._let_go()
            self._stop.wait(TICK if self.leads else PATIENCE)
        self._let_go()

    def _round(self) -> None:
        # Django opens a lost connection again by itself, but the lock went with it.
        if self._held is None or self._held is not connection.connection:
            self.leads = False
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(%s)", [LEADER])
                self.leads = bool(cursor.fetchone()[0])
            self._held = connection.connection if self.leads else None
        self.tell(self.leads)
        if self.leads:
            for chore in self.chores:
                if self._stop.is_set():
                    return
                chore.look(time.monotonic())

    def _let_go(self) -> None:
        self.leads, self._held = False, None
        with suppress(DatabaseError, InterfaceError):
            connection.close()
