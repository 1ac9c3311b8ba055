"""How the work of papers stands: all of them, and one by clause, by state, on a map."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lantoa.documents import queries as documents
from lantoa.documents.models import Clause, Paper
from lantoa.kernel.actor import Actor
from lantoa.kernel.rule import require_anywhere
from lantoa.organisations.models import Body
from lantoa.organisations.queries import Tile, tile_map
from lantoa.organisations.vocabulary import TWO_LEVELS_FROM
from lantoa.plans import rules
from lantoa.plans.queries import Asked, boards
from lantoa.plans.queries.boards import Counts, PaperBoard
from lantoa.plans.queries.lists import NOWHERE
from lantoa.plans.vocabulary import SILENT_STATES, MapView, Stage, WorkState
from lantoa.plans.web import filters
from lantoa.ui.parts import Link, Share
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest
from lantoa.ui.templatetags.ui import grouped

_PAGE = 20  # papers
_BODIES = 10  # those most behind


@dataclass(frozen=True, slots=True)
class StageRow:
    """What a paper set directly, or what was derived from it."""

    stage: Stage
    counts: Counts
    shares: list[Share]
    href: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper and how its work stands."""

    paper: Paper
    stages: list[StageRow]


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the table as it is written; it opens its list."""

    value: str
    href: str


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause and its numbers in the order of the states."""

    clause: Clause
    href: str
    current: bool
    numbers: list[Number]
    total: Number


@dataclass(frozen=True, slots=True)
class MapTile:
    """A tile of the map, the state it shows, and how many are in it."""

    tile: Tile
    state: str  # "none" where nothing is
    word: str
    number: int
    href: str


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body and how its part stands."""

    body: Body
    told: str
    shares: list[Share]
    href: str


@login_required
@require_GET
def national(request: ActorRequest) -> HttpResponse:
    """Show every paper that obliges somebody in reach, and how its work stands."""
    actor = request.actor
    require_anywhere(actor, rules.READ_OWN.capability)
    on = timezone.localdate()
    text = filters.read(request.GET).text
    found = boards.papers_at_work(actor, text)
    listed = Paginator(found, _PAGE).get_page(
        request.GET.get("trang") or request.GET.get("page")
    )
    counts = boards.counts_by_paper(actor, [paper.pk for paper in listed], on)
    context = {
        "listed": listed,
        "rows": [_paper_row(paper, counts.get(paper.pk, {})) for paper in listed],
        "text": text,
        "now": timezone.now(),
    }
    return page(request, "plans/national.html", context)


@login_required
@require_GET
def paper_board(request: ActorRequest, paper_id: int) -> HttpResponse:
    """Show a paper's clauses by state, and the map of one clause or of all.

    Raises:
        Http404: it obliges nobody in reach, and the actor may not read it either.
    """
    actor = request.actor
    require_anywhere(actor, rules.READ_OWN.capability)
    papers = Paper.objects.select_related("type", "issuer")
    paper = get_object_or_404(papers, pk=paper_id)
    asked = filters.read(request.GET).but(paper=paper.pk)
    board, asked = _board(actor, paper, asked, timezone.localdate())
    if not board.cells and not _readable(actor, paper):
        raise Http404
    counts = board.counts
    endings = _endings(asked)
    context = {
        "paper": paper,
        "board": board,
        "counts": counts,
        "shares": filters.shares(counts, asked.but(clause=None, states=frozenset())),
        "states": list(WorkState),
        "rows": _clause_rows(board, asked, endings),
        "totals": _numbers(counts, asked.but(clause=None), endings),
        "clause": next((c for c in board.clauses if c.pk == asked.clause), None),
        "tiles": _tiles(board, asked),
        "legend": filters.shares(counts, asked, zeros=True),
        "choose": _choose(
            paper, asked, board.by_clause().get(asked.clause or 0, counts)
        ),
        "nowhere": _nowhere(board, asked),
        "views": _views(paper, asked),
        "stages": _stages(paper, asked),
        "behind": _behind(board, asked),
        "sheet": filters.address(asked, "plans:list_xlsx"),
        "list": filters.address(asked),
        "now": timezone.now(),
    }
    return page(request, "plans/paper_board.html", context)


def _board(
    actor: Actor, paper: Paper, asked: Asked, on: date
) -> tuple[PaperBoard, Asked]:
    """Return the board asked for; set nothing directly, one sees what was derived."""
    view = asked.view if asked.view and _has_two_maps(paper) else MapView.TODAY
    stage = asked.stage or Stage.DIRECT
    board = boards.paper_board(actor, paper, on, view=view, stage=stage)
    if not board.cells and asked.stage is None:
        stage = Stage.DERIVED
        board = boards.paper_board(actor, paper, on, view=view, stage=stage)
    known = {clause.pk for clause in board.clauses}
    clause = asked.clause if asked.clause in known else None
    return board, Asked(
        paper=paper.pk, clause=clause, states=asked.states, view=view, stage=stage
    )


def _readable(actor: Actor, paper: Paper) -> bool:
    return documents.visible_to(actor).filter(pk=paper.pk).exists()


def _paper_row(paper: Paper, by_stage: dict[Stage, Counts]) -> PaperRow:
    rows = []
    for stage in Stage:
        if stage not in by_stage:
            continue
        asked = Asked(paper=paper.pk, stage=stage, view=MapView.TODAY)
        rows.append(
            StageRow(
                stage,
                by_stage[stage],
                filters.shares(by_stage[stage], asked),
                _here(paper, asked),
            )
        )
    return PaperRow(paper, rows)


def _here(paper: Paper, asked: Asked) -> str:
    """Return the address of the paper's board with what is asked for."""
    there = reverse("plans:paper_board", args=[paper.pk])
    return there + filters.query_of(asked.but(paper=None))


def _numbers(
    counts: Counts, asked: Asked, endings: dict[WorkState, str]
) -> list[Number]:
    """Return the numbers by state; *endings* are those of their addresses."""
    opening = filters.address(Asked(paper=asked.paper, clause=asked.clause))
    return [
        Number(grouped(number), opening + endings[state] if number else "")
        for state, number in counts.by_state.items()
    ]


def _endings(asked: Asked) -> dict[WorkState, str]:
    """Return how the address of a list ends in each state, said once for all rows."""
    rest = Asked(view=asked.view, stage=asked.stage)
    return {
        state: filters.query_of(filters.in_state(rest, state)).replace("?", "&", 1)
        for state in WorkState
    }


def _clause_rows(
    board: PaperBoard, asked: Asked, endings: dict[WorkState, str]
) -> list[ClauseRow]:
    by_clause = board.by_clause()
    rows = []
    for clause in board.clauses:
        counts = by_clause[clause.pk]
        its = asked.but(clause=clause.pk)
        rows.append(
            ClauseRow(
                clause=clause,
                href=_here(board.paper, its) + "#ban-do",
                current=clause.pk == asked.clause,
                numbers=_numbers(counts, its, endings),
                total=Number(
                    grouped(counts.total), filters.address(filters.in_state(its))
                ),
            )
        )
    return rows


def _tiles(board: PaperBoard, asked: Asked) -> list[MapTile]:
    """Return the tiles of the map, [] where all of the board stands in one place."""
    if len(set(board.stands.values())) < 2:  # noqa: PLR2004 -- nothing to compare
        return []
    by_province = board.by_province(asked.clause)
    base = reverse("plans:list")
    found = []
    for tile in tile_map(_names_of(board)).tiles:
        counts = by_province.get(tile.unit_id, Counts())
        state, number = _shown(counts, asked)
        href = base + filters.query_of(asked.but(province=tile.unit_id))
        found.append(
            MapTile(
                tile,
                state.value if state else "none",
                str(state.label) if state else "",
                number if counts.total > 1 else 0,
                href if counts.total else "",
            )
        )
    return found


def _names_of(board: PaperBoard) -> date:
    """Return the day whose names the map bears: that of the paper on the old map."""
    issued = board.paper.issued_on
    old = board.view == MapView.DISPATCHED
    return min(issued, board.day) if old and issued else board.day


def _shown(counts: Counts, asked: Asked) -> tuple[WorkState | None, int]:
    """Return the state that a tile shows: one asked for, or the most pressing."""
    if not asked.states:
        state = counts.pressing
        return state, counts[state] if state else 0
    asked_for = [s for s in boards.PRESSING if s in asked.states and counts[s]]
    return (asked_for[0], counts[asked_for[0]]) if asked_for else (None, 0)


def _choose(paper: Paper, asked: Asked, counts: Counts) -> list[Link]:
    """Return the states that the map may show, as links of this page."""
    every = asked.but(states=frozenset())
    links = [
        Link(
            label=_("Việc gấp nhất"),
            href=_here(paper, every) + "#ban-do",
            current=not asked.states,
        )
    ]
    for state in WorkState:
        if counts[state]:
            only = filters.in_state(asked, state)
            links.append(
                Link(
                    label=state.label,
                    href=_here(paper, only) + "#ban-do",
                    current=asked.states == {state},
                    count=counts[state],
                )
            )
    return links


def _nowhere(board: PaperBoard, asked: Asked) -> Number | None:
    counts = board.by_province(asked.clause).get(NOWHERE)
    if counts is None:
        return None
    return Number(grouped(counts.total), filters.address(asked.but(province=NOWHERE)))


def _has_two_maps(paper: Paper) -> bool:
    return paper.issued_on is None or paper.issued_on < TWO_LEVELS_FROM


def _views(paper: Paper, asked: Asked) -> list[Link]:
    if not _has_two_maps(paper):
        return []
    return [
        Link(
            label=view.label,
            href=_here(paper, asked.but(view=view)),
            current=view == asked.view,
        )
        for view in MapView
    ]


def _stages(paper: Paper, asked: Asked) -> list[Link]:
    return [
        Link(
            label=stage.label,
            href=_here(paper, Asked(stage=stage, view=asked.view)),
            current=stage == asked.stage,
        )
        for stage in Stage
    ]


def _behind(board: PaperBoard, asked: Asked) -> list[BodyRow]:
    """Return the bodies that are most behind: overdue first, then silent."""
    late = [
        (*_trouble(counts), pk, counts)
        for pk, counts in board.by_body(asked.clause).items()
        if any(_trouble(counts))
    ]
    late.sort(key=lambda each: (-each[0], -each[1], board.bodies[each[2]].sort_key))
    return [
        _body_row(board.bodies[pk], counts, asked)
        for _overdue, _silent, pk, counts in late[:_BODIES]
    ]


def _trouble(counts: Counts) -> tuple[int, int]:
    """Return how many are overdue, and how many are silent."""
    return counts[WorkState.OVERDUE], sum(counts[state] for state in SILENT_STATES)


def _body_row(body: Body, counts: Counts, asked: Asked) -> BodyRow:
    its = filters.in_state(asked.but(body=body.pk))
    overdue, silent = _trouble(counts)
    told = [
        _("%(number)s quá hạn") % {"number": overdue} if overdue else "",
        _("%(number)s chưa xác nhận") % {"number": silent} if silent else "",
        _("trong %(number)s nhiệm vụ") % {"number": counts.total},
    ]
    return BodyRow(
        body,
        " · ".join(filter(None, told)),
        filters.parts(counts),
        filters.address(its),
    )
