"""Preparing a conference: what, when, in which order."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from lantoa.conferences import rules
from lantoa.conferences.actions import agenda, preparing
from lantoa.conferences.api.shapes import (
    ConferencePrepared,
    ConferenceRevised,
    ConferencesAsked,
    ConferenceShort,
    ConferenceWhole,
    Following,
    Item,
    ItemAdded,
    ItemRevised,
    Where,
)
from lantoa.conferences.models import AgendaItem, Conference, Venue
from lantoa.conferences.queries import conferences as queries
from lantoa.conferences.queries.scopes import items_seen_by, seen_by
from lantoa.conferences.queries.states import snapshot
from lantoa.conferences.vocabulary import ItemKind
from lantoa.documents import queries as documents
from lantoa.documents.models import Paper
from lantoa.kernel.actor import Actor
from lantoa.kernel.exchange import (
    ApiRequest,
    Asked,
    Listed,
    Made,
    acting,
    listed,
)
from lantoa.kernel.sql import Fold
from lantoa.kernel.text import fold
from lantoa.organisations.models import Body

router = Router(tags=["conferences"])


@router.get("", response=Listed[ConferenceShort], auth=None, summary="Conferences")
def list_(request: ApiRequest, asked: Query[ConferencesAsked]) -> dict[str, Any]:
    """Return the conferences within reach and those open to all, newest first."""
    rows = seen_by(request.actor).alias(folded=Fold("title"))
    for word in fold(asked.q).split():
        rows = rows.filter(folded__contains=word)
    if asked.state is not None:
        rows = rows.filter(state=asked.state)
    return listed(rows.order_by("-planned_start", "-pk"), asked)


@router.post("", response=Made, summary="Open a conference for preparation")
def prepare(request: ApiRequest, said: ConferencePrepared) -> Conference:
    """Open a conference of a body whose conferences the actor prepares."""
    reach = request.actor.reach.rows(rules.PREPARE.capability, "pk")
    host = get_object_or_404(Body.objects.filter(reach), pk=said.host_id)
    given = said.dict(exclude={"host_id", "directive_ids"})
    papers = _papers(request.actor, said.directive_ids)
    return preparing.prepare_conference(
        host=host, directives=papers, **given, **acting(request)
    )


@router.get(
    "/{int:conference_id}",
    response=ConferenceWhole,
    auth=None,
    summary="A conference at a glance",
)
def state(request: ApiRequest, conference_id: int) -> dict[str, Any]:
    """Return agenda, floor, queue and venues as they are now."""
    conference = get_object_or_404(seen_by(request.actor), pk=conference_id)
    about = [
        "host_id",
        "purpose",
        "chair_office",
        "place",
        "planned_start",
        "open_to_public",
    ]
    papers = queries.directives(conference).values_list("paper_id", flat=True)
    return {
        **snapshot(conference),
        **{name: getattr(conference, name) for name in about},
        "directive_ids": list(papers),
    }


@router.post(
    "/{int:conference_id}/revise", response=Made, summary="Revise a conference"
)
def revise(
    request: ApiRequest, conference_id: int, said: ConferenceRevised
) -> Conference:
    """Change what a conference says of itself, until it begins."""
    return preparing.revise_conference(
        conference=prepared(request, conference_id),
        directives=_papers(request.actor, said.directive_ids),
        **said.dict(exclude={"directive_ids"}),
        **acting(request),
    )


@router.post(
    "/{int:conference_id}/next", response=Made, summary="Prepare the next conference"
)
def prepare_next(
    request: ApiRequest, conference_id: int, said: Following
) -> Conference:
    """Open a new conference with the host, words, papers and agenda of this one."""
    return preparing.prepare_next(
        conference=prepared(request, conference_id), **said.dict(), **acting(request)
    )


@router.get(
    "/{int:conference_id}/items",
    response=Listed[Item],
    auth=None,
    summary="Agenda of a conference",
)
def items(
    request: ApiRequest, conference_id: int, asked: Query[Asked]
) -> dict[str, Any]:
    """Return the items of the agenda, siblings in their order."""
    conference = get_object_or_404(seen_by(request.actor), pk=conference_id)
    rows = items_seen_by(request.actor).filter(conference=conference)
    return listed(rows.order_by("parent_id", "position", "pk"), asked)


@router.post(
    "/{int:conference_id}/items", response=Made, summary="Add an item to the agenda"
)
def add_item(request: ApiRequest, conference_id: int, said: ItemAdded) -> AgendaItem:
    """Put an item at the end of the agenda, or of a session."""
    conference = get_object_or_404(queries.run_by(request.actor), pk=conference_id)
    parent = None
    if said.parent_id is not None:
        sessions = conference.items.filter(kind=ItemKind.SESSION)
        parent = get_object_or_404(sessions, pk=said.parent_id)
    return agenda.add_item(
        conference=conference,
        parent=parent,
        presenter_venue=_presenter(conference, said.presenter_venue_id),
        **said.dict(exclude={"parent_id", "presenter_venue_id"}),
        **acting(request),
    )


@router.get(
    "/items/{int:item_id}", response=Item, auth=None, summary="An item of the agenda"
)
def item(request: ApiRequest, item_id: int) -> AgendaItem:
    """Return an item of an agenda that the actor may read."""
    return get_object_or_404(items_seen_by(request.actor), pk=item_id)


@router.post("/items/{int:item_id}/revise", response=Made, summary="Revise an item")
def revise_item(request: ApiRequest, item_id: int, said: ItemRevised) -> AgendaItem:
    """Change an item that is not over."""
    row = run_item(request, item_id)
    return agenda.revise_item(
        item=row,
        presenter_venue=_presenter(row.conference, said.presenter_venue_id),
        **said.dict(exclude={"presenter_venue_id"}),
        **acting(request),
    )


@router.post("/items/{int:item_id}/move", response=Made, summary="Move an item")
def move_item(request: ApiRequest, item_id: int, said: Where) -> AgendaItem:
    """Put an item elsewhere among its siblings."""
    row = run_item(request, item_id)
    return agenda.move_item(item=row, place=said.place, **acting(request))


@router.post("/items/{int:item_id}/remove", response=Made, summary="Remove an item")
def remove_item(request: ApiRequest, item_id: int) -> dict[str, Any]:
    """Take an item out of an agenda that has not begun."""
    agenda.remove_item(item=run_item(request, item_id), **acting(request))
    return {"id": item_id, "state": "removed"}


def prepared(request: ApiRequest, conference_id: int) -> Conference:
    """Return a conference that the actor prepares, else 404."""
    return get_object_or_404(queries.prepared_by(request.actor), pk=conference_id)


def run_item(request: ApiRequest, item_id: int) -> AgendaItem:
    """Return an item of a conference that the actor runs, else 404."""
    run = queries.run_by(request.actor)
    rows = AgendaItem.objects.select_related("conference")
    return get_object_or_404(rows, pk=item_id, conference__in=run)


def _presenter(conference: Conference, venue_id: int | None) -> Venue | None:
    if venue_id is None:
        return None
    return get_object_or_404(conference.venues, pk=venue_id)


def _papers(actor: Actor, ids: Sequence[int]) -> list[Paper]:
    found = list(documents.visible_to(actor).filter(pk__in=ids))
    if len(found) < len(set(ids)):
        raise Http404
    return found
