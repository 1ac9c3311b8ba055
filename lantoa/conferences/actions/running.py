"""Beginning and closing a conference."""

from datetime import datetime

from lantoa.conferences import rules
from lantoa.conferences.actions import agenda, floor, rollcall
from lantoa.conferences.actions.locking import being_run, locked
from lantoa.conferences.events import ConferenceClosed, ConferenceOpened
from lantoa.conferences.models import Conference, Turn
from lantoa.conferences.queries.agenda import running
from lantoa.conferences.queries.floor import holder
from lantoa.conferences.queries.venues import open_roll_call
from lantoa.conferences.vocabulary import (
    ConferenceState,
    LineState,
    NothingToInvite,
    NotPreparing,
    TurnState,
)
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor


@action
def open_conference(
    *, actor: Actor, conference: Conference, at: datetime
) -> Conference:
    """Begin the conference: consoles and screens come alive.

    Raises:
        NotPreparing: it has begun already or is over.
        NothingToInvite: its venues have not been invited.
    """
    conference = locked(conference.pk)
    rules.require_any(actor, conference, rules.CHAIR, rules.PREPARE)
    if conference.live:
        unchanged()
        return conference
    if conference.state == ConferenceState.PREPARING:
        raise NothingToInvite
    if not conference.preparing:
        raise NotPreparing
    conference.state, conference.started_at = ConferenceState.LIVE, at
    conference.save(update_fields=["state", "started_at"])
    # Whose console was open some time before, and is not now, has not fallen away.
    conference.venues.filter(line=LineState.LOST).update(line=LineState.UNKNOWN)
    record(ConferenceOpened(conference_id=conference.pk), by=actor, at=at)
    return conference


@action
def close_conference(
    *, actor: Actor, conference: Conference, at: datetime
) -> Conference:
    """Close the conference; what is open ends with it."""
    conference = being_run(actor, conference.pk)
    roll_call = open_roll_call(conference.pk)
    if roll_call is not None:
        rollcall.close_roll_call(actor=actor, roll_call=roll_call, at=at)
    item = running(conference)
    if item is not None:
        agenda.finish_item(actor=actor, item=item, at=at)
    turn = holder(conference.pk)
    if turn is not None:
        floor.end_floor(actor=actor, turn=turn, at=at)
    Turn.objects.filter(conference=conference, state=TurnState.WAITING).update(
        state=TurnState.PASSED, ended_at=at
    )
    issued = conference.paper_id is not None
    conference.state = ConferenceState.CONCLUDED if issued else ConferenceState.CLOSED
    conference.ended_at = at
    conference.save(update_fields=["state", "ended_at"])
    record(ConferenceClosed(conference_id=conference.pk), by=actor, at=at)
    return conference
