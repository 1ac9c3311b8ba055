"""Commands that meet: each test lets them run at once on connections of their own."""

from functools import partial

import pytest

from lantoa.conferences.actions import conclusions, floor, rollcall, running
from lantoa.conferences.models import RollCallAnswer, Turn
from lantoa.conferences.vocabulary import (
    AlreadyIssued,
    AlreadyWaiting,
    ClauseIncomplete,
    FloorTaken,
    NotLive,
    NotWaiting,
    RequestClass,
    RollCallOpen,
    TurnState,
)
from lantoa.documents.models import Paper
from lantoa.journal.commands import command
from lantoa.journal.models import Entry
from lantoa.organisations.vocabulary import BodyKind
from lantoa.plans.models import Task
from tests.conferences.facts import facts
from tests.factories import NINE, TODAY, BodyFactory
from tests.factories.conferences import (
    ConclusionFactory,
    ConferenceFactory,
    RollCallFactory,
    TurnFactory,
    VenueFactory,
    chair_of,
    secretary_of,
    speaker_of,
)
from tests.factories.documents import DocumentTypeFactory
from tests.factories.racing import race
from tests.organisations.reorganising import draft, met_applying, passing

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(answers):
    return sorted(type(answer).__name__ for answer in answers)


def test_conclusions_are_not_issued_to_a_body_that_is_just_going_over(monkeypatch):
    conference = ConferenceFactory(live=True, host__kind=BodyKind.COUNCIL)
    DocumentTypeFactory()
    old, taker = BodyFactory.create_batch(2)
    ConclusionFactory(
        conference=conference, lead=old, confirmed_by=1, confirmed_at=NINE
    )
    row = draft(on=TODAY)
    passing(row, [old], taker)
    issue = partial(
        conclusions.issue_conclusions,
        actor=chair_of(conference),
        conference=conference,
        at=NINE,
    )

    refused = met_applying(monkeypatch, row, issue, at=NINE)

    assert isinstance(refused, ClauseIncomplete)
    assert not Task.objects.exists()


def test_of_two_chairs_one_gives_the_floor():
    first, second = (
        TurnFactory(venue=venue)
        for venue in VenueFactory.create_batch(
            2, conference=ConferenceFactory(live=True)
        )
    )
    chairs = chair_of(first.conference), secretary_of(first.conference)

    answers = race(
        *(
            partial(floor.give_floor, actor=chair, turn=turn, at=NINE)
            for chair, turn in zip(chairs, (first, second), strict=True)
        )
    )

    assert kinds(answers) == [FloorTaken.__name__, "Turn"]
    assert Turn.objects.filter(state=TurnState.SPEAKING).count() == 1
    assert facts() == ["floor_given"]


def test_63_venues_answer_at_once_each_exactly_once_whatever_is_retried():
    conference = ConferenceFactory(live=True)
    RollCallFactory(conference=conference)
    venues = VenueFactory.create_batch(63, conference=conference)
    actors = [speaker_of(venue) for venue in venues]

    def answer(venue, actor):
        for _ in range(2):  # the first answer was lost on the way: same key again
            with command(f"co-mat-{venue.pk}", digest="20"):
                rollcall.confirm_presence(
                    actor=actor, venue=venue, headcount=20, at=NINE
                )

    answers = race(
        *(partial(answer, *pair) for pair in zip(venues, actors, strict=True))
    )

    assert answers == [None] * 63
    assert RollCallAnswer.objects.count() == 63
    confirmed = Entry.objects.filter(name="conferences.presence_confirmed")
    assert confirmed.count() == 63
    assert conference.venues.filter(presence="present", headcount=20).count() == 63


def test_one_answer_sent_four_times_at_once_is_one_answer():
    venue = VenueFactory()
    RollCallFactory(conference=venue.conference)
    actor = speaker_of(venue)

    def answer():
        with command("mot-lenh", digest="20"):
            return rollcall.confirm_presence(
                actor=actor, venue=venue, headcount=20, at=NINE
            )

    answers = race(*[answer] * 4)

    assert answers == [venue] * 4
    assert facts() == ["presence_confirmed"]


def test_a_venue_that_asks_twice_at_once_waits_once():
    venue = VenueFactory()
    actor = speaker_of(venue)
    asking = partial(
        floor.ask_for_floor, actor=actor, venue=venue, klass=RequestClass.GENERAL,
        topic="Kinh nghiệm", at=NINE,
    )  # fmt: skip

    answers = race(asking, asking, asking)

    assert kinds(answers) == [AlreadyWaiting.__name__] * 2 + ["Turn"]
    assert venue.turns.count() == 1


def test_withdrawing_meets_being_given_the_floor():
    turn = TurnFactory()

    answers = race(
        partial(floor.withdraw, actor=speaker_of(turn.venue), turn=turn, at=NINE),
        partial(floor.give_floor, actor=chair_of(turn.conference), turn=turn, at=NINE),
    )

    assert kinds(answers) == [NotWaiting.__name__, "Turn"]
    turn.refresh_from_db()
    assert facts() == [
        "floor_withdrawn" if turn.state == TurnState.WITHDRAWN else "floor_given"
    ]


def test_asking_and_withdrawing_meet_without_losing_either():
    turn = TurnFactory()
    actor = speaker_of(turn.venue)

    answers = race(
        partial(floor.withdraw, actor=actor, turn=turn, at=NINE),
        partial(
            floor.ask_for_floor, actor=actor, venue=turn.venue,
            klass=RequestClass.TECHNICAL, topic="Mất tiếng", at=NINE,
        ),
    )  # fmt: skip

    assert kinds(answers) == ["Turn", "Turn"]
    states = turn.venue.turns.order_by("pk").values_list("state", flat=True)
    assert list(states) == [TurnState.WITHDRAWN, TurnState.WAITING]


def test_of_two_secretaries_one_opens_the_roll_call():
    conference = ConferenceFactory(live=True)
    opening = [
        partial(
            rollcall.open_roll_call_round, actor=who, conference=conference, at=NINE
        )
        for who in (chair_of(conference), secretary_of(conference))
    ]

    assert kinds(race(*opening)) == ["RollCall", RollCallOpen.__name__]


def test_issued_twice_at_once_is_one_paper_with_one_set_of_tasks():
    DocumentTypeFactory()
    conference = ConferenceFactory(closed=True)
    ConclusionFactory.create_batch(
        3, conference=conference, confirmed_by=2_000_000, confirmed_at=NINE
    )

    answers = race(
        *(
            partial(
                conclusions.issue_conclusions, actor=who, conference=conference, at=NINE
            )
            for who in (chair_of(conference), secretary_of(conference))
        )
    )

    assert kinds(answers) == [AlreadyIssued.__name__, "Conference"]
    assert (Paper.objects.count(), Task.objects.count()) == (1, 3)


def test_closing_meets_giving_the_floor_and_nobody_is_left_speaking():
    turn = TurnFactory()
    conference = turn.conference

    answers = race(
        partial(
            running.close_conference,
            actor=chair_of(conference), conference=conference, at=NINE,
        ),
        partial(
            floor.give_floor, actor=secretary_of(conference), turn=turn, at=NINE
        ),
    )  # fmt: skip

    assert kinds(answers) in (["Conference", "Turn"], ["Conference", NotLive.__name__])
    turn.refresh_from_db()
    assert turn.state in {TurnState.DONE, TurnState.PASSED}
