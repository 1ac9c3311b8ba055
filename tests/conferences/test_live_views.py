"""The pages and commands of a conference that is being held."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from lantoa.access.vocabulary import Role
from lantoa.conferences.models import Directive, RollCall, Turn, Venue
from lantoa.conferences.vocabulary import (
    ConferenceState,
    ItemState,
    Presence,
    TurnState,
)
from lantoa.conferences.web import sharing
from lantoa.live import tickets
from tests.factories import NINE, MandateFactory, send, sign_in
from tests.factories.conferences import (
    ConferenceFactory,
    ItemFactory,
    TurnFactory,
    VenueFactory,
)
from tests.factories.documents import PaperFactory

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"conferences:{name}", args=args)


@pytest.fixture(autouse=True)
def _nothing_kept():
    sharing.forget()


@pytest.fixture
def conference():
    return ConferenceFactory(live=True)


@pytest.fixture
def chair(client, conference):
    return sign_in(client, MandateFactory(role=Role.CHAIR, body=conference.host))


@pytest.fixture
def venue(conference):
    return VenueFactory(conference=conference, name="Lạng Sơn", expected=24)


@pytest.fixture
def speaker(client, venue):
    return sign_in(client, MandateFactory(role=Role.REPRESENTATIVE, body=venue.body))


def press(client, url, said=None):
    """Send a command as a live page does: in the background, with its key."""
    headers = {"HX-Request": "true", "Idempotency-Key": uuid4().hex}
    return client.post(url, said or {}, headers=headers)


# Who sees what


@pytest.mark.parametrize("role", [Role.CHAIR, Role.SECRETARIAT])
def test_chair_and_secretariat_have_the_console(client, conference, role):
    sign_in(client, MandateFactory(role=role, body=conference.host))

    answer = client.get(address("console", conference.pk))

    assert answer.status_code == 200
    assert b'id="queue-desk"' in answer.content


def test_nobody_else_has_the_console(client, conference, venue):
    page = address("console", conference.pk)
    assert client.get(page).status_code == 404
    sign_in(client, MandateFactory(role=Role.REPRESENTATIVE, body=venue.body))
    assert client.get(page).status_code == 404
    sign_in(client, MandateFactory(role=Role.CHAIR))
    assert client.get(page).status_code == 404


@pytest.mark.usefixtures("speaker")
def test_a_venue_has_its_own_console_and_no_other(client, conference, venue):
    other = VenueFactory(conference=conference)

    mine = client.get(address("venue_console", conference.pk, venue.pk))

    assert mine.status_code == 200
    assert f'own="{venue.pk}"' in mine.content.decode()
    assert 'value="24"' in mine.content.decode()
    theirs = client.get(address("venue_console", conference.pk, other.pk))
    assert theirs.status_code == 404


def test_anybody_follows_what_is_public(client, conference, venue):
    page = reverse("watch:conference", args=[conference.pk])

    answer = client.get(page)

    assert answer.status_code == 200
    assert f'id="tile-{venue.pk}"' in answer.content.decode()
    assert 'form="lenh"' not in answer.content.decode()
    assert client.get(reverse("watch:hall", args=[conference.pk])).status_code == 200
    conference.open_to_public = False
    conference.save()
    sharing.forget()
    assert client.get(page).status_code == 404


def test_the_list_is_the_same_tiles(client, conference, venue):
    page = reverse("watch:conference", args=[conference.pk])

    listed = client.get(page, {"xem": "danh-sach"}).content.decode()

    assert "venues--list" in listed
    assert f'id="tile-{venue.pk}"' in listed


@pytest.mark.usefixtures("speaker", "venue")
@pytest.mark.parametrize("name", ["hall", "follow"])
def test_who_sits_in_a_venue_may_open_the_screens(client, conference, name):
    assert client.get(address(name, conference.pk)).status_code == 200


@pytest.mark.usefixtures("chair")
@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_the_same_queries_with_more_venues(
    client, conference, number, django_assert_num_queries
):
    VenueFactory.create_batch(number, conference=conference)
    client.get(address("console", conference.pk))

    with django_assert_num_queries(31):
        client.get(address("console", conference.pk))


# Tickets


def ticket(answer):
    return tickets.read(answer.json()["ticket"])


def test_the_public_ticket_rests_on_no_mandate(client, conference):
    found = ticket(client.get(reverse("watch:ticket", args=[conference.pk])))

    assert found.topic == conference.topic
    assert found.viewer.authority == "public"
    assert found.mandate_id is None


@pytest.mark.usefixtures("speaker")
def test_a_venues_ticket_carries_its_heartbeats(client, conference, venue):
    page = address("ticket", conference.pk)

    found = ticket(client.get(page, {"diem-cau": venue.pk}))

    assert found.subject == f"venue:{venue.pk}"
    assert found.viewer.authority == "venue"
    assert found.mandate_id is not None
    other = VenueFactory(conference=conference)
    assert client.get(page, {"diem-cau": other.pk}).status_code == 403


def test_a_ticket_ends_with_its_mandate(client, conference):
    today = timezone.localdate()
    sign_in(
        client,
        MandateFactory(role=Role.CHAIR, body=conference.host, ends_on=today),
    )

    found = ticket(client.get(address("ticket", conference.pk)))

    midnight = timezone.localtime().replace(
        hour=0, minute=0, second=0, microsecond=0
    ) + timedelta(days=1)
    assert found.expires <= midnight.timestamp()
    assert found.viewer.authority == "chair"


@pytest.mark.usefixtures("chair")
def test_a_lower_ticket_is_given_when_asked_for(client, conference):
    found = ticket(client.get(address("ticket", conference.pk), {"nhu": "delegate"}))

    assert found.viewer.authority == "delegate"


def test_no_ticket_when_not_allowed_or_over(client, conference):
    page = reverse("watch:ticket", args=[conference.pk])
    conference.open_to_public = False
    conference.save()
    assert client.get(page).status_code == 403
    assert client.get(address("ticket", conference.pk)).status_code == 403


# Commands


@pytest.mark.usefixtures("chair")
def test_the_chair_holds_a_conference_by_buttons(client, conference, venue):
    page = address("console", conference.pk)
    item = ItemFactory(conference=conference)
    turn = TurnFactory(venue=venue)

    def command(name, *args, **said):
        answer = send(client, address(name, conference.pk, *args), said)
        assert answer.status_code == 302
        assert answer.url == page

    command("live_roll_open")
    assert RollCall.objects.get().closed_at is None
    command("live_roll_close")
    assert RollCall.objects.get().closed_at is not None
    command("live_item", item.pk, "bat-dau")
    item.refresh_from_db()
    assert item.state == ItemState.RUNNING
    command("live_turn", turn.pk, "moi", minutes="5")
    turn.refresh_from_db()
    assert turn.length == timedelta(minutes=5)
    for verb, state in [
        ("tam-dung", TurnState.PAUSED),
        ("tiep-tuc", TurnState.SPEAKING),
        ("ket-thuc", TurnState.DONE),
    ]:
        command("live_turn", turn.pk, verb)
        turn.refresh_from_db()
        assert turn.state == state
    command("live_close")
    conference.refresh_from_db()
    assert conference.state == ConferenceState.CLOSED


@pytest.mark.usefixtures("chair")
def test_a_lever_is_answered_without_a_page(client, conference):
    page = address("live_roll_open", conference.pk)

    assert press(client, page).status_code == 204
    again = press(client, page)

    assert again.status_code == 409
    assert "toast" in again.content.decode()
    assert RollCall.objects.count() == 1


@pytest.mark.usefixtures("chair")
def test_a_turn_is_placed_by_its_number(client, conference):
    turns = [TurnFactory(venue=VenueFactory(conference=conference)) for _ in range(3)]
    page = address("live_turn", conference.pk, turns[2].pk, "xep")

    press(client, page, {"place": "1"})

    turns[2].refresh_from_db()
    assert turns[2].placement == 0.0
    assert send(client, page, {"place": "x"}).status_code == 404
    nonsense = address("live_turn", conference.pk, turns[2].pk, "bay")
    assert send(client, nonsense).status_code == 404


@pytest.mark.usefixtures("speaker")
def test_a_venue_cannot_run_the_conference(client, conference, venue):
    turn = TurnFactory(venue=venue)

    answer = send(client, address("live_turn", conference.pk, turn.pk, "moi"))

    assert answer.status_code == 404
    turn.refresh_from_db()
    assert turn.state == TurnState.WAITING


@pytest.mark.usefixtures("speaker")
def test_a_venue_is_there_asks_and_withdraws(client, conference, venue):
    args = (conference.pk, venue.pk)
    console = address("venue_console", *args)

    answer = send(client, address("live_presence", *args), {"headcount": "31"})

    assert answer.url == console
    venue.refresh_from_db()
    assert (venue.presence, venue.headcount) == (Presence.PRESENT, 31)
    said = {"topic": "Mô hình ở biên giới", "klass": "5", "speaker_office": "Giám đốc"}
    send(client, address("live_ask", *args), said)
    assert Turn.objects.get().topic == "Mô hình ở biên giới"
    assert 'data-call="next"' in client.get(console).content.decode()
    send(client, address("live_withdraw", *args))
    assert Turn.objects.get().state == TurnState.WITHDRAWN
    assert press(client, address("live_withdraw", *args)).status_code == 409


@pytest.mark.usefixtures("speaker")
def test_what_was_typed_wrong_is_said_and_stays(client, conference, venue):
    page = address("live_presence", conference.pk, venue.pk)

    whole = send(client, page, {"headcount": "0"})
    part = press(client, page, {"headcount": ""})

    assert whole.status_code == 422
    assert "Số người dự" in whole.content.decode()
    assert part.status_code == 422
    assert part.content.decode().lstrip().startswith("<toast-note")
    assert Venue.objects.get().presence == Presence.WAITING


@pytest.mark.usefixtures("speaker")
def test_the_console_asks_while_the_roll_is_called(client, conference, venue):
    page = address("venue_console", conference.pk, venue.pk)
    assert "data-asked" not in client.get(page).content.decode()
    RollCall.objects.create(conference=conference, number=1, opened_at=NINE)
    asked = client.get(page).content.decode()
    assert "data-asked" in asked
    assert "Đang điểm danh lượt 1" in asked
    send(
        client,
        address("live_presence", conference.pk, venue.pk),
        {"headcount": "24"},
    )
    assert "data-asked" not in client.get(page).content.decode()


def test_a_delegate_finds_the_papers_that_may_be_read(client, conference):
    shown = PaperFactory(public=True)
    hidden = PaperFactory(public=False)
    for paper in (shown, hidden):
        Directive.objects.create(conference=conference, paper=paper)

    page = client.get(reverse("watch:conference", args=[conference.pk]))

    html = page.content.decode()
    assert shown.get_absolute_url() in html
    assert hidden.get_absolute_url() not in html


def test_a_crowd_that_comes_at_once_costs_one_rendering(
    client, conference, venue, django_assert_num_queries
):
    page = reverse("watch:conference", args=[conference.pk])
    first = client.get(page)

    with django_assert_num_queries(0):
        second = client.get(page)

    assert second.content == first.content
    assert second.headers["Content-Type"] == first.headers["Content-Type"]
    assert f'id="tile-{venue.pk}"' in second.content.decode()


def test_a_page_with_somebodys_name_is_shared_with_nobody(client, conference):
    page = reverse("watch:conference", args=[conference.pk])
    sign_in(client, MandateFactory(role=Role.CHAIR, body=conference.host))
    signed_in = client.get(page).content.decode()

    client.logout()

    assert client.get(page).content.decode() != signed_in
