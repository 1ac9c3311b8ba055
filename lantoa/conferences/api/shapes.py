"""What the API says about conferences, and what it is told."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Schema

from lantoa.conferences.actions.rollcall import MOST_PEOPLE
from lantoa.conferences.models import Venue
from lantoa.conferences.vocabulary import (
    Check,
    CheckState,
    ConferenceState,
    ItemKind,
    ItemState,
    LineState,
    Presence,
    RequestClass,
    TileState,
    TurnState,
    VenueKind,
)
from lantoa.kernel.exchange import (
    WHOLE,
    Asked,
    Day,
    Line,
    LongLine,
    Moment,
    Number,
    Said,
    SaidLine,
    SaidLine120,
    SaidLongLine,
    SaidText,
    Searched,
    Text,
    YesNo,
)
from lantoa.organisations.vocabulary import BodyRule

People = Annotated[int, Field(ge=1, le=MOST_PEOPLE), WHOLE]
Minutes = Annotated[int, Field(ge=0, le=600), WHOLE]
Numbers = Annotated[list[Number], Field(max_length=200)]


class ConferencesAsked(Searched):
    """Which conferences."""

    state: ConferenceState | None = None


class TurnsAsked(Asked):
    """Which turns."""

    state: TurnState | None = None


class ConferenceShort(Schema):
    """A conference in a list."""

    id: int
    title: str
    host_id: int
    state: ConferenceState
    planned_start: datetime
    started_at: datetime | None
    ended_at: datetime | None
    open_to_public: bool
    paper_id: int | None


class Attendance(Schema):
    """How many venues and people are there, as the venues declared."""

    venues: int
    present: int
    lost: int
    people: int


class ItemGlance(Schema):
    """A line of the agenda, in reading order."""

    id: int
    number: str
    kind: ItemKind
    title: str
    minutes: int
    state: ItemState
    has_parts: bool
    started_at: datetime | None
    ended_at: datetime | None


class TurnGlance(Schema):
    """A turn in the queue."""

    id: int
    venue_id: int
    klass: RequestClass
    topic: str
    state: TurnState
    started_at: datetime | None


class VenueGlance(Schema):
    """A venue on the map."""

    id: int
    body_id: int
    name: str
    state: TileState
    expected: int | None
    headcount: int | None


class ConferenceWhole(ConferenceShort):
    """A conference at a glance; ``order`` is alike on every screen of one queue."""

    purpose: str
    chair_office: str
    place: str
    directive_ids: list[int]
    roll_call_id: int | None
    attendance: Attendance
    items: list[ItemGlance]
    speaker: TurnGlance | None
    queue: list[TurnGlance]
    order: str
    venues: list[VenueGlance]


class Item(Schema):
    """An item of the agenda."""

    id: int
    conference_id: int
    parent_id: int | None
    position: int
    kind: ItemKind
    title: str
    minutes: int
    presenter_office: str
    presenter_venue_id: int | None
    state: ItemState
    started_at: datetime | None
    ended_at: datetime | None


class DelegationSaid(Said):
    """Another body's people at a venue."""

    body_id: Number
    headcount: People = 1


class CheckSaid(Said):
    """What the trial of one thing showed."""

    check: Check
    state: CheckState
    note: LongLine = ""


class CheckDone(Schema):
    """What the trial of one thing showed."""

    check: Check
    state: CheckState
    note: str


class DelegationShown(Schema):
    """Another body's people at a venue."""

    body_id: int
    headcount: int


class VenueWhole(Schema):
    """A venue, with its answer to the invitation and its rehearsal."""

    id: int
    conference_id: int
    body_id: int
    unit_id: int | None
    kind: VenueKind
    name: str
    invited_at: datetime | None
    answered_at: datetime | None
    room: str
    lead_office: str
    contact: str
    technician: str
    expected: int | None
    presence: Presence
    headcount: int | None
    line: LineState
    delegates: list[str]
    delegations: list[DelegationShown]
    checks: list[CheckDone]

    @staticmethod
    def resolve_delegates(venue: Venue) -> list[str]:
        """Return the offices, in their order."""
        rows = sorted(venue.delegates.all(), key=lambda row: (row.position, row.pk))
        return [row.office for row in rows]

    @staticmethod
    def resolve_delegations(venue: Venue) -> list[Any]:
        """Return who else sits there."""
        return sorted(venue.delegations.all(), key=lambda row: row.body_id)

    @staticmethod
    def resolve_checks(venue: Venue) -> list[dict[str, str]]:
        """Return what was tried."""
        rows = sorted(venue.checks.all(), key=lambda row: row.pk)
        return [
            {"check": row.check_of, "state": row.state, "note": row.note}
            for row in rows
        ]


class TurnWhole(Schema):
    """A turn to speak."""

    id: int
    conference_id: int
    venue_id: int
    item_id: int | None
    klass: RequestClass
    topic: str
    speaker_office: str
    state: TurnState
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class RollCallWhole(Schema):
    """A round of the roll call."""

    id: int
    conference_id: int
    number: int
    opened_at: datetime
    closed_at: datetime | None
    answered: int
    people: int


class ConclusionWhole(Schema):
    """A conclusion; ``wording`` is a mark of all that it says."""

    id: int
    conference_id: int
    position: int
    heading: str
    work: str
    lead_id: int | None
    lead_rule: str
    coordinating_ids: list[int]
    deadline_text: str
    due_on: date | None
    product: str
    confirmed_at: datetime | None
    clause_id: int | None
    wording: str


class ConferenceRevised(Said):
    """What a conference says of itself."""

    title: SaidLongLine
    purpose: Text = ""
    chair_office: SaidLine
    place: SaidLine
    planned_start: Moment
    open_to_public: YesNo
    directive_ids: Numbers = []


class ConferencePrepared(ConferenceRevised):
    """A new conference of ``host_id``."""

    host_id: Number


class Following(Said):
    """The next conference."""

    title: SaidLongLine
    planned_start: Moment


class ItemRevised(Said):
    """What an item of the agenda says."""

    kind: ItemKind
    title: SaidLongLine
    minutes: Minutes
    presenter_office: Line = ""
    presenter_venue_id: Number | None = None


class ItemAdded(ItemRevised):
    """A new item, at the end of the agenda or of the session ``parent_id``."""

    parent_id: Number | None = None


class VenuesAdded(Said):
    """A venue for each body."""

    body_ids: Annotated[list[Number], Field(min_length=1, max_length=200)]
    kind: VenueKind = VenueKind.OTHER


class VenuesByRule(Said):
    """A venue for every body that the rule names."""

    rule: BodyRule


class InvitationAnswered(Said):
    """Where the venue sits, who leads it, who comes, whom to call."""

    room: SaidLine
    lead_office: SaidLine
    contact: SaidLine
    technician: Line = ""
    expected: People
    delegates: Annotated[list[SaidLine], Field(max_length=200)] = []
    delegations: Annotated[list[DelegationSaid], Field(max_length=100)] = []


class Rehearsed(Said):
    """What the rehearsal showed of several things."""

    results: Annotated[list[CheckSaid], Field(min_length=1, max_length=len(Check))]


class Where(Said):
    """A place in a list, from 1."""

    place: Annotated[int, Field(ge=1, le=1000), WHOLE]


class Headcount(Said):
    """How many people sit in the room."""

    headcount: People


class Amended(Headcount):
    """The right number, and why."""

    reason: SaidLongLine


class Asking(Said):
    """A request for the floor."""

    klass: RequestClass = RequestClass.GENERAL
    topic: SaidLine
    speaker_office: Line = ""


class Giving(Said):
    """How long a turn may last; null keeps its planned length."""

    minutes: Annotated[int, Field(ge=1, le=120), WHOLE] | None = None


class Draft(Said):
    """A conclusion: either ``lead_id`` or ``lead_rule``."""

    heading: Line = ""
    work: SaidText
    lead_id: Number | None = None
    lead_rule: BodyRule | None = None
    coordinating_ids: Numbers = []
    deadline_text: SaidLine120
    due_on: Day | None = None
    product: LongLine = ""
