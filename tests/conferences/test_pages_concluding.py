"""Drafting, confirming, issuing and following the conclusions, on their pages."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lantoa.access.vocabulary import Role
from lantoa.conferences.models import Conclusion
from lantoa.conferences.screens import conclusions as screens
from lantoa.live.fragments import Viewer
from lantoa.organisations.vocabulary import BodyKind, BodyRule
from lantoa.plans import actions as plans
from lantoa.plans.models import TaskParty
from tests.factories import NINE, BodyFactory, MandateFactory, actor_as, send, sign_in
from tests.factories.conferences import (
    ConclusionFactory,
    ConferenceFactory,
    VenueFactory,
    chair_of,
)
from tests.factories.documents import DocumentTypeFactory

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"conferences:{name}", args=args)


@pytest.fixture
def conference():
    return ConferenceFactory(live=True, host__kind=BodyKind.COUNCIL)


@pytest.fixture
def secretariat(client, conference):
    return sign_in(client, MandateFactory(role=Role.SECRETARIAT, body=conference.host))


@pytest.fixture
def chair(conference):
    return sign_in(Client(), MandateFactory(role=Role.CHAIR, body=conference.host))


@pytest.fixture
def said():
    lead = BodyFactory(name="Bộ Tư pháp")
    return {
        "heading": "Trình kế hoạch",
        "work": "Trình kế hoạch năm sau.",
        "lead_rule": "one",
        "lead": str(lead.pk),
        "deadline_text": "trước 30/11/2030",
        "due_on": "2030-11-30",
    }


def test_a_draft_is_written_with_its_lead_and_day(secretariat, conference, said):
    answer = send(secretariat, address("conclusions", conference.pk), said)

    drafted = Conclusion.objects.get()
    assert answer.status_code == 302
    assert (drafted.lead.name, drafted.due_on) == ("Bộ Tư pháp", date(2030, 11, 30))


def test_a_rule_needs_no_body(secretariat, conference, said):
    send(
        secretariat,
        address("conclusions", conference.pk),
        said | {"lead_rule": BodyRule.PROVINCES, "lead": ""},
    )

    drafted = Conclusion.objects.get()
    assert (drafted.lead, drafted.lead_rule) == (None, BodyRule.PROVINCES)


def test_a_day_is_proposed_and_the_person_decides(secretariat, conference, said):
    url = address("conclusions", conference.pk)
    undecided = said | {"due_on": ""}

    proposed = send(secretariat, url, undecided)
    assert proposed.status_code == 422
    assert 'value="2030-11-30"' in proposed.content.decode()
    assert not Conclusion.objects.exists()
    send(secretariat, url, undecided | {"undated": "on"})

    assert Conclusion.objects.get().due_on is None


def test_a_mistyped_year_is_said_at_its_field(secretariat, conference, said):
    url = address("conclusions", conference.pk)

    answer = send(secretariat, url, said | {"due_on": "0206-11-30"})

    assert answer.status_code == 422
    assert "từ năm 2000 đến năm 2100" in answer.content.decode()
    assert said["work"] in answer.content.decode()
    assert not Conclusion.objects.exists()


def test_the_words_propose_a_day_while_somebody_types(client):
    year = timezone.localdate().year + 1

    part = client.get(
        address("propose_deadline"), {"deadline_text": f"Quý II/{year}", "due_on": ""}
    )

    assert f'value="{year}-06-30"' in part.content.decode()


def test_a_conclusion_without_a_lead_is_not_kept(secretariat, conference, said):
    answer = send(
        secretariat, address("conclusions", conference.pk), said | {"lead": ""}
    )

    assert answer.status_code == 422
    assert "Hãy tìm và chọn một cơ quan chủ trì." in answer.content.decode()


def test_a_body_is_found_without_diacritics_and_what_was_typed_stays(
    secretariat, conference, said
):
    answer = send(
        secretariat,
        address("conclusions", conference.pk),
        {"find": "lead", "q-lead": "bo tu phap", "work": "Dở dang"},
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Bộ Tư pháp" in page
    assert "Dở dang" in page


def test_a_draft_is_revised_and_removed(secretariat, conference, said):
    draft = ConclusionFactory(conference=conference)
    url = address("conclusion", draft.pk)

    assert secretariat.get(url).status_code == 200
    send(secretariat, url, said)
    draft.refresh_from_db()
    assert draft.heading == "Trình kế hoạch"
    send(secretariat, address("remove_conclusion", draft.pk))
    assert not Conclusion.objects.exists()


def test_the_chair_confirms_and_gives_back(chair, conference):
    draft = ConclusionFactory(conference=conference)

    send(chair, address("confirm", draft.pk))
    draft.refresh_from_db()
    assert draft.confirmed
    send(chair, address("return", draft.pk))
    draft.refresh_from_db()
    assert not draft.confirmed


def test_the_dialog_says_how_much_leaves(chair, conference):
    DocumentTypeFactory()
    ConclusionFactory.create_batch(
        2, conference=conference, confirmed_by=5_000, confirmed_at=NINE
    )

    page = chair.get(address("conclusions", conference.pk)).content.decode()
    assert "2 nhiệm vụ được giao ngay đến 2 cơ quan" in page
    send(chair, address("issue", conference.pk))

    assert TaskParty.objects.count() == 2
    board = chair.get(address("conclusions", conference.pk)).content.decode()
    assert "Đã nhận 0/1 · đã xác nhận 0/1" in board


@pytest.fixture
def issued(conference, chair):
    DocumentTypeFactory()
    ConclusionFactory(conference=conference, confirmed_by=5_000, confirmed_at=NINE)
    send(chair, address("issue", conference.pk))
    return conference


def test_the_board_moves_with_what_the_body_does(issued):
    party = TaskParty.objects.select_related("body").get()
    clerk = actor_as(Role.OFFICER, party.body)
    states = [screens.conclusion_tiles(issued.pk, None, Viewer())[party.body_id]]

    plans.receive(actor=clerk, party=party, at=NINE)
    states.append(
        screens.conclusion_tiles(issued.pk, [party.body_id], Viewer())[party.body_id]
    )
    plans.acknowledge(actor=clerk, party=party, at=NINE + timedelta(hours=1))
    states.append(screens.conclusion_tiles(issued.pk, None, Viewer())[party.body_id])

    assert [state.split('"')[1] for state in states] == [
        "sent", "received", "acknowledged",
    ]  # fmt: skip
    count = screens.conclusion_counts(issued.pk, None, Viewer())
    assert list(count.values()) == ["<span>Đã nhận 1/1 · đã xác nhận 1/1</span>"]


def test_a_venue_sees_the_board_but_never_the_drafts(client, conference, issued):
    venue = VenueFactory(conference=issued)
    drafting = VenueFactory(body=venue.body).conference
    ConclusionFactory(conference=drafting)
    sign_in(client, MandateFactory(role=Role.REPRESENTATIVE, body=venue.body))

    assert client.get(address("conclusions", issued.pk)).status_code == 200
    assert client.get(address("conclusions", drafting.pk)).status_code == 404


def test_the_board_goes_on_after_the_conference(chair, issued):
    answer = chair.get(address("board_ticket", issued.pk))

    assert set(answer.json()) == {"ticket"}


def test_the_mark_changes_with_every_draft(conference):
    def mark():
        return screens.conclusion_stamp(conference.pk, None, Viewer("chair"))

    marks = [mark()]
    draft = ConclusionFactory(conference=conference)
    marks.append(mark())
    draft.work = "Khác"
    draft.save()
    marks.append(mark())

    assert len({str(each) for each in marks}) == 3


@pytest.mark.parametrize("drafts", [1, 3])
def test_the_drafts_cost_the_same_queries_however_many(
    chair, conference, drafts, django_assert_num_queries
):
    for draft in ConclusionFactory.create_batch(drafts, conference=conference):
        draft.coordinating.add(BodyFactory())
    url = address("conclusions", conference.pk)
    chair.get(url)

    with django_assert_num_queries(DRAFTS_QUERIES):
        chair.get(url)


DRAFTS_QUERIES = 14


def test_nobody_else_touches_a_draft(client, conference, said):
    draft = ConclusionFactory(conference=conference)
    sign_in(client, MandateFactory(role=Role.SECRETARIAT))

    for name in ("conclusion", "confirm", "return", "remove_conclusion"):
        assert send(client, address(name, draft.pk), said).status_code == 404
    assert send(client, address("issue", conference.pk)).status_code == 404
    assert chair_of(conference).body_id == conference.host_id
