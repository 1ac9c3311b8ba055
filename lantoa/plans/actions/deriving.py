"""Making a task concrete for oneself and for the bodies below (cụ thể hóa)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.organisations import queries as organisations
from lantoa.organisations.models import Body
from lantoa.organisations.vocabulary import Line
from lantoa.plans import rules
from lantoa.plans.actions.dispatching import Order, dispatch
from lantoa.plans.events import RevisionAdopted, TaskRevised, TasksDerived, WordingKept
from lantoa.plans.models import Obligation, Task, TaskParty, TaskVersion
from lantoa.plans.vocabulary import (
    LaterThanUpstream,
    NotBelow,
    NothingRevised,
    NotOfThatBody,
    NotStale,
    PartyRole,
    ReasonMissing,
    WorkClosed,
    WorkMissing,
)

WORDING = (
    "work",
    "deadline_text",
    "due_on",
    "authority",
    "product",
    "responsibility",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a task says: five of the six clear things; who is said beside it."""

    work: str
    deadline_text: str
    due_on: date | None = None
    authority: str = ""
    product: str = ""
    responsibility: str = ""

    @classmethod
    def of(cls, task: Task | TaskVersion) -> "Wording":
        """Return what *task* says now."""
        return cls(**{name: getattr(task, name) for name in WORDING})

    def tidy(self) -> "Wording":
        """Return it without spaces around its texts."""
        return Wording(
            work=self.work.strip(),
            deadline_text=self.deadline_text.strip(),
            due_on=self.due_on,
            authority=self.authority.strip(),
            product=self.product.strip(),
            responsibility=self.responsibility.strip(),
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
    at: datetime,
) -> list[Task]:
    """Give what *task* asks, made concrete, to each of *leads*: one task for each.

    The lead body of *task* derives, for itself and for whoever stands below it in a
    line of work; deriving says that the task is known and planned. What a body gives
    itself is judged by whoever judges the upstream task.

    Raises:
        NotPermitted: the actor doesn't dispatch for the lead body of *task*.
        NotOfThatBody: that body only coordinates.
        WorkClosed: *task* is done, ended or passed on.
        NotBelow: one of *leads* or *coordinating* is not the body's to oblige.
        LaterThanUpstream: it would fall due after the upstream task.
        WorkMissing: it doesn't say what is to be done.
    """
    own = _lead_of(actor, task)
    task = Task.objects.select_for_update().get(pk=task.pk)
    _insist_on_open(task)
    on = at.astimezone(HANOI).date()
    _insist_on_below(own, [*leads, *coordinating], on)
    _insist_on_earlier(task, wording.due_on)
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
    known_and_planned(actor, task, at)
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


@action
def revise_task(
    *, actor: Actor, task: Task, wording: Wording, reason: str, at: datetime
) -> Task:
    """Let a dispatched task say something else; what it said before stays readable.

    What was derived from it is stale from now on, and nothing of it is overwritten.

    Raises:
        NotPermitted: the actor doesn't dispatch for the body that dispatched it.
        ReasonMissing: no reason is given.
        WorkMissing: it doesn't say what is to be done.
        NothingRevised: it says just what it said.
        WorkClosed: nothing of it is open any more.
        LaterThanUpstream: it would fall due after the task it comes from.
    """
    rules.DISPATCH.require(actor, task)
    task = Task.objects.select_for_update().get(pk=task.pk)
    if not reason.strip():
        raise ReasonMissing
    said = wording.tidy()
    if not said.work:
        raise WorkMissing
    if said == Wording.of(task):
        raise NothingRevised
    _insist_on_open(task)
    if task.derived_from is not None:
        _insist_on_earlier(task.derived_from, said.due_on)
    _reword(actor, task, said, reason.strip(), at)
    stale = list(task.derived.order_by("pk").values_list("pk", flat=True))
    record(
        TaskRevised(
            topic="",
            clause_ids=[task.clause_id],
            task_ids=[task.pk],
            version=task.version,
            stale=stale,
            dispatcher=task.dispatcher_id,
        ),
        by=actor,
        at=at,
    )
    return task


@action
def adopt_revision(*, actor: Actor, task: Task, wording: Wording, at: datetime) -> Task:
    """Bring a stale task up to its upstream: its next version, as its body words it.

    Raises:
        NotPermitted: the actor doesn't dispatch for the body that derived it.
        NotStale: the upstream says what it said.
        LaterThanUpstream: it would fall due after the upstream task.
    """
    rules.DISPATCH.require(actor, task)
    task, upstream = _stale(task)
    said = wording.tidy()
    if not said.work:
        raise WorkMissing
    _insist_on_earlier(upstream, said.due_on)
    task.derived_version = upstream.version
    if said != Wording.of(task):
        _reword(actor, task, said, _reason_of(upstream), at)
    task.save(update_fields=["derived_version"])
    record(
        RevisionAdopted(
            topic="",
            clause_ids=[task.clause_id],
            task_ids=[task.pk],
            body_id=task.dispatcher_id,
            version=upstream.version,
        ),
        by=actor,
        at=at,
    )
    return task


@action
def keep_wording(*, actor: Actor, task: Task, reason: str, at: datetime) -> Task:
    """Leave a stale task as it is, and say why: it is stale no more.

    Raises:
        NotPermitted: the actor doesn't dispatch for the body that derived it.
        ReasonMissing: no reason is given.
        NotStale: the upstream says what it said.
    """
    rules.DISPATCH.require(actor, task)
    task, upstream = _stale(task)
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


def known_and_planned(actor: Actor, task: Task, at: datetime) -> None:
    """Note what deriving or planning says by itself: the task is known, and planned."""
    lead = TaskParty.objects.filter(task=task, role=PartyRole.LEAD)
    lead.filter(received_at=None).update(received_at=at)
    lead.filter(acknowledged_at=None).update(
        acknowledged_at=at, acknowledged_by=actor.office, mandate_id=actor.mandate_id
    )
    Obligation.objects.filter(task=task, planned_at=None, passed_at=None).update(
        planned_at=at
    )


def _lead_of(actor: Actor, task: Task) -> Body:
    """Return the task's lead body, for which *actor* dispatches."""
    lead = TaskParty.objects.select_related("body").get(task=task, role=PartyRole.LEAD)
    if rules.DISPATCH.allows(actor, Task(dispatcher=lead.body)):
        return lead.body
    for party in TaskParty.objects.filter(task=task).select_related("body"):
        if rules.DISPATCH.allows(actor, Task(dispatcher=party.body)):
            raise NotOfThatBody
    rules.DISPATCH.require(actor, Task(dispatcher=lead.body))
    return lead.body


def _insist_on_open(task: Task) -> None:
    if task.ended_on is not None:
        raise WorkClosed
    if not task.obligations.filter(accepted_at=None, passed_at=None).exists():
        raise WorkClosed


def _insist_on_below(own: Body, bodies: Sequence[Body], on: date) -> None:
    asked = {body.pk for body in bodies} - {own.pk}
    for line in Line:
        if not asked:
            return
        asked -= organisations.below_ids([own.pk], line, on)
    if asked:
        raise NotBelow


def _insist_on_earlier(upstream: Task, due_on: date | None) -> None:
    """Refuse a due day after all that the upstream task still owes."""
    if due_on is None:
        return
    owed = upstream.obligations.filter(Q(accepted_at=None), passed_at=None)
    days = list(owed.values_list("due_on", flat=True))
    known = [day for day in days if day is not None]
    if known and len(known) == len(days) and due_on > max(known):
        raise LaterThanUpstream


def _stale(task: Task) -> tuple[Task, Task]:
    """Return the locked task and its upstream, which has moved on since."""
    task = Task.objects.select_for_update().get(pk=task.pk)
    upstream = task.derived_from
    if upstream is None or (task.derived_version or 0) >= upstream.version:
        raise NotStale
    return task, upstream


def _reason_of(upstream: Task) -> str:
    last = upstream.versions.filter(number=upstream.version).first()
    return last.reason if last else ""


def _reword(actor: Actor, task: Task, said: Wording, reason: str, at: datetime) -> None:
    """Give *task* its next version; one-off work moves to the new due day."""
    if not task.versions.exists():
        TaskVersion.objects.create(
            task=task,
            number=task.version,
            at=task.dispatched_at,
            **{name: getattr(task, name) for name in WORDING},
        )
    moved = said.due_on != task.due_on
    task.version += 1
    for name in WORDING:
        setattr(task, name, getattr(said, name))
    task.save(update_fields=["version", *WORDING])
    TaskVersion.objects.create(
        task=task,
        number=task.version,
        reason=reason,
        office=actor.office,
        mandate_id=actor.mandate_id,
        at=at,
        **{name: getattr(said, name) for name in WORDING},
    )
    if moved and not task.recurrence:
        _move_due_day(task, said.due_on)


def _move_due_day(task: Task, due_on: date | None) -> None:
    """Move what is open to the new day; the first day it ever had stays known."""
    for owed in task.obligations.filter(accepted_at=None, passed_at=None):
        owed.due_on = due_on
        if due_on is None or owed.original_due_on is None:
            owed.original_due_on = due_on
        owed.save(update_fields=["due_on", "original_due_on"])
