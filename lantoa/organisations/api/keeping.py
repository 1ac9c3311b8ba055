"""Keeping the register: each command is one action."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Router

from lantoa.kernel.exchange import ApiRequest, Made, acting
from lantoa.kernel.refusal import NotPermitted
from lantoa.organisations import actions
from lantoa.organisations.api.shapes import (
    BodyEnded,
    BodyEntered,
    BodyRenamed,
    Ended,
    SeatFilled,
    SuperiorSet,
    UnitRenamed,
)
from lantoa.organisations.models import Body, Council, CouncilSeat, ReportsTo, Unit
from lantoa.organisations.rules import KEEP

router = Router(tags=["organisations"])


def _kept(request: ApiRequest, body_id: int) -> Body:
    # Everybody may read the register: what is not one's to keep is refused, not hidden.
    body = get_object_or_404(Body, pk=body_id)
    KEEP.require(request.actor, body)
    return body


@router.post(
    "/units/{int:unit_id}/rename", response=Made, summary="Enter another name of a unit"
)
def rename_unit(request: ApiRequest, unit_id: int, said: UnitRenamed) -> dict[str, Any]:
    """Let the unit bear another kind and name from a day on."""
    if not request.actor.reach.covers(KEEP.capability, None):
        raise NotPermitted
    unit = get_object_or_404(Unit, pk=unit_id)
    actions.rename_unit(unit=unit, **said.dict(), **acting(request))
    return {"id": unit.pk, "state": "renamed"}


@router.post("/bodies/enter", response=Made, summary="Enter a body")
def enter_body(request: ApiRequest, said: BodyEntered) -> Body:
    """Enter a body below its superior."""
    if not request.actor.may(KEEP.capability):
        raise NotPermitted
    unit, superior = said.territory_id, said.superior_id
    return actions.enter_body(
        territory=get_object_or_404(Unit, pk=unit) if unit else None,
        superior=get_object_or_404(Body, pk=superior) if superior else None,
        **said.dict(exclude={"territory_id", "superior_id"}),
        **acting(request),
    )


@router.post(
    "/bodies/{int:body_id}/rename", response=Made, summary="Enter another name"
)
def rename_body(request: ApiRequest, body_id: int, said: BodyRenamed) -> Body:
    """Let the body go on under another name, as its successor."""
    body = _kept(request, body_id)
    return actions.rename_body(body=body, **said.dict(), **acting(request))


@router.post("/bodies/{int:body_id}/end", response=Made, summary="End a body")
def end_body(request: ApiRequest, body_id: int, said: BodyEnded) -> Body:
    """Let a body end on a day, with its lines and seats."""
    body = _kept(request, body_id)
    return actions.end_body(body=body, **said.dict(), **acting(request))


@router.post("/bodies/{int:body_id}/superior", response=Made, summary="Set a superior")
def set_superior(request: ApiRequest, body_id: int, said: SuperiorSet) -> ReportsTo:
    """Let the body report to another in a line of work from a day on."""
    return actions.set_reports_to(
        body=_kept(request, body_id),
        superior=get_object_or_404(Body, pk=said.superior_id),
        **said.dict(exclude={"superior_id"}),
        **acting(request),
    )


@router.post("/lines/{int:line_id}/end", response=Made, summary="End a line")
def end_line(request: ApiRequest, line_id: int, said: Ended) -> ReportsTo:
    """End a line of reporting."""
    row = get_object_or_404(ReportsTo, pk=line_id)
    return actions.end_reports_to(row=row, **said.dict(), **acting(request))


@router.post("/councils/{int:body_id}/seats/fill", response=Made, summary="Fill a seat")
def seat_office(request: ApiRequest, body_id: int, said: SeatFilled) -> CouncilSeat:
    """Give an office a seat on a council."""
    rows = Council.objects.select_related("body")
    return actions.seat_office(
        council=get_object_or_404(rows, pk=body_id),
        body=get_object_or_404(Body, pk=said.body_id),
        **said.dict(exclude={"body_id"}),
        **acting(request),
    )


@router.post("/seats/{int:seat_id}/vacate", response=Made, summary="Vacate a seat")
def vacate_seat(request: ApiRequest, seat_id: int, said: Ended) -> CouncilSeat:
    """End a seat on a council."""
    row = get_object_or_404(CouncilSeat, pk=seat_id)
    return actions.vacate_seat(seat=row, **said.dict(), **acting(request))
