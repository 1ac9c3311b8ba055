from datetime import timedelta

import pytest

from lantoa.conferences.actions import agenda
from lantoa.conferences.queries.agenda import timeline
from lantoa.conferences.vocabulary import (
    ItemInUse,
    ItemIsASession,
    ItemKind,
    ItemNotReady,
    ItemState,
    NotLive,
    NotPreparing,
    TurnState,
)
from lantoa.kernel.refusal import NotPermitted
from tests.conferences.facts import facts
from tests.factories import NINE
from tests.factories.conferences import (
    ConferenceFactory,
    ItemFactory,
    TurnFactory,
    VenueFactory,
    chair_of,
    secretary_of,
    speaker_of,
)

pytestmark = pytest.mark.django_db
LATER = NINE + timedelta(minutes=4)


def test_items_are_numbered_and_timed_in_reading_order():
    conference = ConferenceFactory()
    actor = secretary_of(conference)

    def add(title, minutes, kind=ItemKind.REPORT, parent=None):
        return agenda.add_item(
            actor=actor, conference=conference, kind=kind, title=title,
            minutes=minutes, parent=parent, at=NINE,
        )  # fmt: skip

    add("Đón tiếp", 15)
    session = add("Phiên sáng", 0, ItemKind.SESSION)
    add("Báo cáo một", 20, parent=session)
    add("Báo cáo hai", 30, parent=session)
    add("Bế mạc", 5)

    rows = [
        (row.number, row.item.title, row.planned_at - NINE, row.minutes)
        for row in timeline(conference)
    ]
    assert rows == [
        ("1", "Đón tiếp", timedelta(0), 15),
        ("2", "Phiên sáng", timedelta(minutes=15), 50),
        ("2.1", "Báo cáo một", timedelta(minutes=15), 20),
        ("2.2", "Báo cáo hai", timedelta(minutes=35), 30),
        ("3", "Bế mạc", timedelta(minutes=65), 5),
    ]
    assert facts() == ["item_added"] * 5


@pytest.mark.parametrize(
    ("start", "place", "order"),
    [("A", 3, "BCA"), ("C", 1, "CAB"), ("B", 99, "ACB"), ("B", -5, "BAC")],
)
def test_an_item_is_moved_to_a_place(start, place, order):
    conference = ConferenceFactory()
    items = {
        title: ItemFactory(conference=conference, title=title, position=at)
        for at, title in enumerate("ABC", start=1)
    }

    agenda.move_item(
        actor=secretary_of(conference), item=items[start], place=place, at=NINE
    )

    found = conference.items.order_by("position").values_list("title", flat=True)
    assert "".join(found) == order
    assert facts() == ["item_moved"]


def test_moving_to_where_it_stands_changes_nothing():
    item = ItemFactory()

    agenda.move_item(actor=chair_of(item.conference), item=item, place=1, at=NINE)

    assert facts() == []


def test_what_has_begun_has_its_place_in_history():
    item = ItemFactory(state=ItemState.DONE)

    with pytest.raises(ItemNotReady):
        agenda.move_item(actor=chair_of(item.conference), item=item, place=2, at=NINE)


def revise(actor, item):
    return agenda.revise_item(
        actor=actor, item=item, kind=ItemKind.PAPER, title="Tên mới", minutes=7,
        presenter_office="Giám đốc Sở", presenter_venue=None, at=NINE,
    )  # fmt: skip


def test_an_item_is_revised_before_and_during_but_not_once_it_is_over():
    item = ItemFactory()
    chair = chair_of(item.conference)

    revised = revise(chair, item)

    assert (revised.title, revised.minutes, revised.kind) == ("Tên mới", 7, "paper")
    item.state = ItemState.SKIPPED
    item.save()
    with pytest.raises(ItemNotReady):
        revise(chair, item)


def test_nobody_changes_the_agenda_of_a_closed_conference():
    item = ItemFactory(conference=ConferenceFactory(closed=True))

    with pytest.raises(NotPreparing):
        revise(chair_of(item.conference), item)


def test_a_venue_doesnt_change_the_agenda():
    item = ItemFactory()
    venue = VenueFactory(conference=item.conference)

    with pytest.raises(NotPermitted):
        revise(speaker_of(venue), item)


def test_an_item_leaves_but_a_session_with_parts_stays():
    conference = ConferenceFactory()
    session = ItemFactory(conference=conference, kind=ItemKind.SESSION)
    part = ItemFactory(conference=conference, parent=session)
    actor = secretary_of(conference)

    with pytest.raises(ItemInUse):
        agenda.remove_item(actor=actor, item=session, at=NINE)
    agenda.remove_item(actor=actor, item=part, at=NINE)
    agenda.remove_item(actor=actor, item=session, at=NINE)

    assert facts() == ["item_removed", "item_removed"]


def test_nothing_is_removed_from_a_running_agenda():
    item = ItemFactory()

    with pytest.raises(NotPreparing):
        agenda.remove_item(actor=secretary_of(item.conference), item=item, at=NINE)


def test_starting_an_item_finishes_the_one_before_it():
    conference = ConferenceFactory(live=True)
    first, second = ItemFactory.create_batch(2, conference=conference)
    chair = chair_of(conference)

    agenda.start_item(actor=chair, item=first, at=NINE)
    agenda.start_item(actor=chair, item=second, at=LATER)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.spent, first.ended_at) == (
        ItemState.DONE, LATER - NINE, LATER,
    )  # fmt: skip
    assert second.state == ItemState.RUNNING
    assert facts() == ["item_started", "item_finished", "item_started"]


def test_a_suspended_items_clock_stands_and_goes_on():
    item = ItemFactory()
    chair = chair_of(item.conference)
    agenda.start_item(actor=chair, item=item, at=NINE)

    agenda.suspend_item(actor=chair, item=item, at=NINE + timedelta(minutes=3))
    resumed = agenda.start_item(actor=chair, item=item, at=NINE + timedelta(minutes=13))

    assert resumed.started_at == NINE
    assert resumed.spent_at(NINE + timedelta(minutes=14)) == timedelta(minutes=4)


def test_starting_what_runs_changes_nothing():
    item = ItemFactory()
    chair = chair_of(item.conference)
    agenda.start_item(actor=chair, item=item, at=NINE)

    agenda.start_item(actor=chair, item=item, at=LATER)

    item.refresh_from_db()
    assert item.resumed_at == NINE
    assert facts() == ["item_started"]


def test_a_session_is_not_started():
    session = ItemFactory(kind=ItemKind.SESSION)
    ItemFactory(conference=session.conference, parent=session)

    with pytest.raises(ItemIsASession):
        agenda.start_item(actor=chair_of(session.conference), item=session, at=NINE)


def test_what_is_over_is_not_started():
    item = ItemFactory(state=ItemState.DONE)

    with pytest.raises(ItemNotReady):
        agenda.start_item(actor=chair_of(item.conference), item=item, at=NINE)


def test_what_was_left_out_may_come_back():
    item = ItemFactory(state=ItemState.SKIPPED, ended_at=NINE)

    item = agenda.start_item(actor=chair_of(item.conference), item=item, at=NINE)

    item.refresh_from_db()
    assert (item.state, item.started_at, item.ended_at) == (
        ItemState.RUNNING,
        NINE,
        None,
    )


@pytest.mark.parametrize("step", [agenda.suspend_item, agenda.finish_item])
def test_only_what_runs_is_suspended_or_finished(step):
    item = ItemFactory()

    with pytest.raises(ItemNotReady):
        step(actor=chair_of(item.conference), item=item, at=NINE)


def test_an_item_is_skipped_unless_it_runs():
    item = ItemFactory()
    chair = chair_of(item.conference)

    agenda.skip_item(actor=chair, item=item, at=NINE)

    item.refresh_from_db()
    assert item.state == ItemState.SKIPPED
    with pytest.raises(ItemNotReady):
        agenda.skip_item(actor=chair, item=item, at=NINE)


@pytest.mark.parametrize(
    "step",
    [agenda.start_item, agenda.suspend_item, agenda.finish_item, agenda.skip_item],
)
def test_an_agenda_runs_only_while_the_conference_does(step):
    item = ItemFactory(conference=ConferenceFactory(invited=True))

    with pytest.raises(NotLive):
        step(actor=chair_of(item.conference), item=item, at=NINE)


@pytest.mark.parametrize(
    "step",
    [agenda.start_item, agenda.suspend_item, agenda.finish_item, agenda.skip_item],
)
def test_a_venue_doesnt_run_the_agenda(step):
    venue = VenueFactory()
    item = ItemFactory(conference=venue.conference)

    with pytest.raises(NotPermitted):
        step(actor=speaker_of(venue), item=item, at=NINE)


def test_a_presenting_venue_has_the_floor_with_its_item_and_gives_it_back():
    venue = VenueFactory()
    item = ItemFactory(conference=venue.conference, presenter_venue=venue)
    chair = chair_of(item.conference)

    agenda.start_item(actor=chair, item=item, at=NINE)
    turn = venue.turns.get()
    assert (turn.state, turn.length) == (TurnState.SPEAKING, timedelta(minutes=20))
    agenda.finish_item(actor=chair, item=item, at=LATER)

    turn.refresh_from_db()
    assert (turn.state, turn.spent) == (TurnState.DONE, LATER - NINE)


def test_a_presenting_venue_waits_while_another_speaks():
    venue = VenueFactory()
    speaking = TurnFactory(
        venue=VenueFactory(conference=venue.conference), state=TurnState.SPEAKING,
        started_at=NINE, resumed_at=NINE,
    )  # fmt: skip
    item = ItemFactory(conference=venue.conference, presenter_venue=venue)
    chair = chair_of(item.conference)

    agenda.start_item(actor=chair, item=item, at=NINE)
    assert venue.turns.get().state == TurnState.WAITING
    agenda.finish_item(actor=chair, item=item, at=LATER)

    assert venue.turns.get().state == TurnState.PASSED
    speaking.refresh_from_db()
    assert speaking.state == TurnState.SPEAKING
