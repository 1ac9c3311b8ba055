"""Giving a task another wording, and what its derived tasks do about it."""

from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter

from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.kernel.rule import require_anywhere
from lantoa.plans import rules
from lantoa.plans.actions.deriving import hold_task, insist_on_earlier, insist_on_owed
from lantoa.plans.actions.wording import Wording, reword
from lantoa.plans.events import RevisionAdopted, TaskRevised, WordingKept
from lantoa.plans.models import Obligation, Task, TaskParty
from lantoa.plans.vocabulary import (
    NothingRevised,
    NotStale,
    PartyRole,
    ReasonMissing,
    RevisedMeanwhile,
    WorkMissing,
)


@action
def revise_task(
    *,
    actor: Actor,
    task: Task,
    wording: Wording,
    reason: str,
    seen: int | None = None,
    at: datetime,
) -> Task:
    """Let a dispatched task say something else; what it said before stays readable.

    What was derived from it is stale from now on, and nothing of it is overwritten.

    Args:
        seen: the version that the reviser had before them, so that of two who revise
            at once neither undoes the other unseen.

    Raises:
        NotPermitted: the actor doesn't dispatch for the body that dispatched it.
        RevisedMeanwhile: it was revised since it was seen.
        ReasonMissing: no reason is given.
        WorkMissing: it doesn't say what is to be done.
        NothingRevised: it says just what it said.
        WorkClosed: nothing of it is open any more.
        LaterThanUpstream: it would fall due after the task it comes from.
    """
    require_dispatcher(actor, task)
    task = hold_task(task, seen)
    said = wording.tidy()
    if not reason.strip():
        raise ReasonMissing
    if not said.work:
        raise WorkMissing
    if said == Wording.of(task):
        raise NothingRevised
    insist_on_owed(task)
    if task.derived_from is not None:
        insist_on_earlier(task.derived_from, said.due_on)
    reword(actor, task, said, reason.strip(), at)
    record(
        TaskRevised(
            topic="",
            clause_ids=[task.clause_id],
            task_ids=[task.pk],
            version=task.version,
            stale=_open_below(task),
            dispatcher=task.dispatcher_id,
        ),
        by=actor,
        at=at,
    )
    return task


@action
def adopt_revision(
    *,
    actor: Actor,
    task: Task,
    wording: Wording,
    seen: int | None = None,
    at: datetime,
) -> Task:
    """Bring a stale task up to its upstream: its next version, as its body words it.

    Args:
        seen: the upstream's version that was compared with; a later one is not
            adopted unseen.

    Raises:
        NotPermitted: the actor doesn't dispatch for the body that derived it.
        NotStale: the upstream says what it said.
        RevisedMeanwhile: the upstream was revised since it was seen.
        WorkMissing: it doesn't say what is to be done.
        WorkClosed: nothing of it is open any more.
        LaterThanUpstream: it would fall due after the upstream task.
    """
    require_dispatcher(actor, task)
    task, upstream = _hold_stale(task, seen)
    said = wording.tidy()
    if not said.work:
        raise WorkMissing
    insist_on_owed(task)
    insist_on_earlier(upstream, said.due_on)
    task.derived_version = upstream.version
    task.save(update_fields=["derived_version"])
    below: list[int] = []
    if said != Wording.of(task):
        reword(actor, task, said, _reason_of(upstream), at)
        below = _open_below(task)
    record(
        RevisionAdopted(
            topic="",
            clause_ids=[task.clause_id],
            task_ids=[task.pk],
            body_id=task.dispatcher_id,
            version=upstream.version,
            stale=below,
        ),
        by=actor,
        at=at,
    )
    return task


@action
def keep_wording(
    *,
    actor: Actor,
    task: Task,
    reason: str,
    seen: int | None = None,
    at: datetime,
) -> Task:
    """Leave a stale task as it is, and say why: it is stale no more.

    Raises:
        NotPermitted: the actor doesn't dispatch for the body that derived it.
        ReasonMissing: no reason is given.
        NotStale: the upstream says what it said.
        RevisedMeanwhile: the upstream was revised since it was seen.
    """
    require_dispatcher(actor, task)
    task, upstream = _hold_stale(task, seen)
    if not reason.strip():
        raise ReasonMissing
    task.derived_version = upstream.version
    task.save(update_fields=["derived_version"])
    record(
        WordingKept(
            topic="",
            clause_ids=[task.clause_id],
            task_ids=[task.pk],
            body_id=task.dispatcher_id,
            version=upstream.version,
            reason=reason.strip(),
        ),
        by=actor,
        at=at,
    )
    return task


@action
def adopt_revisions(
    *,
    actor: Actor,
    tasks: Sequence[Task],
    wording: Wording,
    seen: int | None = None,
    at: datetime,
) -> list[Task]:
    """Bring several stale tasks up to their upstream in the same words, or none.

    Raises:
        Refused: as for one.
    """
    require_anywhere(actor, rules.DISPATCH.capability)
    if not tasks:
        raise NotStale
    return [
        adopt_revision(actor=actor, task=task, wording=wording, seen=seen, at=at)
        for task in sorted(tasks, key=attrgetter("pk"))
    ]


@action
def keep_wordings(
    *,
    actor: Actor,
    tasks: Sequence[Task],
    reason: str,
    seen: int | None = None,
    at: datetime,
) -> list[Task]:
    """Leave several stale tasks as they are, for one reason.

    Raises:
        Refused: as for one.
    """
    require_anywhere(actor, rules.DISPATCH.capability)
    if not tasks:
        raise NotStale
    return [
        keep_wording(actor=actor, task=task, reason=reason, seen=seen, at=at)
        for task in sorted(tasks, key=attrgetter("pk"))
    ]


def require_dispatcher(actor: Actor, task: Task) -> None:
    """Insist that *actor* dispatches for whoever gave *task*, or for its heir.

    The heir is whoever judges the task since the body that gave it is no more. What a
    body gave itself is never another's to reword, although another one judges it.

    Raises:
        NotPermitted: the actor doesn't.
    """
    if rules.DISPATCH.allows(actor, task):
        return
    own = TaskParty.objects.filter(
        task=task, role=PartyRole.LEAD, body=task.dispatcher_id
    )
    heir = Task(dispatcher_id=task.acceptor_id)
    if own.exists() or not rules.DISPATCH.allows(actor, heir):
        rules.DISPATCH.require(actor, task)


def _hold_stale(task: Task, seen: int | None) -> tuple[Task, Task]:
    """Return the locked task and its upstream, which has moved on since."""
    task = hold_task(task)
    upstream = task.derived_from
    if upstream is None or (task.derived_version or 0) >= upstream.version:
        raise NotStale
    if seen is not None and seen != upstream.version:
        raise RevisedMeanwhile
    return task, upstream


def _open_below(task: Task) -> list[int]:
    """Return the tasks derived from *task* of which something is still owed."""
    owed = Obligation.objects.filter(accepted_at=None, passed_at=None)
    rows = task.derived.filter(ended_on=None, pk__in=owed.values("task_id"))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _reason_of(upstream: Task) -> str:
    last = upstream.versions.filter(number=upstream.version).first()
    return last.reason if last else ""
