"""What chair and secretariat do: each is one action, answered by the live screens."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from lantoa.conferences import queries
from lantoa.conferences.actions import agenda, floor, rollcall, running
from lantoa.conferences.models import AgendaItem, Conference, Turn
from lantoa.conferences.vocabulary import NoRollCall
from lantoa.conferences.web.answering import done
from lantoa.ui.requests import ActorRequest

Act = Callable[..., Any]

LONGEST = 120  # minutes that a chair may give

ITEM_VERBS: dict[str, Act] = {
    "bat-dau": agenda.start_item,
    "tam-dung": agenda.suspend_item,
    "ket-thuc": agenda.finish_item,
    "bo-qua": agenda.skip_item,
    "doi-cho": agenda.move_item,
}
TURN_VERBS: dict[str, Act] = {
    "moi": floor.give_floor,
    "tam-dung": floor.pause_floor,
    "tiep-tuc": floor.resume_floor,
    "ket-thuc": floor.end_floor,
    "bo-luot": floor.pass_turn,
    "xep": floor.place_turn,
}


@require_POST
def begin(request: ActorRequest, pk: int) -> HttpResponse:
    """Open the conference."""
    conference = _run(request, pk)
    running.open_conference(
        actor=request.actor, conference=conference, at=timezone.now()
    )
    return _done(request, pk)


@require_POST
def close(request: ActorRequest, pk: int) -> HttpResponse:
    """Close the conference."""
    conference = _run(request, pk)
    running.close_conference(
        actor=request.actor, conference=conference, at=timezone.now()
    )
    return _done(request, pk)


@require_POST
def call_the_roll(request: ActorRequest, pk: int) -> HttpResponse:
    """Open a round of the roll call."""
    conference = _run(request, pk)
    rollcall.open_roll_call_round(
        actor=request.actor, conference=conference, at=timezone.now()
    )
    return _done(request, pk)


@require_POST
def end_the_roll(request: ActorRequest, pk: int) -> HttpResponse:
    """Close the round that is open."""
    # The last round, open or not: a retry gets its first answer in the action.
    roll_call = _run(request, pk).roll_calls.order_by("-number").first()
    if roll_call is None:
        raise NoRollCall
    rollcall.close_roll_call(
        actor=request.actor, roll_call=roll_call, at=timezone.now()
    )
    return _done(request, pk)


@require_POST
def item(request: ActorRequest, pk: int, item_pk: int, verb: str) -> HttpResponse:
    """Start, suspend, finish, skip or move an item of the agenda."""
    act = _act(ITEM_VERBS, verb)
    row = get_object_or_404(AgendaItem, conference=_run(request, pk), pk=item_pk)
    more = {"place": _whole(request, "place", 999)} if act == agenda.move_item else {}
    act(actor=request.actor, item=row, at=timezone.now(), **more)
    return _done(request, pk)


@require_POST
def turn(request: ActorRequest, pk: int, turn_pk: int, verb: str) -> HttpResponse:
    """Give the floor, pause, resume, end, pass or place a turn."""
    act = _act(TURN_VERBS, verb)
    row = get_object_or_404(Turn, conference=_run(request, pk), pk=turn_pk)
    more: dict[str, int] = {}
    if act == floor.place_turn:
        more = {"place": _whole(request, "place", 999)}
    elif act == floor.give_floor and request.POST.get("minutes"):
        more = {"minutes": _whole(request, "minutes", LONGEST)}
    act(actor=request.actor, turn=row, at=timezone.now(), **more)
    return _done(request, pk)


def _run(request: ActorRequest, pk: int) -> Conference:
    return get_object_or_404(queries.conferences.run_by(request.actor), pk=pk)


def _act(verbs: dict[str, Act], verb: str) -> Act:
    if verb not in verbs:
        raise Http404
    return verbs[verb]


def _whole(request: ActorRequest, name: str, most: int) -> int:
    """Return the whole number sent as *name*, from 1 to *most*; 404 if it is none."""
    text = request.POST.get(name, "")
    number = int(text) if text.isdecimal() and len(text) <= len(str(most)) else 0
    if not 1 <= number <= most:
        raise Http404
    return number


def _done(request: ActorRequest, pk: int) -> HttpResponse:
    return done(request, reverse("conferences:console", args=[pk]))
