"""Making a task concrete for oneself and for the bodies below (cụ thể hóa)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.organisations import queries as organisations
from lantoa.organisations.actions.applying import hold_register
from lantoa.organisations.models import Body
from lantoa.organisations.vocabulary import Line
from lantoa.plans import rules
from lantoa.plans.actions.answering import known
from lantoa.plans.actions.dispatching import Order, dispatch
from lantoa.plans.actions.wording import Wording
from lantoa.plans.events import TasksDerived
from lantoa.plans.models import Obligation, Task, TaskParty
from lantoa.plans.periods import first_period, is_periodic
from lantoa.plans.vocabulary import (
    LaterThanUpstream,
    NotBelow,
    NotOfThatBody,
    PartyRole,
    Recurrence,
    RevisedMeanwhile,
    WorkClosed,
)


@action
def derive(
    *,
    actor: Actor,
    task: Task,
    wording: Wording,
    leads: Sequence[Body],
    coordinating: Sequence[Body] = (),
    recurrence: str = "",
    seen: int | None = None,
    at: datetime,
) -> list[Task]:
    """Give what *task* asks, made concrete, to each of *leads*: one task for each.

    The lead body of *task* derives, for itself and for whoever stands below it in a
    line of work; deriving says that the task is known and planned. What a body gives
    itself is judged by whoever judges the upstream task.

    Args:
        seen: the version of *task* that the wording was made from, if it matters.

    Raises:
        NotPermitted: the actor doesn't dispatch for the lead body of *task*.
        NotOfThatBody: that body only coordinates.
        RevisedMeanwhile: *task* says something else than what was seen.
        WorkClosed: *task* is done, ended or passed on.
        NotBelow: one of *leads* or *coordinating* is not the body's to oblige.
        LaterThanUpstream: it would fall due after the upstream task.
        WorkMissing: it doesn't say what is to be done.
    """
    part = _lead_part(actor, task)
    hold_register()
    own = part.body
    task = hold_task(task, seen)
    insist_on_owed(task)
    on = at.astimezone(HANOI).date()
    leads, coordinating = _each_once(leads), _each_once(coordinating)
    _insist_on_below(own, [*leads, *coordinating], on)
    insist_on_earlier(task, _first_due_day(wording, recurrence, on))
    said = wording.tidy()
    orders = [
        Order(
            clause=task.clause,
            lead=lead,
            coordinating=[body for body in coordinating if body.pk != lead.pk],
            work=said.work,
            deadline_text=said.deadline_text,
            due_on=said.due_on,
            recurrence=recurrence,
            authority=said.authority,
            product=said.product,
            responsibility=said.responsibility,
            derived_from=task,
            acceptor=task.acceptor if lead.pk == own.pk else None,
        )
        for lead in leads
    ]
    derived = dispatch(actor=actor, dispatcher=own, orders=orders, at=at)
    _known_and_planned(actor, part, at)
    record(
        TasksDerived(
            topic="",
            clause_ids=[task.clause_id],
            task_ids=[task.pk],
            body_id=own.pk,
            derived=len(derived),
        ),
        by=actor,
        at=at,
    )
    return derived


def hold_task(task: Task, seen: int | None = None) -> Task:
    """Return *task* afresh and locked; whoever derives or rewords waits here.

    Raises:
        RevisedMeanwhile: it says something else than its version *seen*.
    """
    held = Task.objects.select_for_update(no_key=True).get(pk=task.pk)
    if seen is not None and seen != held.version:
        raise RevisedMeanwhile
    return held


def insist_on_owed(task: Task) -> None:
    """Refuse to build on a task of which nothing is owed now or later.

    Raises:
        WorkClosed: it is done, ended or passed on.
    """
    if task.ended_on is not None or Task.objects.filter(succeeds=task).exists():
        raise WorkClosed
    if is_periodic(task.recurrence):  # between two periods it is still a task
        return
    if not task.obligations.filter(accepted_at=None, passed_at=None).exists():
        raise WorkClosed


def insist_on_earlier(upstream: Task, due_on: date | None) -> None:
    """Refuse a due day after all that the upstream task still owes.

    A recurring task, or one without a day, owes for longer than any day.

    Raises:
        LaterThanUpstream: *due_on* is later.
    """
    if due_on is None or is_periodic(upstream.recurrence):
        return
    owed = upstream.obligations.filter(accepted_at=None, passed_at=None)
    days = list(owed.values_list("due_on", flat=True))
    dated = [day for day in days if day is not None]
    if dated and len(dated) == len(days) and due_on > max(dated):
        raise LaterThanUpstream


def _known_and_planned(actor: Actor, part: TaskParty, at: datetime) -> None:
    """Note what deriving says by itself: the task is known, and planned."""
    owed = Obligation.objects.filter(task=part.task_id, passed_at=None)
    owed.filter(planned_at=None, accepted_at=None).update(planned_at=at)
    known(actor, part, at)


def _lead_part(actor: Actor, task: Task) -> TaskParty:
    """Return the part of the task's lead body, for which *actor* dispatches."""
    parts = TaskParty.objects.filter(task=task).select_related("body", "task")
    part = parts.get(role=PartyRole.LEAD)
    if rules.DISPATCH.allows(actor, Task(dispatcher=part.body)):
        return part
    if any(rules.DISPATCH.allows(actor, Task(dispatcher=p.body)) for p in parts):
        raise NotOfThatBody
    rules.DISPATCH.require(actor, Task(dispatcher=part.body))
    return part


def _insist_on_below(own: Body, bodies: Sequence[Body], on: date) -> None:
    asked = {body.pk for body in bodies} - {own.pk}
    for line in Line:
        if not asked:
            return
        asked -= organisations.below_ids([own.pk], line, on)
    if asked:
        raise NotBelow


def _first_due_day(wording: Wording, recurrence: str, on: date) -> date | None:
    if not is_periodic(recurrence):
        return wording.due_on
    return first_period(Recurrence(recurrence), on).due_on(wording.due_on)


def _each_once(bodies: Iterable[Body]) -> list[Body]:
    return list({body.pk: body for body in bodies}.values())
