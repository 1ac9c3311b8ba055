"""The list of venues: added by rule or list, invited, seen on the map."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from lantoa.conferences.actions import venues as actions
from lantoa.conferences.models import Conference, Venue
from lantoa.conferences.queries import conferences as queries
from lantoa.conferences.queries.preparation import InvitationTile, invitation_tiles
from lantoa.conferences.queries.venues import to_answer
from lantoa.conferences.vocabulary import Check, VenueKind
from lantoa.conferences.web.forms import AcceptForm, PasteForm
from lantoa.conferences.web.pages import around
from lantoa.kernel.text import fold
from lantoa.organisations.models import Body
from lantoa.organisations.queries import (
    PastedName,
    bodies_by_rule,
    parse_pasted_names,
    tile_map,
)
from lantoa.organisations.queries.names import bodies_named
from lantoa.organisations.vocabulary import BodyRule
from lantoa.ui.parts import Figure, Link
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest


@dataclass(frozen=True, slots=True)
class ListedVenue:
    """A venue on the list, as the filters see it."""

    venue: Venue
    good: int
    faults: int

    @property
    def uninvited(self) -> bool:
        """Return whether it still has no invitation."""
        return self.venue.invited_at is None

    @property
    def silent(self) -> bool:
        """Return whether it was invited and hasn't answered."""
        return not self.uninvited and self.venue.answered_at is None

    @property
    def answered(self) -> bool:
        """Return whether it has answered."""
        return self.venue.answered_at is not None


GUESSES = 5  # bodies offered for a line that names none exactly
MOST_GUESSED = 30  # lines, so that a wrong paste stays cheap

FILTERS: list[tuple[str, Any, Callable[[ListedVenue], bool]]] = [
    ("", _("Tất cả"), lambda _line: True),
    ("chua-moi", _("Chưa mời"), lambda line: line.uninvited),
    ("chua-tra-loi", _("Chưa trả lời"), lambda line: line.silent),
    ("da-tra-loi", _("Đã trả lời"), lambda line: line.answered),
    ("loi-ky-thuat", _("Có lỗi kỹ thuật"), lambda line: bool(line.faults)),
]


@require_GET
def venues(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the venues on the map and as a list."""
    conference = get_object_or_404(queries.overseen_by(request.actor), pk=pk)
    lines = [_listed(venue) for venue in to_answer(conference.pk)]
    chosen = request.GET.get("loc", "")
    query = request.GET.get("q", "").strip()
    shown = [
        line
        for name, _label, keep in FILTERS
        if name == chosen
        for line in lines
        if keep(line) and fold(query) in fold(f"{line.venue.name} {line.venue.body}")
    ]
    context = around(request, conference, "venues") | {
        "lines": shown,
        "any": bool(lines),
        "query": query,
        "chips": _chips(lines, chosen, query),
        "figures": _figures(lines),
        "uninvited": sum(line.uninvited for line in lines),
        "checks": len(Check),
        "rules": _rules(conference, lines),
        "paste": PasteForm(),
    }
    context |= _map(conference, [line.venue for line in lines])
    return page(request, "conferences/venues.html", context)


@require_POST
def by_rule(request: ActorRequest, pk: int) -> HttpResponse:
    """Add a venue for every body that a rule names on the day."""
    conference = get_object_or_404(queries.prepared_by(request.actor), pk=pk)
    if (rule := request.POST.get("rule")) in BodyRule.values:
        actions.add_venues_by_rule(
            actor=request.actor,
            conference=conference,
            rule=BodyRule(rule),
            at=timezone.now(),
        )
    return redirect("conferences:venues", pk)


@require_http_methods(["GET", "POST"])
def pasted(request: ActorRequest, pk: int) -> HttpResponse:
    """Read a pasted list, show what it names, and add what is chosen."""
    conference = get_object_or_404(queries.prepared_by(request.actor), pk=pk)
    accepted = AcceptForm(request.POST)
    if "accept" in request.POST and accepted.is_valid():
        actions.add_venues(
            actor=request.actor,
            conference=conference,
            bodies=accepted.bodies(),
            kind=VenueKind(accepted.cleaned_data["kind"]),
            at=timezone.now(),
        )
        return redirect("conferences:venues", pk)
    form = PasteForm(request.POST or None)
    context = around(request, conference, "venues") | {"form": form}
    if form.is_valid():
        context |= _preview(conference, form.cleaned_data["names"])
    status = 422 if form.errors else 200
    return page(request, "conferences/venues_paste.html", context, status=status)


@require_POST
def invite(request: ActorRequest, pk: int) -> HttpResponse:
    """Invite every venue that has no invitation yet."""
    conference = get_object_or_404(queries.prepared_by(request.actor), pk=pk)
    actions.invite(actor=request.actor, conference=conference, at=timezone.now())
    return redirect("conferences:venues", pk)


@require_POST
def remove(request: ActorRequest, pk: int, venue_pk: int) -> HttpResponse:
    """Take a venue off the list."""
    conference = get_object_or_404(queries.prepared_by(request.actor), pk=pk)
    venue = get_object_or_404(conference.venues, pk=venue_pk)
    actions.remove_venue(actor=request.actor, venue=venue, at=timezone.now())
    return redirect("conferences:venues", pk)


def _preview(conference: Conference, names: str) -> dict[str, Any]:
    """Return the lines of a pasted list by what they name."""
    read = parse_pasted_names(names, conference.on)
    held = set(conference.venues.values_list("body_id", flat=True))
    matched = [name for name in read if name.body and name.body.pk not in held]
    ambiguous: list[tuple[int, str, list[Body]]] = []
    unmatched: list[PastedName] = []
    for number, name in enumerate(read):
        if name.body is not None:
            continue
        candidates = name.candidates
        if not candidates and len(unmatched) < MOST_GUESSED:
            candidates = list(bodies_named(name.line, conference.on)[:GUESSES])
        if candidates:
            ambiguous.append((number, name.line, candidates))
        else:
            unmatched.append(name)
    return {
        "matched": matched,
        "there": [name for name in read if name.body and name.body.pk in held],
        "ambiguous": ambiguous,
        "unmatched": unmatched,
    }


def _listed(venue: Any) -> ListedVenue:
    """Return the venue with the counts that the query annotated."""
    return ListedVenue(venue, venue.good, venue.faults)


def _chips(lines: list[ListedVenue], chosen: str, query: str) -> list[Link]:
    found = f"&q={query}" if query else ""
    return [
        Link(
            label=label,
            href=f"?loc={name}{found}",
            current=name == chosen,
            count=sum(map(keep, lines)),
        )
        for name, label, keep in FILTERS
    ]


def _figures(lines: list[ListedVenue]) -> list[Figure]:
    faults = sum(bool(line.faults) for line in lines)
    return [
        Figure(
            value=sum(line.answered for line in lines),
            whole=len(lines),
            label=_("điểm cầu đã trả lời"),
        ),
        Figure(
            value=sum(line.venue.expected or 0 for line in lines),
            label=_("người dự kiến"),
            note=_("do các điểm cầu khai"),
        ),
        Figure(
            value=sum(line.good == len(Check) for line in lines),
            whole=len(lines),
            label=_("điểm cầu đạt mọi hạng mục tổng duyệt"),
        ),
        Figure(
            value=faults,
            label=_("điểm cầu có lỗi kỹ thuật"),
            tone="bad" if faults else "",
        ),
    ]


def _rules(
    conference: Conference, lines: list[ListedVenue]
) -> list[tuple[BodyRule, int, int]]:
    """Return each rule with how many bodies it names, and how many lack a venue."""
    held = {line.venue.body_id for line in lines}
    found = []
    for rule in BodyRule:
        bodies = [named.body.pk for named in bodies_by_rule(rule, conference.on)]
        found.append((rule, len(bodies), sum(pk not in held for pk in bodies)))
    return found


def _map(conference: Conference, rows: list[Venue]) -> dict[str, Any]:
    layout = tile_map(conference.on)
    codes = {tile.unit_id: tile.abbreviation for tile in layout.tiles if tile.code}
    isles = [tile for tile in layout.tiles if tile.is_archipelago]
    tiles: list[InvitationTile] = invitation_tiles(rows, codes)
    return {
        "tiles": tiles,
        "isle_column": isles[0].column if isles else 1,
        "isle_rows": [tile.row for tile in isles],
    }
