"""What is done to the installation, and what it should remember of itself."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from lantoa.journal.models import Entry
from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.kernel.rule import require_anywhere
from lantoa.operations.events import (
    BackupMade,
    BackupRestored,
    JobRetried,
    JournalVerified,
    VerificationAsked,
)
from lantoa.operations.vocabulary import KEEP, JobNotFailed, ProcessKind

_TELL = """
INSERT INTO operations_process (name, kind, started_at, at, streams, leads, figures)
VALUES (%s, %s, %s, now(), %s, %s, %s::jsonb)
ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, at = excluded.at,
    started_at = excluded.started_at, streams = excluded.streams,
    leads = excluded.leads, figures = excluded.figures
"""
_LEAVE = "DELETE FROM operations_process WHERE name = %s"


@action
def remember_backup(
    *,
    actor: Actor,
    archive: str,
    sha256: str,
    size: int,
    files: int,
    missing: int,
    head: str,
    seconds: int,
    at: datetime,
) -> Entry:
    """Enter in the journal that a copy of everything was made.

    Args:
        archive: the name of the file, without its folder.
        missing: how many stored files could not be copied.
        head: the digest of the newest seal in the copy.

    Raises:
        NotPermitted: the actor doesn't keep the system.
    """
    require_anywhere(actor, KEEP)
    made = BackupMade(
        archive=archive,
        sha256=sha256,
        size=size,
        files=files,
        missing=missing,
        head=head,
        seconds=seconds,
    )
    return record(made, by=actor, at=at)


@action
def remember_restoring(
    *, actor: Actor, archive: str, made_at: datetime, head: str, at: datetime
) -> Entry:
    """Enter in the journal that everything came from a copy made at *made_at*.

    Raises:
        NotPermitted: the actor doesn't keep the system.
    """
    require_anywhere(actor, KEEP)
    fact = BackupRestored(archive=archive, made_at=made_at, head=head)
    return record(fact, by=actor, at=at)


@action
def remember_verification(
    *, actor: Actor, faults: int, head: str, seals: int, at: datetime
) -> Entry:
    """Enter in the journal that it was held against its seals, and what came of it.

    Raises:
        NotPermitted: the actor doesn't keep the system.
    """
    require_anywhere(actor, KEEP)
    return record(
        JournalVerified(faults=faults, head=head, seals=seals), by=actor, at=at
    )


@action
def ask_verification(*, actor: Actor, at: datetime) -> None:
    """Have a worker hold the journal against its seals; once, however often asked.

    Raises:
        NotPermitted: the actor doesn't keep the system.
    """
    require_anywhere(actor, KEEP)
    record(VerificationAsked(), by=actor, at=at)


@action
def retry_job(*, actor: Actor, job_id: int, at: datetime) -> int:
    """Put a job that failed for good into the queue again; return its number.

    Raises:
        NotPermitted: the actor doesn't keep the system.
        JobNotFailed: it runs again already, or is done.
    """
    require_anywhere(actor, KEEP)
    job = (
        ProcrastinateJob.objects.select_for_update()
        .filter(pk=job_id, status="failed")
        .first()
    )
    if job is None:
        raise JobNotFailed
    app.job_manager.retry_job_by_id(job_id=job.pk, retry_at=at)
    record(JobRetried(number=job.pk, task=job.task_name), by=actor, at=at)
    return int(job.pk)


def tell_process(
    name: str,
    kind: ProcessKind,
    started_at: datetime,
    *,
    streams: int = 0,
    leads: bool = False,
    figures: Mapping[str, Any] | None = None,
) -> None:
    """Say that the process *name* is there, and what it counted since it began."""
    counted = json.dumps(figures or {})
    with connection.cursor() as cursor:
        cursor.execute(_TELL, [name, str(kind), started_at, streams, leads, counted])


def take_leave(name: str) -> None:
    """Say that the process *name* ends in order."""
    with connection.cursor() as cursor:
        cursor.execute(_LEAVE, [name])
