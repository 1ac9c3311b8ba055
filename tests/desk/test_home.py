import pytest
from django.urls import reverse

from lantoa.access.vocabulary import Role
from lantoa.conferences.vocabulary import ConferenceState
from tests.factories import NINE, BodyFactory, MandateFactory, sign_in
from tests.factories.conferences import ConferenceFactory, VenueFactory
from tests.factories.plans import PartyFactory

pytestmark = pytest.mark.django_db


def waiting(client, role, body):
    sign_in(client, MandateFactory(role=role, body=body))
    response = client.get(reverse("desk:home"))
    return [(each.href, each.live) for each in response.context["waiting"]]


def test_who_is_not_signed_in_signs_in(client):
    assert client.get(reverse("desk:home")).url.startswith(reverse("account_login"))


def test_a_live_conference_waits_first_with_the_way_in_for_each(client):
    venue = VenueFactory()
    pk, host = venue.conference_id, venue.conference.host
    console = reverse("conferences:console", args=[pk])
    own = reverse("conferences:venue_console", args=[pk, venue.pk])
    follow = reverse("conferences:follow", args=[pk])

    assert waiting(client, Role.CHAIR, host)[0] == (console, True)
    assert waiting(client, Role.SECRETARIAT, host)[0] == (console, True)
    assert waiting(client, Role.REPRESENTATIVE, venue.body)[0] == (own, True)
    assert waiting(client, Role.DELEGATE, venue.body)[0] == (follow, True)
    assert waiting(client, Role.DELEGATE, BodyFactory()) == []


def test_an_invitation_waits_until_it_is_answered(client):
    venue = VenueFactory(conference__live=False, conference__invited=True)
    answer = reverse("conferences:answer", args=[venue.conference_id, venue.pk])
    own = reverse("conferences:venue_console", args=[venue.conference_id, venue.pk])

    assert waiting(client, Role.REPRESENTATIVE, venue.body) == [(answer, False)]
    venue.answered_at = NINE
    venue.save()
    assert waiting(client, Role.REPRESENTATIVE, venue.body) == [(own, False)]


def test_tasks_wait_until_they_are_acknowledged(client):
    party = PartyFactory()
    inbox = (reverse("plans:inbox"), False)

    assert waiting(client, Role.OFFICER, party.body) == [inbox]
    party.acknowledged_at = party.received_at = NINE
    party.acknowledged_by = "Phó Chủ tịch"
    party.save()
    assert waiting(client, Role.OFFICER, party.body) == []


def test_conclusions_wait_for_who_runs_the_conference(client):
    conference = ConferenceFactory(closed=True)
    conclusions = reverse("conferences:conclusions", args=[conference.pk])

    assert waiting(client, Role.CHAIR, conference.host) == [(conclusions, False)]


def test_preparing_goes_on(client):
    conference = ConferenceFactory(state=ConferenceState.PREPARING)
    page = reverse("conferences:conference", args=[conference.pk])

    assert waiting(client, Role.SECRETARIAT, conference.host) == [(page, False)]


@pytest.mark.parametrize("others", [1, 3])
def test_the_desk_costs_the_same_however_much_waits(
    client, others, django_assert_num_queries
):
    body = BodyFactory()
    VenueFactory.create_batch(others, body=body)
    for venue in VenueFactory.create_batch(
        others, body=body, conference__live=False, conference__invited=True
    ):
        assert venue.answered_at is None
    PartyFactory.create_batch(others, body=body)
    sign_in(client, MandateFactory(role=Role.REPRESENTATIVE, body=body))

    with django_assert_num_queries(16):
        response = client.get(reverse("desk:home"))

    assert len(response.context["waiting"]) == 2 * others + 1
