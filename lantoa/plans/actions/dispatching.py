"""Dispatching tasks to bodies: all of them, or none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from lantoa.documents.models import Clause
from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.organisations.actions.applying import hold_register
from lantoa.organisations.models import Body
from lantoa.plans import rules
from lantoa.plans.deadlines import insist_on_real_day
from lantoa.plans.events import TasksDispatched
from lantoa.plans.models import Obligation, Task, TaskParty
from lantoa.plans.periods import first_period, is_periodic
from lantoa.plans.vocabulary import (
    BodyGoneOver,
    LeadAlsoCoordinates,
    NothingToDispatch,
    PartyRole,
    Recurrence,
    WorkMissing,
)

_AT_ONCE = 2_000  # rows in one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One task to be dispatched: the six clear things, and where it comes from.

    Attributes:
        deadline_text: the words of the paper ("Quý II", "trước 30/11").
        topic: the live channel to wake when something moves, "conference:12".
        derived_from: the upstream task that this one makes concrete.
        succeeds: the task that this one takes over; what it owes is carried on.
        acceptor: who judges completion, if not the dispatcher.
    """

    clause: Clause
    lead: Body
    work: str
    deadline_text: str
    coordinating: Sequence[Body] = ()
    due_on: date | None = None
    recurrence: str = ""
    authority: str = ""
    product: str = ""
    responsibility: str = ""
    topic: str = ""
    derived_from: Task | None = None
    succeeds: Task | None = None
    acceptor: Body | None = None

    def parties(self, task: Task) -> Iterable[TaskParty]:
        """Return the rows of the bodies that have a part in it."""
        yield TaskParty(task=task, body=self.lead, role=PartyRole.LEAD)
        for body in self.coordinating:
            yield TaskParty(task=task, body=body, role=PartyRole.COORDINATING)

    def task(self, dispatcher: Body, at: datetime) -> Task:
        """Return the row of the task."""
        upstream = self.derived_from
        return Task(
            clause=self.clause,
            dispatcher=dispatcher,
            acceptor=self.acceptor or dispatcher,
            work=self.work.strip(),
            deadline_text=self.deadline_text.strip(),
            due_on=self.due_on,
            recurrence=self.recurrence,
            authority=self.authority,
            product=self.product,
            responsibility=self.responsibility,
            topic=self.topic,
            dispatched_at=at,
            derived_from=upstream,
            derived_version=upstream.version if upstream else None,
            origin_id=(upstream.origin_id or upstream.pk) if upstream else None,
            succeeds=self.succeeds,
        )


@action
def dispatch(
    *, actor: Actor, dispatcher: Body, orders: Sequence[Order], at: datetime
) -> list[Task]:
    """Dispatch tasks in the name of *dispatcher*: all of them, or none.

    A directive of 630 tasks is a handful of statements and one fact a clause. Each
    task obliges its lead: once, or for the first of its periods.

    Raises:
        NotPermitted: the actor doesn't dispatch for that body.
        NothingToDispatch: no orders.
        WorkMissing: an order doesn't say what is to be done.
        LeadAlsoCoordinates: a body would coordinate with itself.
        BodyGoneOver: a body was reorganised after it had been read.
        DayOutOfReach: an order's due day lies before 2000 or after 2100.
    """
    rules.DISPATCH.require(actor, Task(dispatcher=dispatcher))
    hold_register()
    _check(orders)
    _insist_on_standing(orders)
    tasks = enter(dispatcher, orders, at)
    _record_dispatch(actor, dispatcher, orders, tasks, at)
    return tasks


def enter(dispatcher: Body, orders: Sequence[Order], at: datetime) -> list[Task]:
    """Write the rows of *orders*, with what each obliges to; inside an action."""
    tasks = Task.objects.bulk_create(
        (order.task(dispatcher, at) for order in orders), batch_size=_AT_ONCE
    )
    parties = TaskParty.objects.bulk_create(
        (
            party
            for order, task in zip(orders, tasks, strict=True)
            for party in order.parties(task)
        ),
        batch_size=_AT_ONCE,
    )
    leads = {p.task_id: p for p in parties if p.role == PartyRole.LEAD}
    Obligation.objects.bulk_create(
        (
            _first_obligation(task, leads[task.pk], at)
            for task in tasks
            if task.succeeds_id is None
        ),
        batch_size=_AT_ONCE,
    )
    return tasks


def _first_obligation(task: Task, lead: TaskParty, at: datetime) -> Obligation:
    if not is_periodic(task.recurrence):
        return Obligation(
            task=task,
            party=lead,
            due_on=task.due_on,
            original_due_on=task.due_on,
        )
    on = at.astimezone(HANOI).date()
    period = first_period(Recurrence(task.recurrence), on)
    due_on = period.due_on(task.due_on)
    return Obligation(
        task=task,
        party=lead,
        period=period.code,
        starts_on=period.starts_on,
        due_on=due_on,
        original_due_on=due_on,
    )


def _check(orders: Sequence[Order]) -> None:
    if not orders:
        raise NothingToDispatch
    for order in orders:
        if not order.work.strip():
            raise WorkMissing
        insist_on_real_day(order.due_on)
        bodies = [order.lead.pk, *(body.pk for body in order.coordinating)]
        if len(set(bodies)) < len(bodies):
            raise LeadAlsoCoordinates


def _insist_on_standing(orders: Sequence[Order]) -> None:
    """Refuse bodies that are no longer what they were when the orders were made out.

    A body that had ended before is taken: a conference of 2020 can be entered later.
    """
    read = {
        body.pk: body.valid_until
        for order in orders
        for body in (order.lead, *order.coordinating)
    }
    stand = dict(Body.objects.filter(pk__in=read).values_list("pk", "valid_until"))
    if stand != read:
        raise BodyGoneOver


def _record_dispatch(
    actor: Actor,
    dispatcher: Body,
    orders: Sequence[Order],
    tasks: Sequence[Task],
    at: datetime,
) -> None:
    """Write one fact a clause; task and body pages find it by its subjects."""
    groups: defaultdict[tuple[int, str], list[tuple[Order, Task]]] = defaultdict(list)
    for order, task in zip(orders, tasks, strict=True):
        groups[order.clause.pk, order.topic].append((order, task))
    for (clause_id, topic), made in groups.items():
        bodies = {
            body.pk for order, _ in made for body in (order.lead, *order.coordinating)
        }
        record(
            TasksDispatched(
                topic=topic,
                clause_ids=[clause_id],
                task_ids=[task.pk for _, task in made],
                body_ids=sorted(bodies),
                dispatcher=dispatcher.pk,
            ),
            by=actor,
            at=at,
        )
