"""The conference for machines: the same queries and actions as the pages.

Every POST carries an ``Idempotency-Key``; a refusal answers 403 or 409 in words.
"""

from datetime import date, datetime
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema

from lantoa.conferences.actions import (
    agenda,
    conclusions,
    floor,
    rollcall,
    running,
)
from lantoa.conferences.models import (
    AgendaItem,
    Conclusion,
    Conference,
    Turn,
    Venue,
)
from lantoa.conferences.queries import conferences as queries
from lantoa.conferences.queries.states import snapshot
from lantoa.conferences.vocabulary import RequestClass
from lantoa.kernel.actor import Actor
from lantoa.organisations.models import Body
from lantoa.organisations.vocabulary import BodyRule
from lantoa.ui.requests import ActorRequest

router = Router(tags=["conferences"])


class Where(Schema):
    """A place in a list, from 1."""

    place: Annotated[int, Field(ge=1, le=1000)]


class Headcount(Schema):
    """How many people sit in the room."""

    headcount: int


class Asking(Schema):
    """A request for the floor."""

    klass: RequestClass = RequestClass.GENERAL
    topic: Annotated[str, Field(min_length=1, max_length=200)]
    speaker_office: Annotated[str, Field(max_length=200)] = ""


class Giving(Schema):
    """How long a turn may last; null keeps its planned length."""

    minutes: Annotated[int | None, Field(ge=1, le=120)] = None


class Draft(Schema):
    """A conclusion: either ``lead_id`` or ``lead_rule``."""

    heading: Annotated[str, Field(max_length=200)] = ""
    work: Annotated[str, Field(min_length=1)]
    lead_id: int | None = None
    lead_rule: BodyRule | None = None
    coordinating_ids: list[int] = []
    deadline_text: Annotated[str, Field(min_length=1, max_length=120)]
    due_on: date | None = None
    product: Annotated[str, Field(max_length=300)] = ""


class Made(Schema):
    """The number of the row that a command made or changed."""

    id: int
    state: str = ""


def actor_of(request: ActorRequest) -> tuple[Actor, datetime]:
    """Return who acts, and now."""
    return request.actor, timezone.now()


def _run(request: ActorRequest, pk: int) -> Conference:
    return get_object_or_404(queries.run_by(actor_of(request)[0]), pk=pk)


def _item(request: ActorRequest, pk: int) -> AgendaItem:
    run = queries.run_by(actor_of(request)[0])
    return get_object_or_404(AgendaItem, pk=pk, conference__in=run)


def _turn(request: ActorRequest, pk: int) -> Turn:
    run = queries.run_by(actor_of(request)[0])
    return get_object_or_404(Turn, pk=pk, conference__in=run)


def _venue(request: ActorRequest, pk: int) -> Venue:
    # The action reads the row again, locked: here it only has to be within reach.
    within = queries.spoken_for(actor_of(request)[0]).select_related(None).only("pk")
    return get_object_or_404(within, pk=pk)


@router.get("/{int:pk}", response=dict[str, Any], auth=None)
def state(request: ActorRequest, pk: int) -> dict[str, Any]:
    """Return the conference at a glance, to whoever may see it."""
    actor, _ = actor_of(request)
    seen = queries.attended_by(actor) | queries.watched_by_all()
    return snapshot(get_object_or_404(seen.distinct(), pk=pk))


@router.post("/{int:pk}/open", response=Made)
def open_(request: ActorRequest, pk: int) -> Conference:
    """Begin the conference."""
    actor, at = actor_of(request)
    return running.open_conference(actor=actor, conference=_run(request, pk), at=at)


@router.post("/{int:pk}/close", response=Made)
def close(request: ActorRequest, pk: int) -> Conference:
    """Close the conference."""
    actor, at = actor_of(request)
    return running.close_conference(actor=actor, conference=_run(request, pk), at=at)


@router.post("/items/{int:pk}/start", response=Made)
def start_item(request: ActorRequest, pk: int) -> AgendaItem:
    """Bring an item before the conference."""
    actor, at = actor_of(request)
    return agenda.start_item(actor=actor, item=_item(request, pk), at=at)


@router.post("/items/{int:pk}/suspend", response=Made)
def suspend_item(request: ActorRequest, pk: int) -> AgendaItem:
    """Put the running item aside."""
    actor, at = actor_of(request)
    return agenda.suspend_item(actor=actor, item=_item(request, pk), at=at)


@router.post("/items/{int:pk}/finish", response=Made)
def finish_item(request: ActorRequest, pk: int) -> AgendaItem:
    """Finish the running item."""
    actor, at = actor_of(request)
    return agenda.finish_item(actor=actor, item=_item(request, pk), at=at)


@router.post("/items/{int:pk}/skip", response=Made)
def skip_item(request: ActorRequest, pk: int) -> AgendaItem:
    """Leave an item out."""
    actor, at = actor_of(request)
    return agenda.skip_item(actor=actor, item=_item(request, pk), at=at)


@router.post("/items/{int:pk}/move", response=Made)
def move_item(request: ActorRequest, pk: int, said: Where) -> AgendaItem:
    """Put an item elsewhere among its siblings."""
    actor, at = actor_of(request)
    item = _item(request, pk)
    return agenda.move_item(actor=actor, item=item, place=said.place, at=at)


@router.post("/{int:pk}/roll-call/open", response=Made)
def open_roll_call(request: ActorRequest, pk: int) -> dict[str, Any]:
    """Call the roll."""
    actor, at = actor_of(request)
    conference = _run(request, pk)
    opened = rollcall.open_roll_call_round(actor=actor, conference=conference, at=at)
    return {"id": opened.pk, "state": "open"}


@router.post("/{int:pk}/roll-call/close", response=Made)
def close_roll_call(request: ActorRequest, pk: int) -> dict[str, Any]:
    """End the open roll call."""
    actor, at = actor_of(request)
    opened = get_object_or_404(
        _run(request, pk).roll_calls.filter(closed_at__isnull=True)
    )
    rollcall.close_roll_call(actor=actor, roll_call=opened, at=at)
    return {"id": opened.pk, "state": "closed"}


@router.post("/venues/{int:pk}/presence", response=Made)
def confirm_presence(request: ActorRequest, pk: int, said: Headcount) -> dict[str, Any]:
    """Say that the room is there, and with how many people."""
    actor, at = actor_of(request)
    venue = rollcall.confirm_presence(
        actor=actor, venue=_venue(request, pk), headcount=said.headcount, at=at
    )
    return {"id": venue.pk, "state": venue.presence}


@router.post("/venues/{int:pk}/floor", response=Made)
def ask_for_floor(request: ActorRequest, pk: int, said: Asking) -> Turn:
    """Ask for the floor."""
    actor, at = actor_of(request)
    return floor.ask_for_floor(
        actor=actor,
        venue=_venue(request, pk),
        klass=said.klass,
        topic=said.topic,
        speaker_office=said.speaker_office,
        at=at,
    )


@router.post("/turns/{int:pk}/withdraw", response=Made)
def withdraw(request: ActorRequest, pk: int) -> Turn:
    """Take one's own request back."""
    actor, at = actor_of(request)
    turn = get_object_or_404(Turn, pk=pk, venue__in=queries.spoken_for(actor))
    return floor.withdraw(actor=actor, turn=turn, at=at)


@router.post("/turns/{int:pk}/place", response=Made)
def place_turn(request: ActorRequest, pk: int, said: Where) -> Turn:
    """Put a request elsewhere within its class."""
    actor, at = actor_of(request)
    turn = _turn(request, pk)
    return floor.place_turn(actor=actor, turn=turn, place=said.place, at=at)


@router.post("/turns/{int:pk}/give", response=Made)
def give_floor(request: ActorRequest, pk: int, said: Giving) -> Turn:
    """Give the floor."""
    actor, at = actor_of(request)
    turn = _turn(request, pk)
    return floor.give_floor(actor=actor, turn=turn, minutes=said.minutes, at=at)


@router.post("/turns/{int:pk}/pause", response=Made)
def pause_floor(request: ActorRequest, pk: int) -> Turn:
    """Stop the speaker's clock."""
    actor, at = actor_of(request)
    return floor.pause_floor(actor=actor, turn=_turn(request, pk), at=at)


@router.post("/turns/{int:pk}/resume", response=Made)
def resume_floor(request: ActorRequest, pk: int) -> Turn:
    """Let a paused speaker go on."""
    actor, at = actor_of(request)
    return floor.resume_floor(actor=actor, turn=_turn(request, pk), at=at)


@router.post("/turns/{int:pk}/end", response=Made)
def end_floor(request: ActorRequest, pk: int) -> Turn:
    """End the turn that holds the floor."""
    actor, at = actor_of(request)
    return floor.end_floor(actor=actor, turn=_turn(request, pk), at=at)


@router.post("/turns/{int:pk}/pass", response=Made)
def pass_turn(request: ActorRequest, pk: int) -> Turn:
    """Pass over a turn."""
    actor, at = actor_of(request)
    return floor.pass_turn(actor=actor, turn=_turn(request, pk), at=at)


@router.post("/{int:pk}/conclusions", response=Made)
def draft_conclusion(request: ActorRequest, pk: int, said: Draft) -> dict[str, Any]:
    """Draft a conclusion."""
    actor, at = actor_of(request)
    lead = get_object_or_404(Body, pk=said.lead_id) if said.lead_id else None
    drafted = conclusions.draft_conclusion(
        actor=actor,
        conference=get_object_or_404(queries.prepared_by(actor), pk=pk),
        heading=said.heading,
        work=said.work,
        lead=lead,
        lead_rule=said.lead_rule,
        coordinating=list(Body.objects.filter(pk__in=said.coordinating_ids)),
        deadline_text=said.deadline_text,
        due_on=said.due_on,
        product=said.product,
        at=at,
    )
    return {"id": drafted.pk, "state": "drafted"}


@router.post("/conclusions/{int:pk}/confirm", response=Made)
def confirm_conclusion(request: ActorRequest, pk: int) -> dict[str, Any]:
    """Confirm a conclusion, as the chair."""
    actor, at = actor_of(request)
    run = queries.run_by(actor)
    draft = get_object_or_404(Conclusion, pk=pk, conference__in=run)
    conclusions.confirm_conclusion(actor=actor, conclusion=draft, at=at)
    return {"id": draft.pk, "state": "confirmed"}


@router.post("/{int:pk}/conclusions/issue", response=Made)
def issue_conclusions(request: ActorRequest, pk: int) -> Conference:
    """Issue the confirmed conclusions; each body gets its tasks."""
    actor, at = actor_of(request)
    return conclusions.issue_conclusions(
        actor=actor, conference=_run(request, pk), at=at
    )
