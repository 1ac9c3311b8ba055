"""What happens in a conference; every screen of it hears."""

from dataclasses import dataclass
from datetime import date, datetime

from lantoa.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceEvent(Event):
    """Something happened in a conference."""

    conference_id: int

    @property
    def topic(self) -> str:
        """Return the live topic of the conference's screens."""
        return f"conference:{self.conference_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferencePrepared(ConferenceEvent):
    """A conference was opened for preparation."""

    name = "conferences.conference_prepared"
    host_body_id: int
    prepared_from_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceRevised(ConferenceEvent):
    """Its title, purpose, chair, time, place or directives changed."""

    name = "conferences.conference_revised"
    fields: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceOpened(ConferenceEvent):
    """The conference began."""

    name = "conferences.conference_opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceClosed(ConferenceEvent):
    """The conference was closed."""

    name = "conferences.conference_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaEvent(ConferenceEvent):
    """Something happened to an item of the agenda."""

    item_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAdded(AgendaEvent):
    """The agenda got an item."""

    name = "conferences.item_added"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRevised(AgendaEvent):
    """An item's words, length or presenter changed."""

    name = "conferences.item_revised"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMoved(AgendaEvent):
    """An item stands elsewhere in the agenda."""

    name = "conferences.item_moved"
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRemoved(AgendaEvent):
    """An item left the agenda."""

    name = "conferences.item_removed"
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStarted(AgendaEvent):
    """An item came before the conference, or came back."""

    name = "conferences.item_started"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSuspended(AgendaEvent):
    """An item was put aside."""

    name = "conferences.item_suspended"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFinished(AgendaEvent):
    """An item is done."""

    name = "conferences.item_finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSkipped(AgendaEvent):
    """An item will not be heard."""

    name = "conferences.item_skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class VenuesAdded(ConferenceEvent):
    """Venues joined the list."""

    name = "conferences.venues_added"
    venue_ids: list[int]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueEvent(ConferenceEvent):
    """Something happened at a venue."""

    venue_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueRemoved(VenueEvent):
    """A venue left the list."""

    name = "conferences.venue_removed"
    body_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VenuesInvited(ConferenceEvent):
    """Venues were invited."""

    name = "conferences.venues_invited"
    venue_ids: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAnswered(VenueEvent):
    """A venue said who will sit where."""

    name = "conferences.invitation_answered"
    expected: int
    delegations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueChecked(VenueEvent):
    """Something was tried at a venue's rehearsal."""

    name = "conferences.venue_checked"
    check_of: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceConfirmed(VenueEvent):
    """The people in a room said that they are there."""

    name = "conferences.presence_confirmed"
    headcount: int
    roll_call_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAmended(VenueEvent):
    """The secretariat put a venue's head-count right."""

    name = "conferences.answer_amended"
    headcount: int
    roll_call_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLost(VenueEvent):
    """A venue's console has not been heard."""

    name = "conferences.line_lost"
    last_heard_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LineUp(VenueEvent):
    """A venue's console is heard, for the first time or again."""

    name = "conferences.line_up"
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallOpened(ConferenceEvent):
    """The chair calls the roll."""

    name = "conferences.roll_call_opened"
    roll_call_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallClosed(ConferenceEvent):
    """The roll call is over."""

    name = "conferences.roll_call_closed"
    roll_call_id: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnEvent(VenueEvent):
    """Something moved on the floor."""

    turn_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorAsked(TurnEvent):
    """A venue asks to speak."""

    name = "conferences.floor_asked"
    klass: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorWithdrawn(TurnEvent):
    """A venue no longer asks to speak."""

    name = "conferences.floor_withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnPlaced(TurnEvent):
    """The chair put a request elsewhere in the queue."""

    name = "conferences.turn_placed"
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorGiven(TurnEvent):
    """A venue has the floor."""

    name = "conferences.floor_given"


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPaused(TurnEvent):
    """The speaker's clock stands; ``by_line`` when the line fell."""

    name = "conferences.floor_paused"
    by_line: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorResumed(TurnEvent):
    """The speaker goes on."""

    name = "conferences.floor_resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorEnded(TurnEvent):
    """A turn was heard."""

    name = "conferences.floor_ended"
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPassed(TurnEvent):
    """The chair passed over a turn."""

    name = "conferences.floor_passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionEvent(ConferenceEvent):
    """Something happened to a conclusion."""

    conclusion_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionDrafted(ConclusionEvent):
    """The secretariat drafted a conclusion."""

    name = "conferences.conclusion_drafted"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionRevised(ConclusionEvent):
    """A draft changed; it needs the chair again."""

    name = "conferences.conclusion_revised"
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionRemoved(ConclusionEvent):
    """A draft was dropped."""

    name = "conferences.conclusion_removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionConfirmed(ConclusionEvent):
    """The chair stands by a conclusion."""

    name = "conferences.conclusion_confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionReturned(ConclusionEvent):
    """The chair gave a conclusion back to the secretariat."""

    name = "conferences.conclusion_returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionsIssued(ConferenceEvent):
    """The conclusions are an official paper, and tasks have left."""

    name = "conferences.conclusions_issued"
    paper_id: int
    tasks: int
