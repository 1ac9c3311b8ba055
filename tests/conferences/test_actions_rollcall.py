import pytest

from lantoa.conferences.actions import rollcall
from lantoa.conferences.models import RollCallAnswer, Venue
from lantoa.conferences.vocabulary import (
    HeadcountOutOfRange,
    HeadcountSettled,
    NoRollCall,
    NotInvited,
    NotLive,
    Presence,
    RollCallOpen,
)
from lantoa.journal.commands import command
from lantoa.kernel.refusal import NotPermitted
from tests.conferences.facts import facts, last_fact
from tests.factories import NINE
from tests.factories.conferences import (
    MOVED,
    ConferenceFactory,
    RollCallFactory,
    VenueFactory,
    chair_of,
    secretary_of,
    speaker_of,
)

pytestmark = pytest.mark.django_db


def confirm(venue, headcount=20, actor=None, at=NINE):
    return rollcall.confirm_presence(
        actor=actor or speaker_of(venue), venue=venue, headcount=headcount, at=at
    )


def test_a_round_is_opened_numbered_and_closed():
    conference = ConferenceFactory(live=True)
    chair = chair_of(conference)

    for number in (1, 2):
        opened = rollcall.open_roll_call_round(
            actor=chair, conference=conference, at=NINE
        )
        assert opened.number == number
        with pytest.raises(RollCallOpen):
            rollcall.open_roll_call_round(actor=chair, conference=conference, at=NINE)
        rollcall.close_roll_call(actor=chair, roll_call=opened, at=MOVED + NINE)

    assert facts() == ["roll_call_opened", "roll_call_closed"] * 2


def test_a_round_is_closed_once():
    roll_call = RollCallFactory()
    chair = chair_of(roll_call.conference)
    rollcall.close_roll_call(actor=chair, roll_call=roll_call, at=NINE)

    with pytest.raises(NoRollCall):
        rollcall.close_roll_call(actor=chair, roll_call=roll_call, at=NINE)


def test_the_roll_is_called_only_while_the_conference_is_live():
    conference = ConferenceFactory(invited=True)

    with pytest.raises(NotLive):
        rollcall.open_roll_call_round(
            actor=chair_of(conference), conference=conference, at=NINE
        )


def test_a_venue_doesnt_call_the_roll():
    venue = VenueFactory()

    with pytest.raises(NotPermitted):
        rollcall.open_roll_call_round(
            actor=speaker_of(venue), conference=venue.conference, at=NINE
        )


def test_confirming_answers_the_open_round():
    venue = VenueFactory()
    roll_call = RollCallFactory(conference=venue.conference)

    present = confirm(venue)

    assert (present.presence, present.headcount, present.present_at) == (
        Presence.PRESENT, 20, NINE,
    )  # fmt: skip
    assert roll_call.answers.get().headcount == 20
    assert facts() == ["presence_confirmed"]
    assert last_fact().payload["roll_call_id"] == roll_call.pk


def test_the_same_answer_again_leaves_no_trace_but_a_new_round_is_answered():
    venue = VenueFactory()
    roll_call = RollCallFactory(conference=venue.conference)
    chair = chair_of(venue.conference)
    confirm(venue)
    confirm(venue)
    assert facts() == ["presence_confirmed"]
    rollcall.close_roll_call(actor=chair, roll_call=roll_call, at=NINE)
    second = rollcall.open_roll_call_round(
        actor=chair, conference=venue.conference, at=NINE
    )

    confirm(venue)

    assert second.answers.count() == 1
    assert facts().count("presence_confirmed") == 2


def test_a_retry_gets_the_first_answer_and_does_nothing_again():
    venue = VenueFactory()
    RollCallFactory(conference=venue.conference)
    actor = speaker_of(venue)

    for headcount in (20, 20):
        with command("ban-dau", digest="co mat 20"):
            answer = confirm(venue, headcount, actor)

    assert answer.headcount == 20
    assert facts() == ["presence_confirmed"]
    assert RollCallAnswer.objects.count() == 1


def test_another_number_in_the_round_replaces_the_first():
    venue = VenueFactory()
    roll_call = RollCallFactory(conference=venue.conference)
    confirm(venue, 20)

    confirm(venue, 22, at=NINE + MOVED)

    assert roll_call.answers.get().headcount == 22
    assert Venue.objects.get(pk=venue.pk).present_at == NINE


def test_a_room_may_say_that_it_is_there_before_the_beginning():
    venue = VenueFactory(conference=ConferenceFactory(invited=True))

    assert confirm(venue).presence == Presence.PRESENT


@pytest.mark.parametrize("headcount", [0, -1, 5_001])
def test_a_head_count_that_cannot_be_is_refused(headcount):
    venue = VenueFactory()

    with pytest.raises(HeadcountOutOfRange):
        confirm(venue, headcount)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"conference__live": True, "invited_at": None}, NotInvited),
        ({"conference__closed": True, "conference__live": False}, NotLive),
    ],
)
def test_who_was_not_invited_or_comes_too_late_is_told_so(given, refusal):
    with pytest.raises(refusal):
        confirm(VenueFactory(**given))


def test_nobody_answers_for_another_venue():
    venue = VenueFactory()
    other = VenueFactory(conference=venue.conference)

    for actor in (speaker_of(other), secretary_of(venue.conference)):
        with pytest.raises(NotPermitted):
            confirm(venue, actor=actor)


def amend(venue, actor, headcount=30):
    return rollcall.amend_answer(
        actor=actor, venue=venue, headcount=headcount, reason="Đếm lại", at=NINE + MOVED
    )


def test_the_secretariats_number_wins_over_the_venues():
    venue = VenueFactory()
    roll_call = RollCallFactory(conference=venue.conference)
    confirm(venue, 20)

    amend(venue, secretary_of(venue.conference))
    with pytest.raises(HeadcountSettled):
        confirm(venue, 25)
    confirm(venue, 30)  # as the secretariat has it

    answer = roll_call.answers.get()
    venue.refresh_from_db()
    assert (answer.headcount, answer.reason, venue.headcount) == (30, "Đếm lại", 30)
    assert facts() == ["presence_confirmed", "answer_amended"]


def test_an_amended_number_holds_for_its_round_only():
    venue = VenueFactory()
    chair = chair_of(venue.conference)
    roll_call = RollCallFactory(conference=venue.conference)
    amend(venue, secretary_of(venue.conference))
    rollcall.close_roll_call(actor=chair, roll_call=roll_call, at=NINE)
    rollcall.open_roll_call_round(actor=chair, conference=venue.conference, at=NINE)

    assert confirm(venue, 25).headcount == 25


def test_a_silent_venue_is_entered_with_its_reason():
    venue = VenueFactory()
    RollCallFactory(conference=venue.conference)

    answer = amend(venue, secretary_of(venue.conference))

    venue.refresh_from_db()
    assert (answer.headcount, venue.presence, venue.headcount) == (30, "present", 30)


def test_there_is_nothing_to_amend_without_a_round():
    venue = VenueFactory()

    with pytest.raises(NoRollCall):
        amend(venue, secretary_of(venue.conference))


def test_neither_chair_nor_venue_amends():
    venue = VenueFactory()
    RollCallFactory(conference=venue.conference)

    for actor in (chair_of(venue.conference), speaker_of(venue)):
        with pytest.raises(NotPermitted):
            amend(venue, actor)


def test_an_amendment_is_a_number_of_people_too():
    venue = VenueFactory()
    RollCallFactory(conference=venue.conference)

    with pytest.raises(HeadcountOutOfRange):
        amend(venue, secretary_of(venue.conference), headcount=0)
