"""Venues: listed, invited, rehearsed, present, asking for the floor."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from lantoa.conferences.actions import floor, rehearsing, rollcall, venues
from lantoa.conferences.api.preparing import prepared
from lantoa.conferences.api.shapes import (
    Amended,
    Asking,
    Headcount,
    InvitationAnswered,
    Rehearsed,
    VenuesAdded,
    VenuesByRule,
    VenueWhole,
)
from lantoa.conferences.models import Conference, Turn, Venue
from lantoa.conferences.queries import conferences as queries
from lantoa.conferences.queries.scopes import seen_by, venues_seen_by
from lantoa.kernel.exchange import (
    ApiRequest,
    Asked,
    Listed,
    Made,
    Moved,
    acting,
    listed,
)
from lantoa.organisations.models import Body

router = Router(tags=["conferences"])
_HELD = ("delegates", "delegations", "checks")


@router.get(
    "/{int:conference_id}/venues",
    response=Listed[VenueWhole],
    summary="Venues of a conference",
)
def venues_(
    request: ApiRequest, conference_id: int, asked: Query[Asked]
) -> dict[str, Any]:
    """Return the venues that the actor oversees or speaks for, with their answers."""
    conference = get_object_or_404(seen_by(request.actor), pk=conference_id)
    rows = venues_seen_by(request.actor).filter(conference=conference)
    return listed(rows.prefetch_related(*_HELD).order_by("position", "pk"), asked)


@router.post("/{int:conference_id}/venues", response=Moved, summary="Add venues")
def add_venues(
    request: ApiRequest, conference_id: int, said: VenuesAdded
) -> dict[str, Any]:
    """Give a venue to each of the bodies that has none."""
    conference = prepared(request, conference_id)
    bodies = list(Body.objects.filter(pk__in=said.body_ids).order_by("sort_key"))
    if len(bodies) < len(set(said.body_ids)):
        raise Http404
    new = venues.add_venues(
        conference=conference, bodies=bodies, kind=said.kind, **acting(request)
    )
    return {"moved": len(new)}


@router.post(
    "/{int:conference_id}/venues/by-rule", response=Moved, summary="Add venues by rule"
)
def add_venues_by_rule(
    request: ApiRequest, conference_id: int, said: VenuesByRule
) -> dict[str, Any]:
    """Give a venue to every body that the rule names on the conference's day."""
    new = venues.add_venues_by_rule(
        conference=prepared(request, conference_id), rule=said.rule, **acting(request)
    )
    return {"moved": len(new)}


@router.post("/{int:conference_id}/invite", response=Made, summary="Invite the venues")
def invite(request: ApiRequest, conference_id: int) -> Conference:
    """Invite every venue not yet invited."""
    conference = prepared(request, conference_id)
    return venues.invite(conference=conference, **acting(request))


@router.get("/venues/{int:venue_id}", response=VenueWhole, summary="A venue")
def venue(request: ApiRequest, venue_id: int) -> Venue:
    """Return a venue that the actor oversees or speaks for."""
    rows = venues_seen_by(request.actor).prefetch_related(*_HELD)
    return get_object_or_404(rows, pk=venue_id)


@router.post("/venues/{int:venue_id}/remove", response=Made, summary="Remove a venue")
def remove_venue(request: ApiRequest, venue_id: int) -> dict[str, Any]:
    """Take a venue off the list of a conference that has not begun."""
    own = queries.prepared_by(request.actor)
    row = get_object_or_404(Venue, pk=venue_id, conference__in=own)
    venues.remove_venue(venue=row, **acting(request))
    return {"id": venue_id, "state": "removed"}


@router.post(
    "/venues/{int:venue_id}/answer", response=Made, summary="Answer the invitation"
)
def answer_invitation(
    request: ApiRequest, venue_id: int, said: InvitationAnswered
) -> dict[str, Any]:
    """Say where the venue sits, who leads it, who comes, whom to call."""
    row = _answerable(request, venue_id)
    bodies = Body.objects.in_bulk([each.body_id for each in said.delegations])
    if not {each.body_id for each in said.delegations} <= bodies.keys():
        raise Http404
    venues.answer_invitation(
        venue=row,
        delegations=[
            venues.Seat(bodies[each.body_id], each.headcount)
            for each in said.delegations
        ],
        **said.dict(exclude={"delegations"}),
        **acting(request),
    )
    return {"id": row.pk, "state": "answered"}


@router.post(
    "/venues/{int:venue_id}/rehearsal", response=Made, summary="Enter the rehearsal"
)
def rehearse(request: ApiRequest, venue_id: int, said: Rehearsed) -> dict[str, Any]:
    """Note what the rehearsal showed of several things at a venue."""
    row = _answerable(request, venue_id)
    rehearsing.rehearse_venue(
        venue=row,
        results=[
            rehearsing.CheckResult(each.check, each.state, each.note)
            for each in said.results
        ],
        **acting(request),
    )
    return {"id": row.pk, "state": "rehearsed"}


@router.post(
    "/venues/{int:venue_id}/presence", response=Made, summary="Confirm presence"
)
def confirm_presence(
    request: ApiRequest, venue_id: int, said: Headcount
) -> dict[str, Any]:
    """Say that the room is there, and with how many people."""
    row = rollcall.confirm_presence(
        venue=_own(request, venue_id), headcount=said.headcount, **acting(request)
    )
    return {"id": row.pk, "state": row.presence}


@router.post(
    "/venues/{int:venue_id}/amend", response=Made, summary="Amend a head-count"
)
def amend_answer(request: ApiRequest, venue_id: int, said: Amended) -> dict[str, Any]:
    """Put right a venue's number in the latest roll call, with the reason."""
    own = queries.prepared_by(request.actor)
    row = get_object_or_404(Venue, pk=venue_id, conference__in=own)
    rollcall.amend_answer(venue=row, **said.dict(), **acting(request))
    return {"id": row.pk, "state": "amended"}


@router.post("/venues/{int:venue_id}/floor", response=Made, summary="Ask for the floor")
def ask_for_floor(request: ApiRequest, venue_id: int, said: Asking) -> Turn:
    """Put a venue's request into the queue."""
    return floor.ask_for_floor(
        venue=_own(request, venue_id), **said.dict(), **acting(request)
    )


def _own(request: ApiRequest, venue_id: int) -> Venue:
    # The action reads the row again, locked: here it only has to be within reach.
    within = queries.spoken_for(request.actor).select_related(None).only("pk")
    return get_object_or_404(within, pk=venue_id)


def _answerable(request: ApiRequest, venue_id: int) -> Venue:
    rows = venues_seen_by(request.actor)
    return get_object_or_404(rows, pk=venue_id)
