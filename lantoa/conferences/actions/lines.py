"""The venues' lines: lost after missed heartbeats, back with the next one."""

from datetime import datetime

from lantoa.conferences import rules
from lantoa.conferences.actions import floor
from lantoa.conferences.actions.locking import locked
from lantoa.conferences.events import LineLost, LineUp
from lantoa.conferences.models import Conference, Turn, Venue
from lantoa.conferences.vocabulary import (
    LOST_AFTER,
    ConferenceState,
    LineState,
    TurnState,
)
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.live.actions import await_beats
from lantoa.live.queries import last_beats


@action
def watch_lines(*, actor: Actor, at: datetime) -> int:
    """Note which lines fell and which are up; return how many changed.

    A venue that was never heard is not lost. Nobody is thrown out: a lost venue keeps
    its presence and its place, and a speaker's clock stops at the last heartbeat.
    """
    venues = list(
        Venue.objects.filter(
            conference__state__in=[ConferenceState.INVITED, ConferenceState.LIVE],
            invited_at__isnull=False,
        ).select_related("conference")
    )
    beats = last_beats(venue.subject for venue in venues)
    forgotten = [
        v for v in venues if v.line == LineState.ONLINE and v.subject not in beats
    ]
    await_beats((venue.subject for venue in forgotten), at=at)
    changed = 0
    for venue in venues:
        heard = beats.get(venue.subject)
        if heard is None:
            continue
        line = LineState.LOST if at - heard > LOST_AFTER else LineState.ONLINE
        if line != venue.line and not _never_came(venue, line):
            set_line(actor=actor, venue=venue, line=line, heard=heard, at=at)
            changed += 1
    unchanged()
    return changed


@action
def set_line(
    *, actor: Actor, venue: Venue, line: LineState, heard: datetime, at: datetime
) -> Venue:
    """Write a venue's line as it was found, unless somebody did so before."""
    locked(venue.conference_id)  # before the venue, as every command that takes both
    venue = (
        Venue.objects.select_for_update(no_key=True, of=("self",))
        .select_related("conference")
        .get(pk=venue.pk)
    )
    rules.PREPARE.require(actor, venue.conference)
    if venue.line == line:
        unchanged()
        return venue
    again = venue.line == LineState.LOST
    venue.line, venue.line_changed_at = line, at
    venue.save(update_fields=["line", "line_changed_at"])
    about = {"conference_id": venue.conference_id, "venue_id": venue.pk}
    if line == LineState.LOST:
        record(LineLost(**about, last_heard_at=heard), by=actor, at=at)
        _stop_clock(actor, venue, heard)
    else:
        record(LineUp(**about, again=again), by=actor, at=at)
    return venue


def _never_came(venue: Venue, line: LineState) -> bool:
    """Return whether the venue was heard only before this conference, if at all."""
    return line == LineState.LOST and venue.line == LineState.UNKNOWN


def _stop_clock(actor: Actor, venue: Venue, heard: datetime) -> None:
    turn = Turn.objects.filter(venue=venue, state=TurnState.SPEAKING).first()
    if turn is not None and Conference.objects.get(pk=venue.conference_id).live:
        floor.pause_for_line(actor=actor, turn=turn, at=heard)
