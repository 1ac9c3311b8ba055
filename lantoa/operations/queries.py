"""How the installation stands: what its operator, Prometheus and watchers ask."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from lantoa.journal.models import Entry
from lantoa.operations.models import Process

ALIVE = timedelta(seconds=20)  # a process that was silent longer is gone

_DATABASE = """
SELECT current_setting('server_version'), pg_database_size(current_database()),
       (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),
       current_setting('max_connections')::int,
       pg_postmaster_start_time(),
       (SELECT tableowner = current_user FROM pg_tables
         WHERE tablename = 'journal_entry'
           AND schemaname = ANY (current_schemas(false)))
"""
# A job is due from its moment, or from when it was deferred; a retry waits on purpose.
_QUEUES = """
SELECT j.queue_name, j.status::text, count(*),
       coalesce(max(extract(epoch FROM now() - coalesce(j.scheduled_at, (
           SELECT min(e.at) FROM procrastinate_events e WHERE e.job_id = j.id)))
       ) FILTER (WHERE j.status = 'todo'), 0)
  FROM procrastinate_jobs j
 WHERE j.status IN ('todo', 'doing', 'failed')
 GROUP BY 1, 2 ORDER BY 1, 2
"""
_JOURNAL = """
SELECT (SELECT count(*) FROM journal_unsealed),
       coalesce((SELECT extract(epoch FROM now() - e.recorded_at)
                   FROM journal_unsealed u JOIN journal_entry e ON e.id = u.entry_id
                  ORDER BY u.entry_id LIMIT 1), 0),
       s.id, s.digest, s.sealed_at
  FROM (SELECT 1) AS always
  LEFT JOIN LATERAL (SELECT id, digest, sealed_at FROM journal_seal
                      ORDER BY id DESC LIMIT 1) AS s ON true
"""
_WORKERS = """
SELECT extract(epoch FROM now() - last_heartbeat) FROM procrastinate_workers
 ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Database:
    """The server and its one database."""

    version: str
    size: int  # bytes
    connections: int
    most_connections: int
    started_at: datetime
    owns_journal: bool  # the program's role could lift the triggers of the journal


@dataclass(frozen=True, slots=True)
class Queue:
    """The jobs of one queue in one state: todo, doing, failed."""

    name: str
    state: str
    jobs: int
    oldest: float  # seconds that the oldest has been due, 0 when none waits


@dataclass(frozen=True, slots=True)
class Sealed:
    """How far the journal is sealed."""

    waiting: int
    oldest: float  # seconds that the oldest of them has waited
    number: int | None  # of the newest seal
    head: str
    sealed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Disk:
    """The disk on which the data folder lies [bytes]."""

    free: int
    whole: int


def database() -> Database:
    """Return how the database stands."""
    return Database(*_one(_DATABASE))


def queues() -> list[Queue]:
    """Return the jobs that wait, run or failed, by queue and state."""
    with connection.cursor() as cursor:
        cursor.execute(_QUEUES)
        return [
            Queue(name, state, jobs, max(0.0, float(oldest)))
            for name, state, jobs, oldest in cursor.fetchall()
        ]


def sealed() -> Sealed:
    """Return how far the journal is sealed."""
    waiting, oldest, number, digest, sealed_at = _one(_JOURNAL)
    return Sealed(waiting, float(oldest), number, digest or "", sealed_at)


def worker_silences() -> list[float]:
    """Return for each worker of the queue how long ago it was heard [s]."""
    with connection.cursor() as cursor:
        cursor.execute(_WORKERS)
        return [max(0.0, float(row[0])) for row in cursor.fetchall()]


def processes(at: datetime) -> list[Process]:
    """Return the processes that were heard of lately, by name."""
    return list(Process.objects.filter(at__gt=at - ALIVE).order_by("kind", "name"))


def failed_jobs(most: int) -> Sequence[ProcrastinateJob]:
    """Return the newest jobs that failed for good, at most *most*."""
    rows = ProcrastinateJob.objects.filter(status="failed")
    return list(rows.order_by("-pk")[:most])


def last(fact: str) -> Entry | None:
    """Return the newest entry of the fact called so, None if there is none."""
    return Entry.objects.filter(name=fact).order_by("-pk").first()


def disk() -> Disk:
    """Return the room on the disk of the data folder."""
    folder = next(
        each for each in (settings.DATA, *settings.DATA.parents) if each.exists()
    )
    usage = shutil.disk_usage(folder)
    return Disk(usage.free, usage.total)


def _one(statement: str) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row: tuple[Any, ...] = cursor.fetchone()
    return row
