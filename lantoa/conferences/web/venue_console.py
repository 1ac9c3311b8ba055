"""The console of a venue: it is there, it asks to speak, it sees its turn coming."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from lantoa.conferences import queries
from lantoa.conferences.actions import floor, rollcall
from lantoa.conferences.models import RollCallAnswer, Venue
from lantoa.conferences.vocabulary import NotWaiting, RequestClass
from lantoa.conferences.web import maps, tickets
from lantoa.conferences.web.answering import done
from lantoa.live.pages import screen
from lantoa.ui.rendering import toast
from lantoa.ui.requests import ActorRequest

WANTED = ("tile", "attendance", "speaker", "item", "queue", "roll-call", "agenda")


class PresenceForm(forms.Form):
    """How many people sit in the room."""

    headcount = forms.IntegerField(
        label=_("Số người dự tại điểm cầu"),
        min_value=1,
        max_value=rollcall.MOST_PEOPLE,
    )


class AskForm(forms.Form):
    """Ask for the floor; the fields bear the names of the action's arguments."""

    klass = forms.TypedChoiceField(
        label=_("Loại"),
        choices=RequestClass.choices,
        coerce=lambda value: RequestClass(int(value)),
        initial=RequestClass.GENERAL,
    )
    topic = forms.CharField(
        label=_("Nội dung phát biểu"),
        max_length=200,
        help_text=_("Một câu ngắn để chủ tọa biết điểm cầu sẽ nói về điều gì."),
    )
    speaker_office = forms.CharField(
        label=_("Người phát biểu (chức vụ)"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "offices"}),
    )


@never_cache
@require_GET
def console(request: ActorRequest, pk: int, venue_pk: int) -> HttpResponse:
    """Show the venue its console."""
    return _page(request, _own(request, pk, venue_pk))


@require_POST
def presence(request: ActorRequest, pk: int, venue_pk: int) -> HttpResponse:
    """Say that the room is there."""
    venue = _own(request, pk, venue_pk)
    form = PresenceForm(request.POST)
    if not form.is_valid():
        if request.htmx:
            return _wrong(form)
        return _page(request, venue, presence_form=form, status=422)
    rollcall.confirm_presence(
        actor=request.actor,
        venue=venue,
        headcount=form.cleaned_data["headcount"],
        at=timezone.now(),
    )
    return _done(request, venue)


@require_POST
def ask(request: ActorRequest, pk: int, venue_pk: int) -> HttpResponse:
    """Ask for the floor."""
    venue = _own(request, pk, venue_pk)
    form = AskForm(request.POST)
    if not form.is_valid():
        if request.htmx:
            return _wrong(form)
        return _page(request, venue, ask_form=form, status=422)
    floor.ask_for_floor(
        actor=request.actor, venue=venue, at=timezone.now(), **form.cleaned_data
    )
    return _done(request, venue)


@require_POST
def withdraw(request: ActorRequest, pk: int, venue_pk: int) -> HttpResponse:
    """Take back the venue's foremost request."""
    venue = _own(request, pk, venue_pk)
    waiting = queries.floor.own_waiting(venue)
    # A retry, whose request is withdrawn by now, gets its first answer in the action.
    turn = waiting or venue.turns.order_by("-pk").first()
    if turn is None:
        raise NotWaiting
    floor.withdraw(actor=request.actor, turn=turn, at=timezone.now())
    return _done(request, venue)


def _own(request: ActorRequest, pk: int, venue_pk: int) -> Venue:
    rows = queries.conferences.spoken_for(request.actor).filter(conference=pk)
    return get_object_or_404(rows, pk=venue_pk)


def _done(request: ActorRequest, venue: Venue) -> HttpResponse:
    args = [venue.conference_id, venue.pk]
    return done(request, reverse("conferences:venue_console", args=args))


def _wrong(form: forms.Form) -> HttpResponse:
    """Say in a toast what is wrong: the page, and what was typed in it, stays."""
    said = [
        f"{form.fields[name].label}: {' '.join(str(each) for each in errors)}"
        for name, errors in form.errors.items()
    ]
    return toast(" ".join(said), status=422)


def _page(
    request: ActorRequest,
    venue: Venue,
    *,
    presence_form: PresenceForm | None = None,
    ask_form: AskForm | None = None,
    status: int = 200,
) -> HttpResponse:
    conference = venue.conference
    live = screen(
        conference.topic,
        WANTED,
        tickets.viewer("venue"),
        ticket=tickets.ticket_for(request.actor, conference, "venue", venue=venue),
        ticket_url=_ticket_url(venue),
        own=venue.pk,
        beats=True,
    )
    people = venue.headcount or venue.expected
    context = {
        "conference": conference,
        "venue": venue,
        "screen": live,
        "lean": True,  # its own script sends the forms, and htmx is a fifth of the page
        "map": maps.of_conference(conference, request),
        "presence_form": presence_form or PresenceForm(initial={"headcount": people}),
        "ask_form": ask_form or AskForm(initial={"speaker_office": venue.lead_office}),
        "offices": venue.delegates.order_by("position").values_list(
            "office", flat=True
        ),
        **_standing(venue),
    }
    return render(request, "conferences/live/venue.html", context, status=status)


def _ticket_url(venue: Venue) -> str:
    path = reverse("conferences:ticket", args=[venue.conference_id])
    return f"{path}?diem-cau={venue.pk}"


def _standing(venue: Venue) -> dict[str, Any]:
    """Return where the venue stands, as the page says it before any script runs."""
    tile = queries.venues.tiles(venue.conference_id, [venue.pk])[0]
    holder = queries.floor.holder(venue.conference_id)
    roll_call = queries.venues.open_roll_call(venue.conference_id)
    answered = (
        roll_call is not None
        and RollCallAnswer.objects.filter(roll_call=roll_call, venue=venue).exists()
    )
    speaking = holder is not None and holder.venue_id == venue.pk
    if speaking:
        call = "speaking"
    elif tile.place:
        call = "next" if tile.place == 1 else "waiting"
    else:
        call = "none"
    return {
        "tile": tile,
        "call": call,
        "asked": roll_call is not None and not answered,
    }
