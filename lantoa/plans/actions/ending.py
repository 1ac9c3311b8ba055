"""Letting recurring and continuous work end."""

from datetime import datetime

from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.plans.actions.deriving import hold_task
from lantoa.plans.actions.revising import require_dispatcher
from lantoa.plans.events import TaskEnded
from lantoa.plans.models import Obligation, Task
from lantoa.plans.vocabulary import EndsOnItsDay, ReasonMissing, WorkClosed


@action
def end_task(*, actor: Actor, task: Task, reason: str, at: datetime) -> Task:
    """Let a recurring or continuous task end today: no further period opens.

    What is owed by a day stays owed until it is done. What has no day is taken as done
    on this one: nobody will ask for it again. A period that has not begun, and of which
    nothing was planned or reported, is not owed at all.

    Raises:
        NotPermitted: the actor doesn't dispatch for the body that dispatched it.
        ReasonMissing: no reason is given.
        EndsOnItsDay: it falls due once, and ends with that.
        WorkClosed: it has ended, or went over to a successor.
    """
    require_dispatcher(actor, task)
    if not reason.strip():
        raise ReasonMissing
    task = hold_task(task)
    if task.ended_on is not None or Task.objects.filter(succeeds=task).exists():
        raise WorkClosed
    if not task.recurrence:
        raise EndsOnItsDay
    task.ended_on = at.astimezone(HANOI).date()
    task.save(update_fields=["ended_on"])
    _close(task, at)
    record(
        TaskEnded(
            topic="",
            clause_ids=[task.clause_id],
            task_ids=[task.pk],
            reason=reason.strip(),
        ),
        by=actor,
        at=at,
    )
    return task


def _close(task: Task, at: datetime) -> None:
    held = task.obligations.select_for_update().order_by("pk")
    owed = list(held.filter(accepted_at=None, passed_at=None))
    not_begun = Obligation.objects.filter(
        pk__in=[each.pk for each in owed],
        starts_on__gt=task.ended_on,
        planned_at=None,
        started_at=None,
        milestones=None,
        extensions=None,
    )
    not_begun.delete()
    Obligation.objects.filter(pk__in=[each.pk for each in owed], due_on=None).update(
        completed_on=task.ended_on, accepted_at=at
    )
