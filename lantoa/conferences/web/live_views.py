"""The console of chair and secretariat, and tickets for those with a mandate."""

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lantoa.conferences import queries
from lantoa.conferences.models import Conference
from lantoa.conferences.web import maps, tickets
from lantoa.live.fragments import Authority
from lantoa.live.pages import screen
from lantoa.ui.parts import Link
from lantoa.ui.requests import ActorRequest

LONGEST_NUMBER = 18  # digits of a row's number
CONSOLE = (
    "tile",
    "attendance",
    "news",
    "state-desk",
    "agenda-desk",
    "floor-desk",
    "queue-desk",
    "roll-desk",
    "lines-desk",
    "conclusions-desk",
)


@never_cache
@require_GET
def console(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the console, to chair and secretariat."""
    conference = get_object_or_404(queries.conferences.run_by(request.actor), pk=pk)
    authority = queries.conferences.authority(request.actor, conference) or "chair"
    live = screen(
        conference.topic,
        CONSOLE,
        tickets.viewer(authority),
        ticket=tickets.ticket_for(request.actor, conference, authority),
        ticket_url=reverse("conferences:ticket", args=[pk]),
    )
    context = {
        "conference": conference,
        "screen": live,
        "map": maps.of_conference(conference, request),
        "lengths": [3, 5, 7, 10, 15],
        "crumbs": [
            Link(label=_("Hội nghị"), href=reverse("conferences:index")),
            Link(
                label=_("Tổng quan"),
                href=reverse("conferences:conference", args=[pk]),
            ),
        ],
    }
    return render(request, "conferences/live/console.html", context)


@never_cache
@require_GET
def ticket(request: ActorRequest, pk: int) -> HttpResponseBase:
    """Give the next ticket: ``?nhu=delegate`` a lower one, ``?diem-cau=`` a venue's.

    403 when the viewing is over, or not (any more) for this actor.
    """
    conference = get_object_or_404(Conference, pk=pk)
    highest = queries.conferences.authority(request.actor, conference)
    if highest is None or tickets.over(conference):
        return _refused()
    if venue_pk := request.GET.get("diem-cau", ""):
        spoken_for = queries.conferences.spoken_for(request.actor)
        venue = (
            spoken_for.filter(conference=conference, pk=venue_pk).first()
            if venue_pk.isdecimal() and len(venue_pk) <= LONGEST_NUMBER
            else None
        )
        if venue is None:
            return _refused()
        text = tickets.ticket_for(request.actor, conference, "venue", venue=venue)
        return JsonResponse({"ticket": text})
    authority: Authority = highest
    if request.GET.get("nhu") == "delegate" and highest != "public":
        authority = "delegate"
    return JsonResponse(
        {"ticket": tickets.ticket_for(request.actor, conference, authority)}
    )


def _refused() -> JsonResponse:
    return JsonResponse({"message": _("Phiên xem đã kết thúc.")}, status=403)
