"""Following a conference: in the hall, as a delegate, and as anybody."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from lantoa.conferences import queries
from lantoa.conferences.models import Conference
from lantoa.conferences.web import maps, tickets
from lantoa.conferences.web.sharing import shared
from lantoa.documents import queries as documents
from lantoa.live.fragments import Authority
from lantoa.live.pages import Screen, screen
from lantoa.ui.requests import ActorRequest

WATCHED = (
    "tile",
    "attendance",
    "speaker",
    "item",
    "agenda",
    "queue",
    "roll-call",
    "news",
)


@never_cache
@require_GET
def hall(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the screen for the wall of a hall, to whoever sits in one."""
    conference = _attended(request, pk)
    return _hall(request, conference, _attending(request, conference))


@never_cache
@require_GET
def follow(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a delegate the conference, with its agenda and papers."""
    conference = _attended(request, pk)
    return _watch(request, conference, _attending(request, conference))


@require_GET
@shared
def public(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the conference to anybody."""
    conference = _watched_by_all(pk)
    return _watch(request, conference, _public_screen(conference))


@require_GET
@shared
def public_hall(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the screen for a wall to anybody: a square, a commune's cultural house."""
    conference = _watched_by_all(pk)
    return _hall(request, conference, _public_screen(conference))


@never_cache
@require_GET
def public_ticket(request: HttpRequest, pk: int) -> JsonResponse:
    """Give the next public ticket; 403 when the viewing is over."""
    conference = queries.conferences.watched_by_all().filter(pk=pk).first()
    if conference is None or tickets.over(conference):
        return JsonResponse({"message": _("Phiên xem đã kết thúc.")}, status=403)
    return JsonResponse({"ticket": tickets.public_ticket(conference)})


def _attended(request: ActorRequest, pk: int) -> Conference:
    rows = queries.conferences.attended_by(request.actor)
    return get_object_or_404(rows.select_related("host"), pk=pk)


def _watched_by_all(pk: int) -> Conference:
    rows = queries.conferences.watched_by_all().select_related("host")
    return get_object_or_404(rows, pk=pk)


def _attending(request: ActorRequest, conference: Conference) -> Screen:
    authority: Authority = "delegate"
    path = reverse("conferences:ticket", args=[conference.pk])
    return screen(
        conference.topic,
        WATCHED,
        tickets.viewer(authority),
        ticket=tickets.ticket_for(request.actor, conference, authority),
        ticket_url=f"{path}?nhu=delegate",
    )


def _public_screen(conference: Conference) -> Screen:
    return screen(
        conference.topic,
        WATCHED,
        tickets.viewer("public"),
        ticket=tickets.public_ticket(conference),
        ticket_url=reverse("watch:ticket", args=[conference.pk]),
    )


def _hall(request: HttpRequest, conference: Conference, live: Screen) -> HttpResponse:
    context = {
        "conference": conference,
        "screen": live,
        "lean": True,
        "map": maps.of_conference(conference, request),
    }
    return render(request, "conferences/live/hall.html", context)


def _watch(request: ActorRequest, conference: Conference, live: Screen) -> HttpResponse:
    named = [each.paper_id for each in queries.conferences.directives(conference)]
    papers = documents.visible_to(request.actor).filter(
        pk__in=[*named, conference.paper_id]
    )
    context = {
        "conference": conference,
        "screen": live,
        "lean": True,
        "map": maps.of_conference(conference, request),
        "papers": papers.order_by("issued_on", "pk"),
    }
    return render(request, "conferences/live/watch.html", context)
