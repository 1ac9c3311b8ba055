"""Units and bodies of a day, what became of them, the map, the councils."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router

from lantoa.kernel.exchange import ApiRequest, Asked, Listed, listed
from lantoa.organisations import queries
from lantoa.organisations.api.shapes import (
    BodiesAsked,
    BodyShown,
    CouncilShown,
    DayAsked,
    LineShown,
    MapShown,
    NameShown,
    OnADay,
    SeatShown,
    Succeeded,
    TileShown,
    UnitsAsked,
    UnitShown,
)
from lantoa.organisations.models import (
    Body,
    BodySuccession,
    Council,
    CouncilSeat,
    ReportsTo,
    Succession,
    Unit,
)
from lantoa.organisations.queries.names import bodies_named, units_named

router = Router(tags=["organisations"], auth=None)


def _day(asked: OnADay | DayAsked) -> date:
    return asked.on or timezone.localdate()


@router.get("/map", response=MapShown, summary="Map of a day")
def map_(request: ApiRequest, asked: Query[OnADay]) -> dict[str, Any]:
    """Return the tiles of the country: 63 provinces to 30 June 2025, 34 since."""
    drawn = queries.tile_map(_day(asked))
    fields = TileShown.model_fields
    tiles = [{name: getattr(tile, name) for name in fields} for tile in drawn.tiles]
    return {"columns": drawn.columns, "rows": drawn.rows, "tiles": tiles}


@router.get("/units", response=Listed[UnitShown], summary="Units of a day")
def units(request: ApiRequest, asked: Query[UnitsAsked]) -> dict[str, Any]:
    """Return the units that existed on the day, under their names of it."""
    on = _day(asked)
    rows = units_named(asked.q, on) if asked.q.strip() else queries.units_at(on)
    if asked.level is not None:
        rows = rows.filter(level=asked.level)
    if asked.parent_id is not None:
        rows = rows.filter(parent=asked.parent_id)
    return listed(rows, asked)


@router.get("/units/{int:unit_id}", response=UnitShown, summary="A unit")
def unit(request: ApiRequest, unit_id: int, asked: Query[OnADay]) -> Any:
    """Return a unit under its name of the day, or under one it once bore."""
    row = get_object_or_404(Unit, pk=unit_id)
    return queries.unit_named(row.pk, _day(asked))


@router.get(
    "/units/{int:unit_id}/names", response=Listed[NameShown], summary="Names of a unit"
)
def unit_names(
    request: ApiRequest, unit_id: int, asked: Query[Asked]
) -> dict[str, Any]:
    """Return what the unit was called from when to when."""
    row = get_object_or_404(Unit, pk=unit_id)
    return listed(row.names.order_by("valid_from", "pk"), asked)


@router.get(
    "/units/{int:unit_id}/successions",
    response=Listed[Succeeded],
    summary="Successions of a unit",
)
def unit_successions(
    request: ApiRequest, unit_id: int, asked: Query[Asked]
) -> dict[str, Any]:
    """Return what the unit was formed from, and what it became."""
    row = get_object_or_404(Unit, pk=unit_id)
    moves = Succession.objects.filter(new=row) | Succession.objects.filter(old=row)
    return listed(moves.order_by("effective_on", "pk"), asked)


@router.get("/bodies", response=Listed[BodyShown], summary="Bodies of a day")
def bodies(request: ApiRequest, asked: Query[BodiesAsked]) -> dict[str, Any]:
    """Return the bodies in being on the day, in dictionary order or best first."""
    on = _day(asked)
    every = Body.objects.on(on).order_by("sort_key", "pk")
    rows = bodies_named(asked.q, on) if asked.q.strip() else every
    if asked.kind is not None:
        rows = rows.filter(kind=asked.kind)
    if asked.territory_id is not None:
        rows = rows.filter(territory=asked.territory_id)
    return listed(rows, asked)


@router.get("/bodies/{int:body_id}", response=BodyShown, summary="A body")
def body(request: ApiRequest, body_id: int) -> Body:
    """Return a body, in being or not."""
    return get_object_or_404(Body, pk=body_id)


@router.get(
    "/bodies/{int:body_id}/superiors",
    response=Listed[LineShown],
    summary="Superiors of a body",
)
def superiors(
    request: ApiRequest, body_id: int, asked: Query[DayAsked]
) -> dict[str, Any]:
    """Return whom the body reported to on the day, in each line of work."""
    row = get_object_or_404(Body, pk=body_id)
    return listed(queries.superiors(row, _day(asked)), asked)


@router.get(
    "/bodies/{int:body_id}/subordinates",
    response=Listed[LineShown],
    summary="Subordinates of a body",
)
def subordinates(
    request: ApiRequest, body_id: int, asked: Query[DayAsked]
) -> dict[str, Any]:
    """Return who reported to the body on the day, line by line."""
    row = get_object_or_404(Body, pk=body_id)
    return listed(queries.subordinates(row, _day(asked)).order_by("line", "pk"), asked)


@router.get("/lines/{int:line_id}", response=LineShown, summary="A line of reporting")
def line(request: ApiRequest, line_id: int) -> ReportsTo:
    """Return a line of reporting, in force or not."""
    return get_object_or_404(ReportsTo, pk=line_id)


@router.get(
    "/bodies/{int:body_id}/successions",
    response=Listed[Succeeded],
    summary="Successions of a body",
)
def body_successions(
    request: ApiRequest, body_id: int, asked: Query[Asked]
) -> dict[str, Any]:
    """Return whose work the body took over, and to whom its own went."""
    row = get_object_or_404(Body, pk=body_id)
    every = BodySuccession.objects
    moves = every.filter(new=row) | every.filter(old=row)
    return listed(moves.order_by("effective_on", "pk"), asked)


@router.get("/councils", response=Listed[CouncilShown], summary="Councils of a day")
def councils(request: ApiRequest, asked: Query[DayAsked]) -> dict[str, Any]:
    """Return the councils in being on the day, central first."""
    return listed(queries.councils_at(_day(asked)), asked)


@router.get("/councils/{int:body_id}", response=CouncilShown, summary="A council")
def council(request: ApiRequest, body_id: int) -> Council:
    """Return a council by the number of its body."""
    return get_object_or_404(Council.objects.select_related("body"), pk=body_id)


@router.get(
    "/councils/{int:body_id}/seats",
    response=Listed[SeatShown],
    summary="Seats of a council",
)
def seats(request: ApiRequest, body_id: int, asked: Query[DayAsked]) -> dict[str, Any]:
    """Return the seats held on the day, the chair first."""
    row = get_object_or_404(Council, pk=body_id)
    return listed(queries.seats(_day(asked)).filter(council=row), asked)


@router.get("/seats/{int:seat_id}", response=SeatShown, summary="A seat")
def seat(request: ApiRequest, seat_id: int) -> CouncilSeat:
    """Return a seat, held or vacated."""
    return get_object_or_404(CouncilSeat, pk=seat_id)
