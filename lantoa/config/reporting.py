"""Each process says every few seconds that it is there, and what it has counted."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.utils import timezone

from lantoa.live.hub.rendering import DatabaseAwayError, Kitchen
from lantoa.operations.actions import take_leave, tell_process
from lantoa.operations.figures import COUNTS, own_name
from lantoa.operations.vocabulary import ProcessKind

EVERY = 5.0  # seconds between two reports

log = logging.getLogger(__name__)


class WebReporter:
    """Reports a web process, on a thread and a connection of its own."""

    def __init__(self, watchers: Callable[[], int], *, every: float = EVERY) -> None:
        self._watchers = watchers
        self._every = every
        self._kitchen = Kitchen()
        self._task: asyncio.Task[None] | None = None
        self._name = own_name()
        self._began = timezone.now()

    async def start(self) -> None:
        """Begin to report."""
        self._task = asyncio.create_task(self._report())

    async def stop(self) -> None:
        """Report no more, and say so."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        with suppress(DatabaseAwayError):
            await self._kitchen.run(take_leave, self._name)
        self._kitchen.close()

    async def _report(self) -> None:
        while True:
            try:
                await self._kitchen.run(
                    tell_process,
                    self._name,
                    ProcessKind.WEB,
                    self._began,
                    streams=self._watchers(),
                    figures=COUNTS.told(),
                )
            except DatabaseAwayError:
                log.debug("no report: the database is away")
            except Exception:
                log.exception("this process could not report itself")
            await asyncio.sleep(self._every)


def worker_teller() -> Callable[[bool], None]:
    """Return what reports a worker: called with whether it keeps the watch."""
    name, began = own_name(), timezone.now()
    due: list[datetime] = [began]

    def tell(leads: bool) -> None:  # noqa: FBT001 - the one thing it says
        now = timezone.now()
        if now >= due[0]:
            due[0] = now + timedelta(seconds=EVERY)
            tell_process(name, ProcessKind.WORKER, began, leads=leads)

    return tell
