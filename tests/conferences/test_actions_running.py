from datetime import timedelta

import pytest

from lantoa.conferences.actions import running
from lantoa.conferences.actions.lines import set_line, watch_lines
from lantoa.conferences.vocabulary import (
    LOST_AFTER,
    ConferenceState,
    ItemState,
    LineState,
    NothingToInvite,
    NotLive,
    NotPreparing,
    Presence,
    TurnState,
)
from lantoa.kernel.actor import system_actor
from lantoa.kernel.refusal import NotPermitted
from lantoa.live.models import Beat
from tests.conferences.facts import facts, last_fact
from tests.factories import NINE
from tests.factories.conferences import (
    ConferenceFactory,
    ItemFactory,
    RollCallFactory,
    TurnFactory,
    VenueFactory,
    chair_of,
    secretary_of,
    speaker_of,
)

pytestmark = pytest.mark.django_db
WATCH = system_actor("conferences.prepare")
SECOND = timedelta(seconds=1)


def test_an_invited_conference_begins_once():
    conference = ConferenceFactory(invited=True)
    chair = chair_of(conference)

    for _ in range(2):
        opened = running.open_conference(actor=chair, conference=conference, at=NINE)

    assert (opened.state, opened.started_at) == (ConferenceState.LIVE, NINE)
    assert facts() == ["conference_opened"]


@pytest.mark.parametrize(
    ("given", "refusal"), [({}, NothingToInvite), ({"closed": True}, NotPreparing)]
)
def test_what_is_not_ready_or_over_doesnt_begin(given, refusal):
    conference = ConferenceFactory(**given)

    with pytest.raises(refusal):
        running.open_conference(
            actor=chair_of(conference), conference=conference, at=NINE
        )


def test_a_venue_neither_begins_nor_closes():
    venue = VenueFactory()

    for step in (running.open_conference, running.close_conference):
        with pytest.raises(NotPermitted):
            step(actor=speaker_of(venue), conference=venue.conference, at=NINE)


def test_closing_ends_all_that_is_open():
    conference = ConferenceFactory(live=True)
    roll_call = RollCallFactory(conference=conference)
    item = ItemFactory(
        conference=conference, state=ItemState.RUNNING, started_at=NINE, resumed_at=NINE
    )
    first, second = VenueFactory.create_batch(2, conference=conference)
    held = TurnFactory(
        venue=first, state=TurnState.SPEAKING, started_at=NINE, resumed_at=NINE
    )
    waiting = TurnFactory(venue=second)

    closed = running.close_conference(
        actor=chair_of(conference), conference=conference, at=NINE + SECOND
    )

    assert (closed.state, closed.ended_at) == (ConferenceState.CLOSED, NINE + SECOND)
    for row in (roll_call, item, held, waiting):
        row.refresh_from_db()
    assert roll_call.closed_at == NINE + SECOND
    assert [item.state, held.state, waiting.state] == ["done", "done", "passed"]
    assert facts() == [
        "roll_call_closed", "item_finished", "floor_ended", "conference_closed",
    ]  # fmt: skip
    with pytest.raises(NotLive):
        running.close_conference(
            actor=chair_of(conference), conference=conference, at=NINE
        )


def heard(venue, at):
    Beat.objects.update_or_create(subject=venue.subject, defaults={"at": at})


def test_a_line_comes_up_falls_and_comes_back():
    venue = VenueFactory(presence=Presence.PRESENT)
    late = NINE + LOST_AFTER + SECOND

    heard(venue, NINE)
    assert watch_lines(actor=WATCH, at=NINE + 5 * SECOND) == 1
    assert watch_lines(actor=WATCH, at=NINE + LOST_AFTER) == 0
    assert watch_lines(actor=WATCH, at=late) == 1
    heard(venue, late)
    assert watch_lines(actor=WATCH, at=late + SECOND) == 1

    venue.refresh_from_db()
    assert (venue.line, venue.presence) == (LineState.ONLINE, Presence.PRESENT)
    assert facts() == ["line_up", "line_lost", "line_up"]
    assert last_fact().payload["again"] is True


def test_a_venue_that_was_never_heard_is_not_lost():
    silent = VenueFactory()
    long_ago = VenueFactory(conference=silent.conference)
    heard(long_ago, NINE - timedelta(days=1))

    assert watch_lines(actor=WATCH, at=NINE) == 0
    assert facts() == []


def test_a_lost_speakers_clock_stops_at_the_last_heartbeat():
    venue = VenueFactory(line=LineState.ONLINE)
    turn = TurnFactory(
        venue=venue, state=TurnState.SPEAKING, started_at=NINE, resumed_at=NINE
    )
    last = NINE + 90 * SECOND
    heard(venue, last)

    watch_lines(actor=WATCH, at=last + LOST_AFTER + 3 * SECOND)

    turn.refresh_from_db()
    assert (turn.state, turn.spent) == (TurnState.PAUSED, 90 * SECOND)
    assert facts() == ["line_lost", "floor_paused"]
    assert last_fact().payload["by_line"] is True
    assert last_fact().occurred_at == last


def test_a_clock_never_runs_backwards_past_its_last_start():
    venue = VenueFactory(line=LineState.ONLINE)
    turn = TurnFactory(
        venue=venue, state=TurnState.SPEAKING, started_at=NINE, resumed_at=NINE
    )
    heard(venue, NINE - 5 * SECOND)  # lost just as it was given the floor

    watch_lines(actor=WATCH, at=NINE + LOST_AFTER)

    turn.refresh_from_db()
    assert turn.spent == timedelta(0)


def test_a_lost_venue_keeps_its_place_in_the_queue():
    turn = TurnFactory(venue__line=LineState.ONLINE)
    heard(turn.venue, NINE)

    watch_lines(actor=WATCH, at=NINE + 2 * LOST_AFTER)

    turn.refresh_from_db()
    assert turn.state == TurnState.WAITING


def test_only_the_watch_and_the_secretariat_write_lines():
    venue = VenueFactory()
    said = {"venue": venue, "line": LineState.ONLINE, "heard": NINE, "at": NINE}

    with pytest.raises(NotPermitted):
        set_line(actor=speaker_of(venue), **said)
    set_line(actor=secretary_of(venue.conference), **said)
    set_line(actor=WATCH, **said)

    assert facts() == ["line_up"]


def test_heartbeats_lost_in_a_crash_of_the_database_keep_no_silent_venue_up():
    venue = VenueFactory(conference__live=True)
    Beat.objects.create(subject=venue.subject, at=NINE)
    watch_lines(actor=WATCH, at=NINE)
    Beat.objects.all().delete()  # the table does not outlive a crash

    assert watch_lines(actor=WATCH, at=NINE + SECOND) == 0
    assert watch_lines(actor=WATCH, at=NINE + 2 * SECOND + LOST_AFTER) == 1

    venue.refresh_from_db()
    assert venue.line == LineState.LOST
