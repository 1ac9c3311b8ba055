"""The rehearsal: every venue's checks, entered quickly."""

import re
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from lantoa.conferences import rules
from lantoa.conferences.actions import rehearsing
from lantoa.conferences.actions.venues import check_venue
from lantoa.conferences.models import Conference, Venue
from lantoa.conferences.queries import conferences as queries
from lantoa.conferences.queries.preparation import Rehearsed, rehearsal_grid
from lantoa.conferences.queries.venues import checklist as checks_of
from lantoa.conferences.vocabulary import Check, CheckState
from lantoa.conferences.web.answer_views import venue_or_404
from lantoa.conferences.web.pages import around
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

NEXT = {
    CheckState.OPEN: CheckState.GOOD,
    CheckState.GOOD: CheckState.FAULT,
    CheckState.FAULT: CheckState.OPEN,
}
NOTE = 300  # characters


@require_GET
def rehearsal(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the grid of venues and checks; a venue sees its own list."""
    overseen = queries.overseen_by(request.actor).filter(pk=pk).first()
    if overseen is None:
        venue = get_object_or_404(
            queries.spoken_for(request.actor).filter(conference=pk)[:1]
        )
        return redirect("conferences:checklist", pk, venue.pk)
    grid = rehearsal_grid(overseen.pk)
    context = around(request, overseen, "rehearsal") | {
        "grid": grid,
        "checks": list(Check),
        "done": sum(row.complete for row in grid),
        "faults": sum(bool(row.faults) for row in grid),
        "states": list(CheckState),
    }
    context["editable"] = context["may_prepare"] and _open(overseen)
    return page(request, "conferences/rehearsal.html", context)


@require_POST
def cell(request: ActorRequest, pk: int) -> HttpResponse:
    """Turn one cell of the grid to its next state, or a whole row to good."""
    conference = get_object_or_404(queries.prepared_by(request.actor), pk=pk)
    venue_pk, _, what = request.POST.get("cell", "").partition(":")
    venue = get_object_or_404(
        conference.venues, pk=venue_pk if re.fullmatch(r"\d{1,18}", venue_pk) else 0
    )
    if what == "all":
        _all_good(request, venue)
    elif what in Check.values:
        held = venue.checks.filter(check_of=what).first()
        before = CheckState(held.state) if held else CheckState.OPEN
        check_venue(
            actor=request.actor,
            venue=venue,
            check=Check(what),
            state=NEXT[before],
            note=held.note if held else "",
            at=timezone.now(),
        )
    if not getattr(request, "htmx", None):
        return redirect("conferences:rehearsal", pk)
    row = next(row for row in rehearsal_grid(pk) if row.venue.pk == venue.pk)
    return render(request, "conferences/rehearsal_row.html", _row(conference, row))


@require_http_methods(["GET", "POST"])
def checklist(request: ActorRequest, pk: int, venue_pk: int) -> HttpResponse:
    """Show one venue's checks with notes; the venue or the secretariat enters them."""
    venue = venue_or_404(request, pk, venue_pk)
    conference = venue.conference
    if request.method == "POST":
        rehearsing.rehearse_venue(
            actor=request.actor,
            venue=venue,
            results=[
                _result(request, check, held) for check, held, _ in checks_of(venue)
            ],
            at=timezone.now(),
        )
        return redirect("conferences:checklist", pk, venue_pk)
    may_enter = rules.PREPARE.allows(request.actor, conference) or rules.SPEAK.allows(
        request.actor, venue
    )
    context = around(request, conference, "rehearsal") | {
        "venue": venue,
        "checks": checks_of(venue),
        "states": list(CheckState),
        "editable": may_enter and venue.invited_at is not None and _open(conference),
    }
    return page(request, "conferences/rehearsal_venue.html", context)


def _result(
    request: ActorRequest, check: Check, held: CheckState
) -> rehearsing.CheckResult:
    state = request.POST.get(f"state-{check}", held)
    return rehearsing.CheckResult(
        check,
        CheckState(state) if state in CheckState.values else held,
        request.POST.get(f"note-{check}", "")[:NOTE],
    )


def _all_good(request: ActorRequest, venue: Venue) -> None:
    rehearsing.rehearse_venue(
        actor=request.actor,
        venue=venue,
        results=[
            rehearsing.CheckResult(check, CheckState.GOOD, note)
            for check, _, note in checks_of(venue)
        ],
        at=timezone.now(),
    )


def _row(conference: Conference, row: Rehearsed) -> dict[str, Any]:
    return {"conference": conference, "row": row, "editable": True}


def _open(conference: Conference) -> bool:
    return conference.preparing or conference.live
