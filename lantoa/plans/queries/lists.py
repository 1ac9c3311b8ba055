"""Lists of obligations: what is asked for, said once, for lists and for counts.

A board counts the very rows that its lists show, so a number and the list behind it
can't differ.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple, TypedDict, cast

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import RawSQL

from lantoa.kernel.actor import Actor
from lantoa.kernel.sql import Fold
from lantoa.kernel.text import fold
from lantoa.organisations import queries as organisations
from lantoa.organisations.vocabulary import LAST_THREE_LEVEL_DAY, TWO_LEVELS_FROM
from lantoa.plans.models import Obligation
from lantoa.plans.queries.tasks import obligations_visible_to
from lantoa.plans.states import state_on
from lantoa.plans.vocabulary import MapView, PartyRole, Stage, WorkState

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Seen(TypedDict):
        """What ``listed`` adds to an obligation."""

        state: str
        rank: int
        held_by: int

    SeenObligation = WithAnnotations["Obligation", Seen]
else:
    SeenObligation = Obligation

NOWHERE = 0  # instead of a province: bodies that stand on no tile of the map

# The lead of the first task of a chain of successors: who was obliged at first.
_FIRST_LEAD = """(
WITH RECURSIVE back(id, succeeds_id) AS (
    SELECT t.id, t.succeeds_id FROM plans_task AS t
     WHERE t.id = "plans_obligation"."task_id"
     UNION ALL
    SELECT t.id, t.succeeds_id FROM back JOIN plans_task AS t ON t.id = back.succeeds_id
)
SELECT p.body_id FROM back JOIN plans_taskparty AS p ON p.task_id = back.id
 WHERE back.succeeds_id IS NULL AND p.role = %s
)"""

# What was derived from a task, however far down.
_DOWNSTREAM = """(
WITH RECURSIVE down(id) AS (
    SELECT id FROM plans_task WHERE derived_from_id = %s
     UNION ALL
    SELECT t.id FROM down JOIN plans_task AS t ON t.derived_from_id = down.id
)
SELECT id FROM down
)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which obligations are asked for; what is None or empty doesn't matter.

    Attributes:
        view: each piece of work once, as it was dispatched or as it stands today; None
            gives every row, those passed on and those that took over.
        province: id of a unit on the map of ``view``; NOWHERE is who stands on no tile.
        stage: what papers set directly, or what was derived from it.
        origin: what was derived from this task, however far down.
        dispatcher: what this body dispatched.
        silent: what is open and whose lead body hasn't acknowledged it, overdue or not.
        order: a key of ORDERS, "-" before it for the other way round.
    """

    view: MapView | None = None
    paper: int | None = None
    clause: int | None = None
    states: frozenset[WorkState] = frozenset()
    body: int | None = None
    province: int | None = None
    stage: Stage | None = None
    origin: int | None = None
    dispatcher: int | None = None
    silent: bool = False
    text: str = ""
    order: str = ""

    def but(self, **changed: object) -> "Asked":
        """Return it with something else asked for."""
        return replace(self, **changed)  # type: ignore[arg-type]


ORDERS = {
    "han": ("due_on", "task__clause__position", "party__body__sort_key"),
    "co-quan": ("party__body__sort_key", "due_on"),
    "dieu-khoan": (
        "task__clause__paper_id",
        "task__clause__position",
        "party__body__sort_key",
    ),
    "tinh-trang": ("rank", "due_on"),
    "giao": ("task__dispatched_at", "task__clause__position"),
    "hoan-thanh": ("completed_on", "due_on"),
}


def map_day(view: MapView | None, today: date) -> date:
    """Return the day whose provinces a view shows: 63 at the time, 34 since."""
    if view == MapView.DISPATCHED:
        return LAST_THREE_LEVEL_DAY
    return max(today, TWO_LEVELS_FROM)


def listed(actor: Actor, asked: Asked, on: date) -> "QuerySet[SeenObligation]":
    """Return the obligations asked for that *actor* may read.

    Each carries ``state`` (a WorkState of the day *on*), ``rank`` (its place among the
    states) and ``held_by``, the body it counts for in the view. Asking for a province
    costs two statements more.
    """
    visible = _of_papers(_in_view(obligations_visible_to(actor), asked.view), asked)
    rows = _seen(visible, asked.view, on)
    if asked.body is not None:
        rows = rows.filter(held_by=asked.body)
    if asked.province is not None:
        rows = _of_province(rows, asked, on)
    if asked.states:
        rows = rows.filter(state__in=[state.value for state in asked.states])
    for word in fold(asked.text).split():
        rows = rows.alias(said=Fold("task__work")).filter(
            Q(said__contains=word)
            | Q(party__body__folded__contains=word)
            | Q(task__clause__folded__contains=word)
            | Q(task__clause__paper__folded__contains=word)
        )
    return _ordered(rows, asked.order)


def standing(clause_ids: Collection[int], on: date) -> "QuerySet[SeenObligation]":
    """Return what the clauses set directly, each piece of work once, as it stands now.

    They are the rows of the list that asks for a clause, ``MapView.TODAY`` and
    ``Stage.DIRECT``, whoever may read them: for a report that is read by others.
    """
    direct = Obligation.objects.filter(
        task__clause__in=clause_ids, task__derived_from__isnull=True
    )
    return _seen(_in_view(direct, MapView.TODAY), MapView.TODAY, on)


def with_names(rows: "QuerySet[SeenObligation]") -> "QuerySet[SeenObligation]":
    """Return the rows with all that a line of a list says, without more statements."""
    return rows.select_related(
        "task__clause__paper__type", "task__dispatcher", "party__body"
    )


def successors_of(rows: Iterable[Obligation]) -> dict[int, Obligation]:
    """Return by id what took over each passed obligation of *rows*; one statement."""
    passed = {(row.task_id, row.period): row.pk for row in rows if row.passed_at}
    if not passed:
        return {}
    found = Obligation.objects.filter(
        task__succeeds__in={task for task, _period in passed}
    ).select_related("task", "party__body")
    return {
        passed[each.task.succeeds_id, each.period]: each
        for each in found
        if each.task.succeeds_id is not None
        and (each.task.succeeds_id, each.period) in passed
    }


class SheetRow(NamedTuple):
    """What a line of a spreadsheet says of an obligation, read without models."""

    task_id: int
    period: str
    state: str
    work: str
    body: str
    paper_type: str
    paper_code: str
    clause: str
    dispatcher: str
    dispatched_at: datetime
    deadline_text: str
    due_on: date | None
    original_due_on: date | None
    completed_on: date | None


_OF_A_SHEET = (
    "task_id",
    "period",
    "state",
    "task__work",
    "party__body__name",
    "task__clause__paper__type__name",
    "task__clause__paper__code",
    "task__clause__label",
    "task__dispatcher__name",
    "task__dispatched_at",
    "task__deadline_text",
    "due_on",
    "original_due_on",
    "completed_on",
)


def sheet_rows(rows: "QuerySet[SeenObligation]", at_once: int) -> Iterator[SheetRow]:
    """Yield the rows of a spreadsheet, read *at_once* by *at_once*."""
    found = rows.values_list(*_OF_A_SHEET).iterator(chunk_size=at_once)
    return (SheetRow(*row) for row in found)


def heirs(rows: Iterable[SheetRow]) -> dict[tuple[int, str], str]:
    """Return by task and period the body that took a passed obligation over."""
    passed = {row.task_id for row in rows if row.state == WorkState.PASSED}
    if not passed:
        return {}
    after = Obligation.objects.filter(task__succeeds__in=passed).values_list(
        "task__succeeds_id", "period", "party__body__name"
    )
    return {(task, period): body for task, period, body in after if task}


def _seen(
    rows: QuerySet[Obligation], view: MapView | None, on: date
) -> "QuerySet[SeenObligation]":
    places = [
        When(state=state.value, then=Value(place))
        for place, state in enumerate(WorkState)
    ]
    seen = rows.annotate(state=state_on(on), held_by=_holder(view)).annotate(
        rank=Case(*places, output_field=IntegerField())
    )
    return cast("QuerySet[SeenObligation]", seen)


def _in_view(rows: QuerySet[Obligation], view: MapView | None) -> QuerySet[Obligation]:
    """Keep one row of each chain of successors: the first of them, or the last."""
    if view == MapView.DISPATCHED:
        before = Obligation.objects.filter(
            task=OuterRef("task__succeeds"), period=OuterRef("period")
        )
        return rows.filter(~Exists(before))
    if view == MapView.TODAY:
        after = Obligation.objects.filter(
            task__succeeds=OuterRef("task"), period=OuterRef("period")
        )
        return rows.filter(~Exists(after))
    return rows


def _holder(view: MapView | None) -> Case | F:
    """Return the body for which an obligation counts in a view.

    As dispatched, a period that began after a succession counts for whoever was
    obliged at first, so that it has its place on the map of that time.
    """
    if view != MapView.DISPATCHED:
        return F("party__body_id")
    return Case(
        When(task__succeeds__isnull=True, then=F("party__body_id")),
        default=RawSQL(_FIRST_LEAD, [PartyRole.LEAD.value]),  # noqa: S611 -- constant
        output_field=IntegerField(),
    )


def _of_papers(rows: QuerySet[Obligation], asked: Asked) -> QuerySet[Obligation]:
    if asked.paper is not None:
        rows = rows.filter(task__clause__paper=asked.paper)
    if asked.clause is not None:
        rows = rows.filter(task__clause=asked.clause)
    if asked.origin is not None:
        below = RawSQL(_DOWNSTREAM, [asked.origin])  # noqa: S611 -- constant
        rows = rows.filter(task__in=below)
    if asked.stage is not None:
        direct = asked.stage == Stage.DIRECT
        rows = rows.filter(task__derived_from__isnull=direct)
    if asked.dispatcher is not None:
        rows = rows.filter(task__dispatcher=asked.dispatcher)
    if asked.silent:
        rows = rows.filter(
            party__acknowledged_at=None, accepted_at=None, passed_at=None
        )
    return rows


def _of_province(
    rows: "QuerySet[SeenObligation]", asked: Asked, on: date
) -> "QuerySet[SeenObligation]":
    bodies = set(rows.order_by().values_list("held_by", flat=True).distinct())
    return rows.filter(held_by__in=_bodies_in(bodies, asked, on))


def _bodies_in(bodies: Collection[int], asked: Asked, on: date) -> list[int]:
    stands = organisations.province_on_map(bodies, map_day(asked.view, on))
    wanted = asked.province
    return [body for body in bodies if stands.get(body, NOWHERE) == wanted]


def _ordered(
    rows: "QuerySet[SeenObligation]", order: str
) -> "QuerySet[SeenObligation]":
    keys = ORDERS.get(order.removeprefix("-"), ORDERS["han"])
    if not order.startswith("-"):
        return rows.order_by(*(F(key).asc(nulls_last=True) for key in keys), "pk")
    first, *others = keys
    return rows.order_by(
        F(first).desc(nulls_last=True),
        *(F(key).asc(nulls_last=True) for key in others),
        "pk",
    )
