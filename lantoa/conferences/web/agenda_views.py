"""The agenda: read, edited, printed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from lantoa.conferences import rules
from lantoa.conferences.actions import agenda as actions
from lantoa.conferences.models import AgendaItem, Conference
from lantoa.conferences.queries import conferences as queries
from lantoa.conferences.queries.agenda import Row, timeline
from lantoa.conferences.queries.conclusions import seat_of
from lantoa.conferences.vocabulary import ItemKind, ItemState
from lantoa.conferences.web.forms import ItemForm, PlaceForm
from lantoa.conferences.web.pages import around
from lantoa.conferences.web.preparing_views import conference_or_404
from lantoa.documents.queries import symbol_of
from lantoa.kernel.dates import official_date
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest


@require_http_methods(["GET", "POST"])
def agenda(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the agenda; whoever prepares it adds items here."""
    conference = conference_or_404(request, pk)
    context = around(request, conference, "agenda")
    context["editable"] = context["may_run"] and not conference.over
    form = ItemForm(
        request.POST or None,
        conference=conference,
        initial={
            "parent": request.GET.get("phien"),
            "kind": ItemKind.REPORT,
            "minutes": 10,
        },
    )
    if request.method == "POST":
        rules.require_any(request.actor, conference, rules.CHAIR, rules.PREPARE)
        if form.is_valid():
            item = actions.add_item(
                actor=request.actor,
                conference=conference,
                at=timezone.now(),
                **_said(form),
            )
            return _back_to(item)
    rows = timeline(conference)
    context |= {"form": form, "rows": _with_places(rows)} | _span(conference, rows)
    status = 422 if form.is_bound else 200
    return page(request, "conferences/agenda.html", context, status=status)


@require_GET
def programme(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the programme as an official paper, to be printed."""
    conference = conference_or_404(request, pk)
    rows = timeline(conference, as_planned=True)
    context = {
        "conference": conference,
        "rows": rows,
        "place": seat_of(conference.host, conference.on),
        "date": official_date(conference.invited_at or timezone.now()),
        "number": f"…/CTr-{symbol_of(conference.host)}",
        "day": official_date(conference.planned_start),
    } | _span(conference, rows)
    return page(request, "conferences/agenda_print.html", context)


@require_http_methods(["GET", "POST"])
def item(request: ActorRequest, pk: int) -> HttpResponse:
    """Change one item."""
    row = _item(request, pk)
    conference = row.conference
    form = ItemForm(
        request.POST or None,
        conference=conference,
        revising=True,
        initial={
            "kind": row.kind,
            "title": row.title,
            "minutes": row.minutes,
            "presenter_office": row.presenter_office,
            "presenter_venue": row.presenter_venue_id,
        },
    )
    if request.method == "POST" and form.is_valid():
        actions.revise_item(
            actor=request.actor, item=row, at=timezone.now(), **_said(form)
        )
        return _back_to(row)
    context = around(request, conference, "agenda") | {
        "form": form,
        "item": row,
        "removable": conference.preparing and not row.parts.exists(),
    }
    status = 422 if form.is_bound else 200
    return page(request, "conferences/agenda_item.html", context, status=status)


@require_POST
def move(request: ActorRequest, pk: int) -> HttpResponse:
    """Put an item at a place among its siblings."""
    row = _item(request, pk)
    form = PlaceForm(request.POST)
    if form.is_valid():
        actions.move_item(
            actor=request.actor,
            item=row,
            place=form.cleaned_data["place"],
            at=timezone.now(),
        )
    return _back_to(row)


@require_POST
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take an item out of the agenda."""
    row = _item(request, pk)
    actions.remove_item(actor=request.actor, item=row, at=timezone.now())
    return redirect("conferences:agenda", row.conference_id)


def _item(request: ActorRequest, pk: int) -> AgendaItem:
    rows = AgendaItem.objects.filter(conference__in=queries.run_by(request.actor))
    return get_object_or_404(rows.select_related("conference__host"), pk=pk)


def _said(form: ItemForm) -> dict[str, Any]:
    return form.cleaned_data | {"kind": ItemKind(form.cleaned_data["kind"])}


def _back_to(item: AgendaItem) -> HttpResponse:
    """Return to the agenda where *item* stands, ready to add another beside it."""
    address = reverse("conferences:agenda", args=[item.conference_id])
    # The item stands in the query, too: a browser doesn't load for a new #part alone.
    beside = f"&phien={item.parent_id}" if item.parent_id else ""
    return redirect(f"{address}?muc={item.pk}{beside}#muc-{item.pk}")


def _span(conference: Conference, rows: list[Row]) -> dict[str, Any]:
    top = [row for row in rows if row.depth == 0]
    return {
        "total": sum(row.minutes for row in top),
        "starts_at": top[0].planned_at if top else conference.planned_start,
        "ends_at": top[-1].ends_at if top else None,
    }


def _with_places(rows: list[Row]) -> list[tuple[Row, int, bool, bool]]:
    """Return each row with its place, and whether it can go up and down."""
    siblings: dict[int | None, list[int]] = {}
    for row in rows:
        siblings.setdefault(row.item.parent_id, []).append(row.item.pk)
    placed = []
    for row in rows:
        family = siblings[row.item.parent_id]
        place = family.index(row.item.pk) + 1
        movable = row.item.state == ItemState.PLANNED
        placed.append(
            (row, place, movable and place > 1, movable and place < len(family))
        )
    return placed
