from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lantoa.conferences.actions import floor
from lantoa.conferences.queries.floor import waiting_line
from lantoa.conferences.vocabulary import (
    AlreadyWaiting,
    FloorTaken,
    NotInvited,
    NotLive,
    NotSpeaking,
    NotWaiting,
    RequestClass,
    TurnState,
)
from lantoa.kernel.refusal import NotPermitted
from tests.conferences.facts import facts, last_fact
from tests.factories import NINE
from tests.factories.conferences import (
    ConferenceFactory,
    TurnFactory,
    VenueFactory,
    chair_of,
    secretary_of,
    speaker_of,
)

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def ask(venue, klass=RequestClass.GENERAL, actor=None):
    return floor.ask_for_floor(
        actor=actor or speaker_of(venue), venue=venue, klass=klass,
        topic=" Kinh nghiệm ", at=NINE,
    )  # fmt: skip


def speaking(**given):
    return TurnFactory(
        state=TurnState.SPEAKING, started_at=NINE, resumed_at=NINE, **given
    )


def line(conference):
    return [turn.venue.name for turn in waiting_line(conference.pk)]


def test_a_venue_asks_once_in_a_class():
    venue = VenueFactory()

    turn = ask(venue)

    assert (turn.topic, turn.state) == ("Kinh nghiệm", TurnState.WAITING)
    with pytest.raises(AlreadyWaiting):
        ask(venue)
    ask(venue, RequestClass.TECHNICAL)
    assert facts() == ["floor_asked", "floor_asked"]
    assert last_fact().payload["klass"] == RequestClass.TECHNICAL


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"invited_at": None}, NotInvited),
        ({"conference__live": False, "conference__invited": True}, NotLive),
        ({"conference__live": False, "conference__closed": True}, NotLive),
    ],
)
def test_who_cannot_ask_is_told_why(given, refusal):
    with pytest.raises(refusal):
        ask(VenueFactory(**given))


def test_nobody_asks_or_withdraws_for_another_venue():
    turn = TurnFactory()
    other = VenueFactory(conference=turn.conference)

    for actor in (speaker_of(other), chair_of(turn.conference)):
        with pytest.raises(NotPermitted):
            ask(turn.venue, actor=actor)
        with pytest.raises(NotPermitted):
            floor.withdraw(actor=actor, turn=turn, at=NINE)


def test_a_request_is_withdrawn_while_it_waits():
    turn = TurnFactory()
    actor = speaker_of(turn.venue)

    floor.withdraw(actor=actor, turn=turn, at=NINE)

    assert line(turn.conference) == []
    with pytest.raises(NotWaiting):
        floor.withdraw(actor=actor, turn=turn, at=NINE)
    assert facts() == ["floor_withdrawn"]


def test_the_queue_goes_by_class_then_by_who_was_not_heard_then_by_arrival():
    conference = ConferenceFactory(live=True)

    def venue(name):
        return VenueFactory(conference=conference, name=name)

    heard = venue("đã phát biểu")
    TurnFactory(venue=heard, state=TurnState.DONE)
    TurnFactory(venue=heard)
    TurnFactory(venue=venue("đến trước"))
    TurnFactory(venue=venue("đến sau"))
    TurnFactory(venue=venue("tham luận"), klass=RequestClass.SCHEDULED)
    TurnFactory(venue=venue("trả lời"), klass=RequestClass.REPLY)
    TurnFactory(venue=venue("điều hành"), klass=RequestClass.POINT_OF_ORDER)
    TurnFactory(venue=venue("kỹ thuật"), klass=RequestClass.TECHNICAL)

    assert line(conference) == [
        "kỹ thuật", "điều hành", "trả lời", "tham luận", "đến trước", "đến sau",
        "đã phát biểu",
    ]  # fmt: skip


def test_a_technical_word_doesnt_count_as_being_heard():
    conference = ConferenceFactory(live=True)
    first, second = VenueFactory.create_batch(2, conference=conference)
    TurnFactory(venue=first, state=TurnState.DONE, klass=RequestClass.TECHNICAL)
    TurnFactory(venue=first)
    TurnFactory(venue=second)

    assert line(conference) == [first.name, second.name]


@pytest.mark.parametrize(
    ("start", "place", "order"),
    [("D", 1, "DABC"), ("A", 3, "BCAD"), ("C", 2, "ACBD"), ("A", 99, "BCDA")],
)
def test_the_chair_places_a_request_within_its_class(start, place, order):
    conference = ConferenceFactory(live=True)
    turns = {
        name: TurnFactory(venue=VenueFactory(conference=conference, name=name))
        for name in "ABCD"
    }

    floor.place_turn(
        actor=chair_of(conference), turn=turns[start], place=place, at=NINE
    )

    assert "".join(line(conference)) == order
    assert facts() == ["turn_placed"]


def test_who_comes_after_a_placement_stands_behind_it():
    conference = ConferenceFactory(live=True)
    first, second = (
        TurnFactory(venue=VenueFactory(conference=conference, name=name))
        for name in "AB"
    )
    floor.place_turn(actor=chair_of(conference), turn=second, place=1, at=NINE)

    ask(VenueFactory(conference=conference, name="C"))

    assert line(conference) == ["B", "A", "C"]
    assert first.placement is None


def test_placing_where_it_stands_or_what_is_gone():
    turn = TurnFactory()
    chair = chair_of(turn.conference)

    floor.place_turn(actor=chair, turn=turn, place=1, at=NINE)
    assert facts() == []
    floor.withdraw(actor=speaker_of(turn.venue), turn=turn, at=NINE)
    with pytest.raises(NotWaiting):
        floor.place_turn(actor=chair, turn=turn, place=1, at=NINE)


def test_the_floor_is_given_to_one_venue_for_the_minutes_said():
    turn = TurnFactory()
    other = TurnFactory(venue=VenueFactory(conference=turn.conference))
    chair = chair_of(turn.conference)

    given = floor.give_floor(actor=chair, turn=turn, minutes=5, at=NINE)

    assert (given.state, given.length) == (TurnState.SPEAKING, 5 * MINUTE)
    with pytest.raises(FloorTaken):
        floor.give_floor(actor=chair, turn=other, at=NINE)
    assert facts() == ["floor_given"]


def test_the_database_holds_one_speaker_besides():
    turn = speaking()

    with pytest.raises(IntegrityError), transaction.atomic():
        speaking(venue=VenueFactory(conference=turn.conference))


def test_a_paused_turn_still_holds_the_floor_and_its_clock_stands():
    turn = speaking()
    other = TurnFactory(venue=VenueFactory(conference=turn.conference))
    chair = chair_of(turn.conference)

    floor.pause_floor(actor=chair, turn=turn, at=NINE + 2 * MINUTE)
    with pytest.raises(FloorTaken):
        floor.give_floor(actor=chair, turn=other, at=NINE)
    floor.resume_floor(actor=chair, turn=turn, at=NINE + 9 * MINUTE)
    ended = floor.end_floor(actor=chair, turn=turn, at=NINE + 10 * MINUTE)

    assert ended.spent == 3 * MINUTE
    assert facts() == ["floor_paused", "floor_resumed", "floor_ended"]
    assert last_fact().payload["seconds"] == 180


def test_only_what_is_held_is_paused_resumed_or_ended():
    turn = TurnFactory()
    chair = chair_of(turn.conference)

    for step in (floor.pause_floor, floor.resume_floor, floor.end_floor):
        with pytest.raises(NotSpeaking):
            step(actor=chair, turn=turn, at=NINE)


def test_only_a_waiting_turn_is_given_the_floor():
    turn = TurnFactory(state=TurnState.DONE)

    with pytest.raises(NotWaiting):
        floor.give_floor(actor=chair_of(turn.conference), turn=turn, at=NINE)


def test_waiting_and_paused_turns_are_passed_but_no_speaker():
    waiting = TurnFactory()
    held = speaking(venue=VenueFactory(conference=waiting.conference))
    chair = chair_of(waiting.conference)

    with pytest.raises(NotWaiting):
        floor.pass_turn(actor=chair, turn=held, at=NINE)
    floor.pause_floor(actor=chair, turn=held, at=NINE)
    for turn in (waiting, held):
        assert floor.pass_turn(actor=chair, turn=turn, at=NINE).state == "passed"
    assert facts() == ["floor_paused", "floor_passed", "floor_passed"]


STEPS = [
    floor.give_floor, floor.pause_floor, floor.resume_floor, floor.end_floor,
    floor.pass_turn, floor.pause_for_line,
]  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_a_venue_doesnt_run_the_floor(step):
    turn = TurnFactory()

    with pytest.raises(NotPermitted):
        step(actor=speaker_of(turn.venue), turn=turn, at=NINE)


@pytest.mark.parametrize("step", STEPS[:5])
def test_the_floor_is_run_only_while_the_conference_is_live(step):
    turn = TurnFactory(venue__conference=ConferenceFactory(closed=True))

    with pytest.raises(NotLive):
        step(actor=secretary_of(turn.conference), turn=turn, at=NINE)
