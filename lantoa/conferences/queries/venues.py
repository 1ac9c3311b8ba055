"""Venues: the map, the roll, the answers to the invitation."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum

from lantoa.conferences.models import (
    Conference,
    RollCall,
    RollCallAnswer,
    Turn,
    Venue,
)
from lantoa.conferences.models.floor import HOLDING
from lantoa.conferences.queries.floor import waiting_line
from lantoa.conferences.vocabulary import (
    Check,
    CheckState,
    LineState,
    Presence,
    TileState,
)


@dataclass(frozen=True, slots=True)
class Tile:
    """A venue on the map: its one state, its place if it waits for the floor.

    ``round`` is the number of the latest roll call that it answered.
    """

    venue: Venue
    state: TileState
    place: int | None = None
    round: int | None = None

    @property
    def label(self) -> str:
        """Return the state in words."""
        return str(self.state.label)


def venues(conference_id: int) -> QuerySet[Venue]:
    """Return the venues in the order of the list."""
    return Venue.objects.filter(conference_id=conference_id).order_by("position", "pk")


def tiles(conference_id: int, only: Sequence[int] | None = None) -> list[Tile]:
    """Return the venues with what the map shows of each, in three queries."""
    answered = (
        RollCallAnswer.objects.filter(venue=OuterRef("pk"))
        .order_by()
        .values("venue")
        .annotate(latest=Max("roll_call__number"))
    )
    rows = venues(conference_id).annotate(round=Subquery(answered.values("latest")))
    if only is not None:
        rows = rows.filter(pk__in=only)
    places: dict[int, int] = {}
    for place, turn in enumerate(waiting_line(conference_id), start=1):
        places.setdefault(turn.venue_id, place)
    speaking = set(
        Turn.objects.filter(HOLDING, conference_id=conference_id).values_list(
            "venue_id", flat=True
        )
    )
    return [
        Tile(
            venue,
            _state(venue, venue.pk in speaking, venue.pk in places),
            None if venue.pk in speaking else places.get(venue.pk),
            venue.round,
        )
        for venue in rows
    ]


def _state(venue: Venue, speaking: bool, queued: bool) -> TileState:  # noqa: FBT001
    if venue.line == LineState.LOST:
        return TileState.LOST
    if speaking:
        return TileState.SPEAKING
    if queued:
        return TileState.QUEUED
    if venue.presence == Presence.PRESENT:
        return TileState.PRESENT
    return TileState.WAITING


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many venues and people are there."""

    venues: int
    present: int
    lost: int
    people: int


def attendance(conference_id: int) -> Attendance:
    """Return the attendance as declared by the venues, not by log-ins."""
    found = venues(conference_id).aggregate(
        venues=Count("pk"),
        present=Count("pk", filter=Q(presence=Presence.PRESENT)),
        lost=Count("pk", filter=Q(line=LineState.LOST)),
        people=Sum("headcount", filter=Q(presence=Presence.PRESENT), default=0),
    )
    return Attendance(**found)


def open_roll_call(conference_id: int) -> RollCall | None:
    """Return the roll call that is open."""
    return RollCall.objects.filter(
        conference_id=conference_id, closed_at__isnull=True
    ).first()


def unanswered(roll_call: RollCall) -> QuerySet[Venue]:
    """Return the invited venues that have not answered the round."""
    answered = RollCallAnswer.objects.filter(roll_call=roll_call).values("venue")
    return (
        venues(roll_call.conference_id)
        .filter(invited_at__isnull=False)
        .exclude(pk__in=answered)
    )


def roll_calls(conference: Conference) -> QuerySet[RollCall]:
    """Return the rounds with how many answered, newest first."""
    return conference.roll_calls.annotate(
        answered=Count("answers"), people=Sum("answers__headcount", default=0)
    ).order_by("-number")


def to_answer(conference_id: int) -> QuerySet[Venue]:
    """Return the venues with what they answered and how their rehearsal went."""
    return (
        venues(conference_id)
        .select_related("body")
        .prefetch_related("delegations__body", "delegates")
        .annotate(
            good=Count(
                "checks", filter=Q(checks__state=CheckState.GOOD), distinct=True
            ),
            faults=Count(
                "checks", filter=Q(checks__state=CheckState.FAULT), distinct=True
            ),
        )
    )


def checklist(venue: Venue) -> list[tuple[Check, CheckState, str]]:
    """Return every check of the rehearsal, its result and note."""
    done = {row.check_of: row for row in venue.checks.all()}
    return [
        (
            check,
            CheckState(done[check].state) if check in done else CheckState.OPEN,
            done[check].note if check in done else "",
        )
        for check in Check
    ]
