"""What became of the conclusions: who received, who acknowledged."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from lantoa.conferences.models import Conclusion, Conference
from lantoa.conferences.queries.conclusions import bodies_by_rule, leads
from lantoa.organisations.models import Body
from lantoa.organisations.queries import tile_map
from lantoa.organisations.vocabulary import BodyKind
from lantoa.plans import queries as plans
from lantoa.plans.queries import Tally


@dataclass(frozen=True, slots=True)
class Size:
    """How much leaves when the conclusions are issued."""

    conclusions: int
    tasks: int
    bodies: int  # that lead or coordinate


@dataclass(frozen=True, slots=True)
class BoardTile:
    """A body on the board; without a column it stands in the strip below the map."""

    body: Body
    name: str
    code: str
    column: int | None
    row: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """The bodies of the conclusions, those with a place on the map first."""

    tiles: list[BoardTile]
    strip: list[BoardTile]
    isles_column: int
    isles_rows: list[int]


def dispatch_size(conference: Conference, drafts: Sequence[Conclusion]) -> Size:
    """Return how many bodies would get how many tasks."""
    by_rule = bodies_by_rule(conference)
    led = [[body.pk for body in leads(draft, by_rule)] for draft in drafts]
    bodies = {pk for each in led for pk in each}
    bodies |= {body.pk for draft in drafts for body in draft.coordinating.all()}
    return Size(len(drafts), sum(map(len, led)), len(bodies))


def clause_ids(conference_id: int) -> list[int]:
    """Return the clauses that the conclusions became."""
    rows = Conclusion.objects.filter(
        conference=conference_id, clause__isnull=False
    ).order_by("position", "pk")
    return list(rows.values_list("clause_id", flat=True))


def tallies(
    conference_id: int, only: Collection[int] | None = None
) -> dict[int, Tally]:
    """Return by body how far its tasks have come; *only* some bodies, or all."""
    found = plans.board(clause_ids(conference_id))
    if only is None:
        return found
    return {pk: tally for pk, tally in found.items() if pk in only}


def board(conference: Conference, drafts: Sequence[Conclusion]) -> Board:
    """Return the board of an issued paper on the map of the conference's day."""
    obliged = plans.board([d.clause_id for d in drafts if d.clause_id is not None])
    bodies = list(Body.objects.filter(pk__in=obliged).order_by("sort_key"))
    layout = tile_map(conference.on)
    isles = [tile for tile in layout.tiles if tile.is_archipelago]
    placed = _placed(conference.on, bodies)
    strip = [
        BoardTile(body, body.label, body.label, None, None)
        for body in bodies
        if body.pk not in {tile.body.pk for tile in placed}
    ]
    return Board(
        placed,
        strip,
        isles[0].column if isles else layout.columns,
        sorted(tile.row for tile in isles),
    )


def _placed(on: date, bodies: Sequence[Body]) -> list[BoardTile]:
    """Return one tile for each province that has a body on the board."""
    ranked = sorted(bodies, key=lambda body: body.kind != BodyKind.PEOPLES_COMMITTEE)
    by_unit: dict[int, Body] = {}
    for body in ranked:
        if body.territory_id is not None:
            by_unit.setdefault(body.territory_id, body)
    return [
        BoardTile(
            by_unit[tile.unit_id],
            tile.short_name,
            tile.abbreviation,
            tile.column,
            tile.row,
        )
        for tile in tile_map(on).tiles
        if not tile.is_archipelago and tile.unit_id in by_unit
    ]
