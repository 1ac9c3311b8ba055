"""What could be left over: turns nobody ends, tasks nobody gets, answers given twice."""

from threading import Thread
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.urls import reverse

from lantoa.access.vocabulary import Role
from lantoa.conferences.actions import agenda, conclusions, floor, rollcall, running
from lantoa.conferences.models import RollCall, RollCallAnswer, Turn
from lantoa.conferences.queries.conclusions import wording
from lantoa.conferences.vocabulary import (
    ClauseIncomplete,
    NotConfirmed,
    RequestClass,
    TurnState,
)
from lantoa.documents.models import Paper
from lantoa.journal.models import Entry
from tests.factories import NINE, MandateFactory, sign_in
from tests.factories.conferences import (
    ConclusionFactory,
    ConferenceFactory,
    ItemFactory,
    RollCallFactory,
    TurnFactory,
    VenueFactory,
    chair_of,
    secretary_of,
    speaker_of,
)
from tests.factories.documents import DocumentTypeFactory


def address(name, *args):
    return reverse(f"conferences:{name}", args=args)


def meanwhile_closed(conference, command):
    """Let the chair close the conference while *command* has not committed yet."""
    chair = chair_of(conference)

    def close():
        try:
            running.close_conference(actor=chair, conference=conference, at=NINE)
        finally:
            connection.close()

    closing = Thread(target=close)
    with transaction.atomic():
        command()
        closing.start()
        closing.join(1)  # it waits for the command, or would be through by now
    closing.join()


@pytest.mark.django_db(transaction=True)
def test_whoever_asks_while_the_conference_closes_does_not_wait_for_ever():
    venue = VenueFactory()
    who = speaker_of(venue)

    meanwhile_closed(
        venue.conference,
        lambda: floor.ask_for_floor(
            actor=who, venue=venue, klass=RequestClass.GENERAL, topic="Xin hỏi", at=NINE
        ),
    )

    assert Turn.objects.get().state == TurnState.PASSED


@pytest.mark.django_db(transaction=True)
def test_whoever_answers_while_the_conference_closes_is_counted_in_the_round():
    venue = VenueFactory()
    RollCallFactory(conference=venue.conference)
    who = speaker_of(venue)

    meanwhile_closed(
        venue.conference,
        lambda: rollcall.confirm_presence(
            actor=who, venue=venue, headcount=20, at=NINE
        ),
    )

    said = Entry.objects.get(name="conferences.roll_call_closed").payload
    assert (said["present"], RollCallAnswer.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_an_item_taken_up_again_gives_its_speaker_no_second_turn():
    venue = VenueFactory()
    item = ItemFactory(conference=venue.conference, presenter_venue=venue)
    chair = chair_of(venue.conference)

    agenda.start_item(actor=chair, item=item, at=NINE)
    agenda.suspend_item(actor=chair, item=item, at=NINE)
    agenda.start_item(actor=chair, item=item, at=NINE)

    assert Turn.objects.get().state == TurnState.SPEAKING


@pytest.mark.django_db
def test_a_place_in_the_queue_goes_over_to_the_item_that_is_heard():
    venue, speaker = VenueFactory.create_batch(2, conference=ConferenceFactory(live=1))
    first, second = ItemFactory.create_batch(
        2, conference=venue.conference, presenter_venue=venue
    )
    held = TurnFactory(venue=speaker)
    chair = chair_of(venue.conference)
    floor.give_floor(actor=chair, turn=held, at=NINE)

    agenda.start_item(actor=chair, item=first, at=NINE)
    agenda.suspend_item(actor=chair, item=first, at=NINE)
    agenda.start_item(actor=chair, item=second, at=NINE)
    own = Turn.objects.get(venue=venue)
    assert (own.item, own.topic, own.state) == (
        second,
        second.title,
        TurnState.WAITING,
    )

    agenda.finish_item(actor=chair, item=second, at=NINE)
    own.refresh_from_db()
    assert own.state == TurnState.PASSED


@pytest.mark.django_db
def test_the_turn_of_an_item_that_is_skipped_goes_with_it():
    venue, speaker = VenueFactory.create_batch(2, conference=ConferenceFactory(live=1))
    item = ItemFactory(conference=venue.conference, presenter_venue=venue)
    chair = chair_of(venue.conference)
    floor.give_floor(actor=chair, turn=TurnFactory(venue=speaker), at=NINE)
    agenda.start_item(actor=chair, item=item, at=NINE)
    agenda.suspend_item(actor=chair, item=item, at=NINE)

    agenda.skip_item(actor=chair, item=item, at=NINE)

    assert Turn.objects.get(venue=venue).state == TurnState.PASSED


@pytest.mark.django_db
def test_a_rule_that_names_nobody_is_not_issued():
    DocumentTypeFactory()
    conference = ConferenceFactory(closed=True)
    ConclusionFactory(
        conference=conference,
        lead=None,
        lead_rule="ministries",
        confirmed_by=2_000_000,
        confirmed_at=NINE,
    )

    with pytest.raises(ClauseIncomplete, match="số 1"):
        conclusions.issue_conclusions(
            actor=chair_of(conference), conference=conference, at=NINE
        )

    assert not Paper.objects.exists()


@pytest.mark.django_db
def test_the_chair_confirms_only_the_words_that_were_read():
    draft = ConclusionFactory()
    read = wording(draft)
    terms = {
        "heading": draft.heading, "lead": draft.lead, "lead_rule": None,
        "coordinating": [], "deadline_text": draft.deadline_text, "due_on": None,
        "product": "",
    }  # fmt: skip
    conclusions.revise_conclusion(
        actor=secretary_of(draft.conference),
        conclusion=draft, work="Việc khác hẳn.", at=NINE, **terms,
    )  # fmt: skip
    chair = chair_of(draft.conference)

    with pytest.raises(NotConfirmed, match="được sửa"):
        conclusions.confirm_conclusion(
            actor=chair, conclusion=draft, read=read, at=NINE
        )

    draft.refresh_from_db()
    assert not draft.confirmed
    again = conclusions.confirm_conclusion(
        actor=chair, conclusion=draft, read=wording(draft), at=NINE
    )
    assert again.confirmed


@pytest.mark.django_db
def test_the_page_of_drafts_says_which_words_are_confirmed(client):
    draft = ConclusionFactory()
    mandate = MandateFactory(role=Role.CHAIR, body=draft.conference.host)
    sign_in(client, mandate)
    shown = client.get(address("conclusions", draft.conference_id)).content.decode()
    confirming = f"{address('confirm', draft.pk)}?ban={wording(draft)}"
    assert confirming in shown

    draft.work = "Việc khác hẳn."
    draft.save()
    answer = client.post(confirming, {"_key": uuid4().hex})

    draft.refresh_from_db()
    assert (answer.status_code, draft.confirmed) == (409, False)


@pytest.mark.django_db
def test_a_request_withdrawn_twice_under_one_key_is_answered_twice(client):
    turn = TurnFactory()
    mandate = MandateFactory(role=Role.REPRESENTATIVE, body=turn.venue.body)
    sign_in(client, mandate)
    url = address("live_withdraw", turn.conference_id, turn.venue_id)

    answers = [client.post(url, {"_key": "mot"}).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert client.post(url, {"_key": "hai"}).status_code == 409


@pytest.mark.django_db
def test_a_round_ended_twice_under_one_key_is_answered_twice(client):
    roll_call = RollCallFactory()
    mandate = MandateFactory(role=Role.CHAIR, body=roll_call.conference.host)
    sign_in(client, mandate)
    url = address("live_roll_close", roll_call.conference_id)

    answers = [client.post(url, {"_key": "mot"}).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert client.post(url, {"_key": "hai"}).status_code == 409
    assert RollCall.objects.get().closed_at is not None
