"""What a body has before it: what to do next, what it owes, how its bodies stand."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from lantoa.kernel.actor import Actor
from lantoa.organisations.models import Body
from lantoa.plans.models import Progress, TaskParty
from lantoa.plans.queries.boards import Counts, counts_by_body
from lantoa.plans.queries.lists import Asked, SeenObligation, listed
from lantoa.plans.queries.tasks import receivable_by
from lantoa.plans.vocabulary import (
    SILENT_STATES,
    MapView,
    PartyRole,
    Verdict,
    WorkState,
)


class Act(StrEnum):
    """What is to be done next with a piece of work."""

    ACKNOWLEDGE = "acknowledge"
    PLAN = "plan"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class NextThing:
    """One thing to do next; coordinating bodies have a part and no obligation."""

    act: Act
    part: TaskParty
    owed: SeenObligation | None = None


@dataclass(frozen=True, slots=True)
class Pressing:
    """How many of a body's own obligations are open, overdue, or without a plan."""

    open: int
    overdue: int
    unplanned: int


@dataclass(frozen=True, slots=True)
class BodyStanding:
    """How the work that was given to a body stands."""

    body: Body
    counts: Counts

    @property
    def overdue(self) -> int:
        """Return how many are overdue."""
        return self.counts[WorkState.OVERDUE]

    @property
    def silent(self) -> int:
        """Return how many nobody there has acknowledged."""
        return sum(self.counts[state] for state in SILENT_STATES)


def own_open(actor: Actor, on: date) -> "QuerySet[SeenObligation]":
    """Return what the actor's body owes, by due day, the undated last."""
    own = Asked(body=actor.body_id or 0)
    rows = listed(actor, own, on).filter(accepted_at=None, passed_at=None)
    return rows.select_related("task__clause__paper", "party__body")


def own_pressing(actor: Actor, on: date) -> Pressing:
    """Return how pressing the body's own obligations are, in one statement."""
    numbers = own_open(actor, on).aggregate(
        open=Count("pk"),
        overdue=Count("pk", filter=Q(state=WorkState.OVERDUE)),
        unplanned=Count("pk", filter=Q(state=WorkState.ACKNOWLEDGED)),
    )
    return Pressing(**numbers)


def next_things(actor: Actor, on: date, number: int = 3) -> list[NextThing]:
    """Return what the actor's body should do next: what is overdue, then what is new.

    Then what comes due first. What waits for a verdict is nobody's next thing here.
    Two statements.
    """
    waits = Progress.objects.filter(
        obligation=OuterRef("pk"), milestone=None, verdict=Verdict.PENDING
    )
    urgency = Case(
        When(state=WorkState.OVERDUE, then=Value(0)),
        When(party__acknowledged_at=None, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = own_open(actor, on).filter(~Exists(waits)).alias(urgency=urgency)
    owed = rows.order_by("urgency", F("due_on").asc(nulls_last=True), "pk")
    things = [NextThing(_act_on(row), row.party, row) for row in owed[:number]]
    parts = _to_coordinate(actor)[:number]
    things += [NextThing(Act.ACKNOWLEDGE, part) for part in parts]
    return things[:number]


def bodies_standing(actor: Actor, on: date, number: int) -> list[BodyStanding]:
    """Return how the bodies that the actor's one gave work stand, the latest first."""
    given = Asked(dispatcher=actor.body_id or 0, view=MapView.TODAY)
    counted = counts_by_body(actor, given, on)
    counted.pop(actor.body_id or 0, None)
    bodies = Body.objects.in_bulk(counted)
    found = [BodyStanding(bodies[pk], counts) for pk, counts in counted.items()]
    found.sort(key=lambda each: (-each.overdue, -each.silent, each.body.sort_key))
    return found[:number]


def _act_on(row: SeenObligation) -> Act:
    if row.party.acknowledged_at is None:
        return Act.ACKNOWLEDGE
    return Act.REPORT if row.planned_at or row.started_at else Act.PLAN


def _to_coordinate(actor: Actor) -> QuerySet[TaskParty]:
    return (
        receivable_by(actor)
        .filter(role=PartyRole.COORDINATING, acknowledged_at=None, task__ended_on=None)
        .select_related("task__clause__paper", "body")
        .order_by(F("task__due_on").asc(nulls_last=True), "pk")
    )
