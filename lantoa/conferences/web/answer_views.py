"""A venue's answer to the invitation, its papers, and who sits where."""

from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.conferences import rules
from lantoa.conferences.actions import venues as actions
from lantoa.conferences.models import Conference, Venue
from lantoa.conferences.queries.agenda import timeline
from lantoa.conferences.queries.conclusions import seat_of
from lantoa.conferences.queries.conferences import directives
from lantoa.conferences.web.forms import AnswerForm
from lantoa.conferences.web.pages import around
from lantoa.conferences.web.pickers import SEATS, bodies_picker
from lantoa.conferences.web.preparing_views import conference_or_404
from lantoa.documents.queries import symbol_of
from lantoa.kernel.dates import official_date
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

_FIELDS = ["room", "lead_office", "expected", "contact", "technician"]


@require_http_methods(["GET", "POST"])
def answer(request: ActorRequest, pk: int, venue_pk: int) -> HttpResponse:
    """Say where the venue sits, who comes and whom to call."""
    venue = venue_or_404(request, pk, venue_pk)
    conference = venue.conference
    form = AnswerForm(request.POST or None, initial=_answered(venue))
    finding = "find" in request.POST
    if request.method == "POST" and not finding and form.is_valid():
        actions.answer_invitation(
            actor=request.actor,
            venue=venue,
            delegations=form.seats(),
            at=timezone.now(),
            **form.cleaned_data,
        )
        return redirect("conferences:seats", pk, venue_pk)
    if finding:  # nothing is judged while somebody looks for a body
        form = AnswerForm(initial=request.POST.dict())
    data: QueryDict | dict[str, Any] = request.POST or _seated(venue)
    context = around(request, conference, "venues") | {
        "venue": venue,
        "form": form,
        "picker": bodies_picker(
            conference.on,
            name="delegations",
            data=data,
            counted=True,
            label=_("Đoàn của cơ quan khác cùng dự"),
            hint=_("ví dụ: huyện Cao Lộc"),
            help=_("Cơ quan khác cử người ngồi dự tại phòng họp này."),
        ),
        "open": conference.preparing or conference.live,
    }
    status = 422 if form.is_bound and form.errors else 200
    return page(request, "conferences/venues_answer.html", context, status=status)


@require_GET
def seats(request: ActorRequest, pk: int, venue_pk: int) -> HttpResponse:
    """Show who sits at the venue, with name plates, to be printed."""
    venue = venue_or_404(request, pk, venue_pk)
    context = {
        "venue": venue,
        "conference": venue.conference,
        "delegates": venue.delegates.order_by("position", "pk"),
        "delegations": venue.delegations.select_related("body").order_by(
            "body__sort_key"
        ),
    }
    return page(request, "conferences/venues_seats.html", context)


@require_GET
def invitation(request: ActorRequest, pk: int, venue_pk: int) -> HttpResponse:
    """Show the venue's invitation as an official paper, to be printed."""
    venue = venue_or_404(request, pk, venue_pk)
    conference = venue.conference
    context = {
        "venue": venue,
        "conference": conference,
        "directives": directives(conference).select_related("paper__type"),
        "rows": [row for row in timeline(conference, as_planned=True) if not row.depth],
        "number": f"…/GM-{symbol_of(conference.host)}",
        "place": seat_of(conference.host, conference.on),
        "date": official_date(venue.invited_at or timezone.now()),
        "day": official_date(conference.planned_start),
    }
    return page(request, "conferences/invitation.html", context)


def venue_or_404(request: ActorRequest, pk: int, venue_pk: int) -> Venue:
    """Return a venue that the actor speaks for or oversees."""
    conference: Conference = conference_or_404(request, pk)
    venue = get_object_or_404(
        conference.venues.select_related("conference__host", "body"), pk=venue_pk
    )
    overseeing = (rules.PREPARE, rules.CHAIR, rules.READ)
    if any(rule.allows(request.actor, conference) for rule in overseeing):
        return venue
    if rules.SPEAK.allows(request.actor, venue):
        return venue
    raise Http404


def _answered(venue: Venue) -> dict[str, Any]:
    said = {name: getattr(venue, name) for name in _FIELDS}
    offices = venue.delegates.order_by("position", "pk")
    return said | {"delegates": "\n".join(each.office for each in offices)}


def _seated(venue: Venue) -> dict[str, Any]:
    rows = list(venue.delegations.all())
    people = {f"{SEATS}{row.body_id}": row.headcount for row in rows}
    return {"delegations": [row.body_id for row in rows]} | people
