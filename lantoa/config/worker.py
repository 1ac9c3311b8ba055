"""The worker: jobs from PostgreSQL, the watch beside them; a restart ends neither."""

import asyncio
import logging
import signal
from contextlib import suppress
from dataclasses import dataclass, field

from procrastinate import App
from procrastinate.contrib.django import DjangoApp, app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from lantoa.config.reporting import worker_teller
from lantoa.config.watch import Watch, chores

JOBS_AT_ONCE = 4
CONNECTIONS = 4  # for fetching and finishing jobs; each job has Django's own beside
BEAT = 2.0  # seconds between two heartbeats of a worker
SILENT = 15  # seconds after which a worker counts as killed and its jobs are retried
LOOK = 5.0  # seconds between two looks for such jobs
AGAIN = 0.5  # seconds before connecting again
JOB_PATIENCE = 3.0  # seconds for running jobs when told to stop
WATCH_PATIENCE = 2.0  # seconds for the chore in hand
DATABASE_PATIENCE = 2.0  # seconds for a connection

log = logging.getLogger(__name__)


def worker_app() -> App:
    """Return the app that fetches jobs.

    It is another than the one through which actions defer: those must share Django's
    transaction, also when an action runs inside a job.
    """
    connector = PsycopgConnector(
        kwargs=connector_params(),
        min_size=1,
        max_size=CONNECTIONS,
        timeout=DATABASE_PATIENCE,
    )
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    fetching = DjangoApp(connector=connector)
    fetching.tasks = app.tasks
    fetching.periodic_registry = app.periodic_registry
    return fetching


@dataclass(slots=True)
class Work:
    """One process's work, until it is told to stop."""

    watch: Watch = field(default_factory=lambda: Watch(chores(), worker_teller()))
    _stopping: bool = False
    _shift: "asyncio.Task[None] | None" = None

    async def run(self) -> None:
        """Work, and begin again whenever the database comes back."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, self.stop)
        self.watch.start()
        while not self._stopping:
            self._shift = asyncio.create_task(self._one_shift())
            with suppress(asyncio.CancelledError):
                await self._shift
            if not self._stopping:
                await asyncio.sleep(AGAIN)
        await asyncio.to_thread(self.watch.stop, WATCH_PATIENCE)

    def stop(self) -> None:
        """Finish what is being done, and no more."""
        self._stopping = True
        if self._shift is not None:
            self._shift.cancel()

    async def _one_shift(self) -> None:
        try:
            fetching = worker_app()
            async with fetching.open_async():
                rescue = asyncio.create_task(self._rescue(fetching))
                try:
                    await fetching.run_worker_async(
                        concurrency=JOBS_AT_ONCE,
                        delete_jobs="successful",
                        install_signal_handlers=False,
                        shutdown_graceful_timeout=JOB_PATIENCE,
                        stalled_worker_timeout=SILENT,
                        update_heartbeat_interval=BEAT,
                    )
                finally:
                    rescue.cancel()
        except Exception as error:  # noqa: BLE001 -- whatever it was, work goes on
            log.warning("the worker begins again: %r", error)

    async def _rescue(self, fetching: App) -> None:
        """Give the jobs of killed workers to somebody else."""
        jobs = fetching.job_manager
        while True:
            await asyncio.sleep(LOOK)
            if not self.watch.leads:
                continue
            try:
                for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=SILENT):
                    log.warning("retrying job %s of a worker that is gone", job.id)
                    await jobs.retry_job(job)
                await jobs.prune_stalled_workers(SILENT)
            except Exception as error:  # noqa: BLE001 -- it looks again in a moment
                log.warning("no look for the jobs of killed workers: %r", error)
