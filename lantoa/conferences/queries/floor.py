"""Who speaks, who waits, and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from django.db.models import Exists, F, OuterRef, QuerySet

from lantoa.conferences.models import AgendaItem, Conference, Turn, Venue
from lantoa.conferences.models.floor import HOLDING
from lantoa.conferences.vocabulary import ItemState, RequestClass, TurnState


def holder(conference_id: int) -> Turn | None:
    """Return the turn that holds the floor, speaking or paused."""
    return (
        Turn.objects.filter(HOLDING, conference_id=conference_id)
        .select_related("venue")
        .first()
    )


def waiting_line(conference_id: int) -> QuerySet[Turn]:
    """Return who waits, in the one order that every screen shows.

    Class, then the chair's placement, then venues not yet heard, then the order in
    which the server took the requests. Technical turns don't count as being heard.
    """
    heard = Turn.objects.filter(venue=OuterRef("venue"), state=TurnState.DONE).exclude(
        klass=RequestClass.TECHNICAL
    )
    return (
        Turn.objects.filter(conference_id=conference_id, state=TurnState.WAITING)
        .annotate(heard=Exists(heard))
        .select_related("venue")
        .order_by("klass", F("placement").asc(nulls_last=True), "heard", "pk")
    )


def order_hash(turns: Iterable[Turn]) -> str:
    """Return a short name of the order of *turns*, alike on every screen."""
    said = ",".join(str(turn.pk) for turn in turns)
    return blake2b(said.encode(), digest_size=4).hexdigest()


def own_waiting(venue: Venue) -> Turn | None:
    """Return the venue's foremost request in the queue."""
    return waiting_line(venue.conference_id).filter(venue=venue).first()


def heard(conference_id: int) -> QuerySet[Turn]:
    """Return the turns that were heard, latest first."""
    return (
        Turn.objects.filter(conference_id=conference_id, state=TurnState.DONE)
        .select_related("venue")
        .order_by("-ended_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class Floor:
    """What the hall needs to know: the item before it, and who speaks."""

    item: AgendaItem | None
    turn: Turn | None


def floor(conference: Conference) -> Floor:
    """Return the running item and the turn that holds the floor."""
    item = (
        AgendaItem.objects.filter(conference=conference, state=ItemState.RUNNING)
        .select_related("presenter_venue")
        .first()
    )
    return Floor(item=item, turn=holder(conference.pk))
