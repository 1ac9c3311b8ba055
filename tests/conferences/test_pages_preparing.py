"""The pages of preparing a conference, as each kind of person meets them."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from lantoa.access.vocabulary import Role
from lantoa.conferences.models import AgendaItem, Conference, Delegation, Venue
from lantoa.conferences.queries.agenda import timeline
from lantoa.conferences.vocabulary import Check, CheckState, ItemKind
from lantoa.kernel.dates import HANOI
from tests.factories import BodyFactory, MandateFactory, send, sign_in
from tests.factories.conferences import (
    ConferenceFactory,
    ItemFactory,
    VenueFactory,
)

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"conferences:{name}", args=args)


@pytest.fixture
def conference():
    return ConferenceFactory(invited=True, title="Hội nghị phổ biến luật mới")


@pytest.fixture
def secretariat(client, conference):
    return sign_in(client, MandateFactory(role=Role.SECRETARIAT, body=conference.host))


@pytest.fixture
def venue(conference):
    return VenueFactory(conference=conference, name="Lạng Sơn")


FORM = {
    "title": "Hội nghị triển khai nhiệm vụ",
    "purpose": "Quán triệt và giao việc.",
    "chair_office": "Chủ tịch Hội đồng",
    "place": "Hà Nội",
    "planned_date": "2026-12-15",
    "planned_time": "08:30",
    "open_to_public": "on",
}


def test_a_conference_is_opened_for_preparation_in_ha_noi_time(client):
    mandate = MandateFactory(role=Role.SECRETARIAT)
    sign_in(client, mandate)

    answer = send(client, address("new"), FORM | {"host": mandate.body_id})

    opened = Conference.objects.get()
    assert answer.status_code == 302
    assert opened.planned_start == datetime(2026, 12, 15, 8, 30, tzinfo=HANOI)
    assert opened.on == date(2026, 12, 15)


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.CHAIR])
def test_the_way_leads_to_the_form_only_who_may_use_it(client, conference, role):
    sign_in(client, MandateFactory(role=role, body=conference.host))

    page = client.get(address("conference", conference.pk)).content.decode()

    assert (address("edit", conference.pk) in page) == (role == Role.SECRETARIAT)


def test_a_conference_leads_to_its_journal(secretariat, conference):
    page = secretariat.get(address("conference", conference.pk)).content.decode()
    journal = reverse("journal:subject", args=["conference", conference.pk])

    assert f'href="{journal}"' in page
    assert secretariat.get(journal).status_code == 200


def test_what_was_typed_stays_when_something_is_wrong(client):
    mandate = MandateFactory(role=Role.SECRETARIAT)
    sign_in(client, mandate)

    answer = send(client, address("new"), FORM | {"host": mandate.body_id, "place": ""})

    assert answer.status_code == 422
    assert "Quán triệt và giao việc." in answer.content.decode()
    assert not Conference.objects.exists()


def test_looking_for_a_paper_judges_and_writes_nothing(client):
    sign_in(client, MandateFactory(role=Role.SECRETARIAT))

    answer = send(
        client,
        address("new"),
        {"find": "directives", "q-directives": "1521", "title": "Hội nghị dở dang"},
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Hội nghị dở dang" in page
    assert "Không tìm thấy “1521”" in page


@pytest.mark.parametrize(
    "name",
    ["conference", "edit", "next", "agenda", "programme", "venues", "rehearsal",
     "conclusions"],
)  # fmt: skip
def test_the_secretariat_opens_every_page(secretariat, conference, venue, name):
    ItemFactory(conference=conference)

    answer = secretariat.get(address(name, conference.pk))

    assert answer.status_code == 200
    assert "Hội nghị phổ biến luật mới" in answer.content.decode()


@pytest.mark.parametrize("name", ["answer", "checklist", "seats", "invitation"])
def test_a_venue_opens_its_own_pages_and_no_others(client, conference, venue, name):
    other = VenueFactory(conference=conference)
    sign_in(client, MandateFactory(role=Role.REPRESENTATIVE, body=venue.body))

    own = client.get(address(name, conference.pk, venue.pk))
    foreign = client.get(address(name, conference.pk, other.pk))

    assert (own.status_code, foreign.status_code) == (200, 404)


@pytest.mark.parametrize("name", ["edit", "next", "venues", "conclusions"])
def test_a_venue_doesnt_see_the_secretariats_pages(client, conference, venue, name):
    sign_in(client, MandateFactory(role=Role.REPRESENTATIVE, body=venue.body))

    assert client.get(address(name, conference.pk)).status_code == 404


def test_the_list_shows_what_one_has_to_do_with(client, conference, venue):
    sign_in(client, MandateFactory(role=Role.REPRESENTATIVE, body=venue.body))
    ConferenceFactory(title="Hội nghị nội bộ", open_to_public=False, invited=True)

    page = client.get(address("index")).content.decode()

    assert "Hội nghị phổ biến luật mới" in page
    assert "Hội nghị nội bộ" not in page


def test_an_empty_list_says_what_to_do(client):
    assert "Chưa có hội nghị nào" in client.get(address("index")).content.decode()


def test_items_are_added_moved_and_removed(secretariat, conference):
    url = address("agenda", conference.pk)
    for title in ("Khai mạc", "Báo cáo"):
        send(secretariat, url, {"title": title, "kind": "report", "minutes": "10"})
    last = AgendaItem.objects.get(title="Báo cáo")

    send(secretariat, address("move_item", last.pk), {"place": "1"})

    order = conference.items.order_by("position").values_list("title", flat=True)
    assert list(order) == ["Báo cáo", "Khai mạc"]
    send(secretariat, address("remove_item", last.pk))
    assert conference.items.count() == 1


def test_a_session_needs_no_minutes_but_an_item_does(secretariat, conference):
    url = address("agenda", conference.pk)

    session = send(secretariat, url, {"title": "Phiên sáng", "kind": "session"})
    item = send(secretariat, url, {"title": "Báo cáo", "kind": "report"})

    assert (session.status_code, item.status_code) == (302, 422)
    assert conference.items.get().kind == ItemKind.SESSION


@pytest.mark.parametrize("others", [3, 63])
def test_the_venues_cost_the_same_queries_however_many(
    secretariat, conference, others, django_assert_num_queries
):
    VenueFactory.create_batch(others, conference=conference)
    url = address("venues", conference.pk)
    secretariat.get(url)

    with django_assert_num_queries(VENUES_QUERIES):
        secretariat.get(url)


VENUES_QUERIES = 12


def test_venues_are_filtered_and_found_without_diacritics(
    secretariat, conference, venue
):
    VenueFactory(conference=conference, name="Cà Mau")
    url = address("venues", conference.pk)

    page = secretariat.get(url, {"loc": "chua-tra-loi", "q": "lang son"})

    shown = [line.venue.name for line in page.context["lines"]]
    assert shown == ["Lạng Sơn"]


def test_an_answer_with_a_delegation_is_kept_and_printed(client, conference, venue):
    district = BodyFactory(name="Ủy ban nhân dân huyện Cao Lộc")
    sign_in(client, MandateFactory(role=Role.REPRESENTATIVE, body=venue.body))

    answer = send(
        client,
        address("answer", conference.pk, venue.pk),
        {
            "room": "Hội trường tầng 2",
            "lead_office": "Phó Chủ tịch UBND tỉnh",
            "delegates": "Giám đốc Sở Tư pháp\n\n  Chánh Văn phòng ",
            "expected": "24",
            "contact": "Trưởng phòng, 0205 3 000 000",
            "delegations": [str(district.pk)],
            f"seats-{district.pk}": "5",
        },
    )

    assert answer.status_code == 302
    seat = Delegation.objects.get()
    assert (seat.venue, seat.body, seat.headcount) == (venue, district, 5)
    offices = venue.delegates.order_by("position").values_list("office", flat=True)
    assert list(offices) == ["Giám đốc Sở Tư pháp", "Chánh Văn phòng"]
    printed = client.get(answer.url).content.decode()
    assert "Ủy ban nhân dân huyện Cao Lộc" in printed


def test_a_wrong_answer_keeps_what_was_typed_and_chosen(client, conference, venue):
    district = BodyFactory(name="Ủy ban nhân dân huyện Cao Lộc")
    sign_in(client, MandateFactory(role=Role.REPRESENTATIVE, body=venue.body))

    answer = send(
        client,
        address("answer", conference.pk, venue.pk),
        {"room": "Hội trường tầng 2", "delegations": [str(district.pk)]},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Hội trường tầng 2" in page
    assert "Ủy ban nhân dân huyện Cao Lộc" in page
    assert Venue.objects.get(pk=venue.pk).answered_at is None


def test_a_cell_of_the_rehearsal_turns_on_each_press(secretariat, conference, venue):
    url = address("check_cell", conference.pk)
    states = []

    for _ in range(3):
        send(secretariat, url, {"cell": f"{venue.pk}:{Check.SOUND}"})
        states.append(venue.checks.get(check_of=Check.SOUND).state)

    assert states == [CheckState.GOOD, CheckState.FAULT, CheckState.OPEN]


def test_a_whole_row_is_good_at_once(secretariat, conference, venue):
    send(secretariat, address("check_cell", conference.pk), {"cell": f"{venue.pk}:all"})

    assert venue.checks.filter(state=CheckState.GOOD).count() == len(Check)


def test_a_venue_enters_its_own_checks_with_notes(client, conference, venue):
    sign_in(client, MandateFactory(role=Role.REPRESENTATIVE, body=venue.body))

    send(
        client,
        address("checklist", conference.pk, venue.pk),
        {"state-sound": "fault", "note-sound": "Có tiếng vọng"},
    )

    check = venue.checks.get(check_of=Check.SOUND)
    assert (check.state, check.note) == (CheckState.FAULT, "Có tiếng vọng")


@pytest.mark.parametrize("others", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("rehearsal", 7), ("agenda", 8)])
def test_lists_cost_the_same_queries_however_long(
    secretariat, conference, others, name, queries, django_assert_num_queries
):
    for venue in VenueFactory.create_batch(others, conference=conference):
        ItemFactory(conference=conference, presenter_venue=venue)
        venue.checks.create(check_of=Check.SOUND, state=CheckState.FAULT, note="Vọng")
    url = address(name, conference.pk)
    secretariat.get(url)

    with django_assert_num_queries(queries):
        secretariat.get(url)


@pytest.mark.parametrize("others", [1, 3])
def test_the_list_of_conferences_costs_the_same_queries(
    secretariat, conference, others, django_assert_num_queries
):
    ConferenceFactory.create_batch(others, host=conference.host)
    ConferenceFactory.create_batch(others, invited=True)
    secretariat.get(address("index"))

    with django_assert_num_queries(INDEX_QUERIES):
        secretariat.get(address("index"))


INDEX_QUERIES = 6


def test_a_pasted_list_is_shown_before_it_is_added(secretariat, conference):
    known = BodyFactory(name="Hội Luật gia tỉnh Mẫu")
    url = address("add_pasted", conference.pk)

    preview = send(
        secretariat,
        url,
        {"names": "hoi luat gia tinh mau\nluat gia\nKhông có thật", "kind": "other"},
    )

    context = preview.context
    assert [name.body for name in context["matched"]] == [known]
    assert [(line, bodies) for _, line, bodies in context["ambiguous"]] == [
        ("luat gia", [known])
    ]
    assert [name.line for name in context["unmatched"]] == ["Không có thật"]
    assert not conference.venues.exists()
    send(secretariat, url, {"accept": "1", "kind": "other", "body": str(known.pk)})
    assert conference.venues.get().body == known


def test_venues_are_invited_from_their_page(secretariat, conference):
    VenueFactory(conference=conference, invited_at=None)

    send(secretariat, address("invite", conference.pk))

    assert not conference.venues.filter(invited_at=None).exists()


def test_a_venue_is_taken_off_the_list(secretariat, conference, venue):
    send(secretariat, address("remove_venue", conference.pk, venue.pk))

    assert not conference.venues.exists()


def test_the_next_conference_opens_from_this_one(secretariat, conference):
    ItemFactory(conference=conference, title="Khai mạc")

    answer = send(
        secretariat,
        address("next", conference.pk),
        {
            "title": "Hội nghị kế tiếp",
            "planned_date": "2027-01-05",
            "planned_time": "08:00",
        },
    )

    following = Conference.objects.get(title="Hội nghị kế tiếp")
    assert answer.url == address("conference", following.pk)
    assert following.items.get().title == "Khai mạc"


def test_a_conference_that_has_begun_is_not_edited(client):
    conference = ConferenceFactory(live=True)
    sign_in(client, MandateFactory(role=Role.SECRETARIAT, body=conference.host))

    answer = client.get(address("edit", conference.pk))

    assert answer.status_code == 409
    assert "Hội nghị đã bắt đầu" in answer.content.decode()


def test_an_item_page_shows_and_changes_it(secretariat, conference):
    item = ItemFactory(conference=conference, title="Cũ")
    url = address("item", item.pk)

    assert secretariat.get(url).status_code == 200
    send(secretariat, url, {"title": "Mới", "kind": "paper", "minutes": "9"})

    item.refresh_from_db()
    assert (item.title, item.minutes, item.kind) == ("Mới", 9, ItemKind.PAPER)


def test_the_printed_programme_keeps_the_planned_hours():
    conference = ConferenceFactory(live=True)
    ItemFactory(conference=conference)
    conference.started_at = conference.planned_start + timedelta(days=400)
    conference.save(update_fields=["started_at"])

    planned = timeline(conference, as_planned=True)

    assert planned[0].planned_at == conference.planned_start
    assert timeline(conference)[0].planned_at == conference.started_at
