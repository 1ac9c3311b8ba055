"""Pages that everybody may read: the tree, the map, units, bodies, councils."""

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lantoa.organisations import queries
from lantoa.organisations.models import Body, Council, Unit
from lantoa.organisations.rules import KEEP
from lantoa.organisations.vocabulary import CouncilLevel, Level
from lantoa.organisations.web import terms
from lantoa.organisations.web.days import asked_day, within_life
from lantoa.ui.parts import Figure, Link
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest


def _crumbs(query: str = "") -> list[Link]:
    return [Link(label=_("Tổ chức"), href=reverse("organisations:home") + query)]


@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """Show the country on a day: its map, its tree, its central bodies."""
    day = asked_day(request)
    counts = Counter(queries.units_at(day.on).values_list("level", flat=True))
    nouns = {
        Level.PROVINCE: _("tỉnh, thành phố"),
        Level.DISTRICT: _("đơn vị cấp huyện"),
        Level.COMMUNE: _("đơn vị cấp xã"),
    }
    figures = [
        Figure(value=f"{counts[level]:,}".replace(",", "."), label=noun)
        for level, noun in nouns.items()
        if counts[level]
    ]
    context = {
        "day": day,
        "eras": day.links(request.path),
        "figures": figures,
        "may_reorganise": request.actor.reach.covers(KEEP.capability, None),
        "map": queries.tile_map(day.on),
        "provinces": queries.units_at(day.on, Level.PROVINCE),
        "central": terms.by_kind(queries.central_bodies(day.on)),
    }
    return page(request, "organisations/home.html", context)


@require_GET
def children(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show the units directly below one: a branch of the tree, fetched when opened."""
    day = asked_day(request)
    unit = get_object_or_404(Unit, pk=unit_id)
    context = {"day": day, "units": queries.children(unit, day.on)}
    return page(request, "organisations/branch.html", context)


@require_GET
def search(request: ActorRequest) -> HttpResponse:
    """Show the units and bodies of a day that bear a name."""
    day = asked_day(request)
    text = request.GET.get("q", "").strip()
    found = queries.search(text, day.on)
    places = queries.places(found.units, day.on)
    context = {
        "day": day,
        "crumbs": _crumbs(day.query),
        "text": text,
        "found": found,
        "rows": [(unit, places.get(unit.pk, "")) for unit in found.units],
    }
    return page(request, "organisations/search.html", context)


@require_GET
def unit(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Show a unit: its names, what it was and became, its bodies, what is in it."""
    day = asked_day(request)
    row = get_object_or_404(Unit.objects.select_related("parent__parent"), pk=unit_id)
    on = within_life(row, day.on)
    named = queries.unit_named(row.pk, on)
    above = queries.lineage(row, on)
    context = {
        "day": day,
        "crumbs": [
            *_crumbs(day.query),
            *(
                Link(
                    label=up.full_name,
                    href=reverse("organisations:unit", args=[up.pk]) + day.query,
                )
                for up in above
            ),
        ],
        "unit": named,
        "may_enter": request.actor.may(KEEP.capability),
        "may_rename": request.actor.reach.covers(KEEP.capability, None),
        "shown_on": on,
        "terms": terms.of_unit(row),
        "names": row.names.order_by("valid_from"),
        "became": terms.unit_moves(queries.successors(row), forward=True),
        "came_from": terms.unit_moves(queries.predecessors(row), forward=False),
        "now_in": queries.now_in(row) if row.level == Level.DISTRICT else [],
        "bodies": queries.bodies_of(row, on),
        "units": queries.children(row, on),
    }
    return page(request, "organisations/unit.html", context)


@require_GET
def body(request: ActorRequest, body_id: int) -> HttpResponse:
    """Show a body: its lines up and down, its seats, whose work it took over."""
    day = asked_day(request)
    row = get_object_or_404(Body.objects.select_related("territory"), pk=body_id)
    on = within_life(row, day.on)
    council = (
        Council.objects.filter(pk=row.pk).select_related("standing_agency").first()
    )
    place = queries.unit_named(row.territory_id, on) if row.territory_id else None
    context = {
        "day": day,
        "crumbs": _crumbs(day.query),
        "body": row,
        "may_keep": KEEP.allows(request.actor, row),
        "may_read_journal": request.actor.reach.covers("journal.read", row.pk),
        "shown_on": on,
        "terms": terms.of_body(row, place, council, day.query),
        "upward": queries.superiors(row, on),
        "downward": terms.by_line(queries.subordinates(row, on)),
        "council": council,
        "seats": queries.seats(on).filter(council_id=row.pk),
        "sits_on": queries.seats(on).filter(body=row).select_related("council__body"),
        "became": terms.body_moves(queries.body_successors(row), forward=True),
        "came_from": terms.body_moves(queries.body_predecessors(row), forward=False),
    }
    return page(request, "organisations/body.html", context)


@require_GET
def councils(request: ActorRequest) -> HttpResponse:
    """Show the councils of a day: chair, standing agency, members."""
    day = asked_day(request)
    rows = [terms.CouncilRow(council) for council in queries.councils_at(day.on)]
    levels = [
        (level, [row for row in rows if row.council.level == level])
        for level in CouncilLevel
    ]
    context = {
        "day": day,
        "crumbs": _crumbs(day.query),
        "eras": day.links(request.path),
        "levels": [(level, found) for level, found in levels if found],
    }
    return page(request, "organisations/councils.html", context)
