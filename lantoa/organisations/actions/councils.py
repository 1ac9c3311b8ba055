"""Writes about councils."""

from datetime import date, datetime

from django.db.models import Q

from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.organisations.events import SeatFilled, SeatVacated
from lantoa.organisations.models import Body, Council, CouncilSeat
from lantoa.organisations.rules import KEEP
from lantoa.organisations.vocabulary import (
    AlreadyEnded,
    DatesOverlap,
    EndsBeforeItBegins,
    SeatRole,
)


@action
def seat_office(
    *,
    actor: Actor,
    council: Council,
    role: SeatRole,
    body: Body,
    office: str,
    valid_from: date | None = None,
    source: str = "",
    at: datetime,
) -> CouncilSeat:
    """Give an office a seat on a council; persons are never recorded.

    Raises:
        NotPermitted: the actor doesn't keep the council.
        DatesOverlap: the council has a chair at that time already.
    """
    KEEP.require(actor, council.body)
    Council.objects.select_for_update().get(pk=council.pk)
    if role == SeatRole.CHAIR:
        chairs = CouncilSeat.objects.filter(council=council, role=role)
        still = Q(valid_until__isnull=True)
        if valid_from:
            still |= Q(valid_until__gt=valid_from)
        if chairs.filter(still).exists() or (valid_from is None and chairs.exists()):
            raise DatesOverlap
    seat = CouncilSeat.objects.create(
        council=council,
        role=role,
        body=body,
        office=office,
        valid_from=valid_from,
        source=source,
    )
    record(
        SeatFilled(council_id=council.pk, body_id=body.pk, role=role, office=office),
        by=actor,
        at=at,
    )
    return seat


@action
def vacate_seat(
    *, actor: Actor, seat: CouncilSeat, valid_until: date, at: datetime
) -> CouncilSeat:
    """End a seat on a council.

    Raises:
        NotPermitted: the actor doesn't keep the council.
        AlreadyEnded: it has an end already.
        EndsBeforeItBegins: the end is not after the beginning.
    """
    seat = (
        CouncilSeat.objects.select_for_update()
        .select_related("council__body")
        .get(pk=seat.pk)
    )
    KEEP.require(actor, seat.council.body)
    if seat.valid_until is not None:
        raise AlreadyEnded
    if seat.valid_from and valid_until <= seat.valid_from:
        raise EndsBeforeItBegins
    seat.valid_until = valid_until
    seat.save(update_fields=["valid_until"])
    record(
        SeatVacated(
            council_id=seat.council_id,
            body_id=seat.body_id,
            role=seat.role,
            valid_until=valid_until,
        ),
        by=actor,
        at=at,
    )
    return seat
