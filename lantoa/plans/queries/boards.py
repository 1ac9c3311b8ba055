"""Counts by state: by clause, by province, by body, by paper. Nothing is typed.

Every count is one GROUP BY over the rows that its list shows. The states exclude each
other, so counts by state add up to the number of obligations in each view; who stands
on no tile of the map is counted, too.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Count, F, Q, QuerySet

from lantoa.documents.models import Clause, Paper
from lantoa.kernel.actor import Actor
from lantoa.kernel.text import fold
from lantoa.organisations import queries as organisations
from lantoa.organisations.models import Body
from lantoa.plans.queries.lists import NOWHERE, Asked, listed, map_day
from lantoa.plans.queries.tasks import obligations_visible_to
from lantoa.plans.vocabulary import DONE_STATES, MapView, Stage, WorkState

# What an office looks at first where several states meet, the most pressing first.
PRESSING = (
    WorkState.OVERDUE,
    WorkState.NOT_RECEIVED,
    WorkState.NOT_ACKNOWLEDGED,
    WorkState.ACKNOWLEDGED,
    WorkState.PLANNED,
    WorkState.IN_PROGRESS,
    WorkState.DONE_LATE,
    WorkState.DONE_IN_TIME,
    WorkState.PASSED,
)


@dataclass(slots=True)
class Counts:
    """How many obligations are in each state."""

    by_state: dict[WorkState, int] = field(
        default_factory=lambda: dict.fromkeys(WorkState, 0)
    )

    def __getitem__(self, state: WorkState) -> int:
        """Return how many are in *state*."""
        return self.by_state[state]

    def add(self, state: WorkState, number: int) -> None:
        """Count *number* more in *state*."""
        self.by_state[state] += number

    @property
    def total(self) -> int:
        """Return how many there are."""
        return sum(self.by_state.values())

    @property
    def done(self) -> int:
        """Return how many are done, in time or late."""
        return sum(self.by_state[state] for state in DONE_STATES)

    @property
    def pressing(self) -> WorkState | None:
        """Return the most pressing state that any is in, None when there are none."""
        return next((state for state in PRESSING if self.by_state[state]), None)


class Cell(NamedTuple):
    """How many obligations of a clause a body has in one state."""

    clause_id: int
    body_id: int
    state: WorkState
    number: int


@dataclass(frozen=True, slots=True)
class PaperBoard:
    """What a paper obliges to, by clause and by body, in one view of the map.

    Attributes:
        stands: body id → unit id of its province on the map of ``day``; who has no
            place there is left out.
    """

    paper: Paper
    view: MapView
    day: date
    clauses: list[Clause]
    bodies: dict[int, Body]
    stands: dict[int, int]
    cells: list[Cell]

    @property
    def counts(self) -> Counts:
        """Return the counts of the whole paper."""
        return _sum(self.cells)

    def by_clause(self) -> dict[int, Counts]:
        """Return the counts by clause."""
        return _group((cell.clause_id, cell) for cell in self.cells)

    def by_body(self, clause: int | None = None) -> dict[int, Counts]:
        """Return the counts by lead body, of one clause or of all."""
        return _group((cell.body_id, cell) for cell in self._of(clause))

    def by_province(self, clause: int | None = None) -> dict[int, Counts]:
        """Return the counts by province, NOWHERE being who stands on no tile."""
        return _group(
            (self.stands.get(cell.body_id, NOWHERE), cell) for cell in self._of(clause)
        )

    def _of(self, clause: int | None) -> Iterable[Cell]:
        return (c for c in self.cells if clause is None or c.clause_id == clause)


def paper_board(
    actor: Actor,
    paper: Paper,
    on: date,
    *,
    view: MapView = MapView.TODAY,
    stage: Stage = Stage.DIRECT,
) -> PaperBoard:
    """Return a paper's board as *actor* may see it: four statements, however large."""
    asked = Asked(paper=paper.pk, view=view, stage=stage)
    cells = cube(actor, asked, on)
    body_ids = {cell.body_id for cell in cells}
    clause_ids = {cell.clause_id for cell in cells}
    day = map_day(view, on)
    return PaperBoard(
        paper=paper,
        view=view,
        day=day,
        clauses=list(Clause.objects.filter(pk__in=clause_ids).order_by("position")),
        bodies=Body.objects.in_bulk(body_ids),
        stands=organisations.province_on_map(body_ids, day),
        cells=cells,
    )


def cube(actor: Actor, asked: Asked, on: date) -> list[Cell]:
    """Return the counts by clause, lead body and state, in one statement."""
    counted = (
        listed(actor, asked, on)
        .order_by()
        .values_list("task__clause_id", "held_by", "state")
        .annotate(Count("pk"))
    )
    return [
        Cell(clause, body, WorkState(state), n) for clause, body, state, n in counted
    ]


def counts(actor: Actor, asked: Asked, on: date) -> Counts:
    """Return the counts by state of what is asked for, in one statement."""
    found = Counts()
    rows = listed(actor, asked, on).order_by().values_list("state")
    for state, number in rows.annotate(Count("pk")):
        found.add(WorkState(state), number)
    return found


def counts_by_paper(
    actor: Actor, paper_ids: Iterable[int], on: date
) -> dict[int, dict[Stage, Counts]]:
    """Return the counts of papers by how the work came about, in one statement.

    What a paper set directly and what was derived from it stand apart: adding them
    would count the same work at each level again.
    """
    rows = (
        listed(actor, Asked(view=MapView.TODAY), on)
        .filter(task__clause__paper__in=list(paper_ids))
        .annotate(direct=Q(task__derived_from__isnull=True))
        .order_by()
        .values_list("task__clause__paper_id", "direct", "state")
        .annotate(Count("pk"))
    )
    found: defaultdict[int, dict[Stage, Counts]] = defaultdict(dict)
    for paper, direct, state, number in rows:
        stage = Stage.DIRECT if direct else Stage.DERIVED
        found[paper].setdefault(stage, Counts()).add(WorkState(state), number)
    return dict(found)


def counts_by_body(actor: Actor, asked: Asked, on: date) -> dict[int, Counts]:
    """Return the counts of what is asked for by lead body, in one statement."""
    return _group((cell.body_id, cell) for cell in cube(actor, asked, on))


def papers_at_work(actor: Actor, text: str = "") -> QuerySet[Paper]:
    """Return the papers that oblige somebody whom *actor* may see, the newest first."""
    obliging = obligations_visible_to(actor).values("task__clause__paper_id")
    papers = Paper.objects.filter(pk__in=obliging).select_related("type", "issuer")
    for word in fold(text).split():
        papers = papers.filter(
            Q(folded__contains=word) | Q(issuer__folded__contains=word)
        )
    return papers.order_by(F("issued_on").desc(nulls_last=True), "-pk")


def _sum(cells: Iterable[Cell]) -> Counts:
    found = Counts()
    for cell in cells:
        found.add(cell.state, cell.number)
    return found


def _group(keyed: Iterable[tuple[int, Cell]]) -> dict[int, Counts]:
    found: defaultdict[int, Counts] = defaultdict(Counts)
    for key, cell in keyed:
        found[key].add(cell.state, cell.number)
    return dict(found)
