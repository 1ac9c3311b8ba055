"""The bell, the list, one notice opened, and the choice of what comes by e-mail."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lantoa.access.middleware import SESSION_KEY
from lantoa.journal.models import Entry
from lantoa.notices.bell import bell
from lantoa.notices.models import Notice, Preference
from lantoa.notices.queries import MOST, unread_count
from tests.factories import MandateFactory, PersonFactory, send, sign_in
from tests.factories.notices import DAWN, NoticeFactory

INDEX = reverse("notices:index")
CHOICES = reverse("notices:preferences")
A_DAY = timedelta(days=1)


@pytest.fixture
def mandate(db):
    return MandateFactory()


@pytest.fixture
def reader(client, mandate):
    return sign_in(client, mandate)


def test_the_bell_counts_what_is_unread(reader, mandate):
    NoticeFactory.create_batch(3, person=mandate.person)
    NoticeFactory(person=mandate.person, read_at=DAWN)
    NoticeFactory()

    assert "3 thông báo chưa đọc" in reader.get(reverse("organisations:councils")).text


def test_the_bell_stops_counting_at_a_hundred(reader, mandate):
    NoticeFactory.create_batch(MOST + 3, person=mandate.person)

    assert unread_count(mandate.person_id) == MOST + 1
    assert "99+" in reader.get(INDEX).text


def test_the_public_has_no_bell(client, db):
    assert 'class="bell"' not in client.get(reverse("organisations:councils")).text
    assert client.get(INDEX).status_code == 302


def test_a_page_before_anybody_is_known_has_no_bell(rf):
    assert bell(rf.get("/")) == ""


def test_unread_ones_come_first_by_day(reader, mandate):
    for read_at, age in ((None, 1), (DAWN, 0), (None, 0), (None, 1)):
        NoticeFactory(
            person=mandate.person, read_at=read_at, created_at=DAWN - age * A_DAY
        )

    days = reader.get(INDEX).context["days"]

    assert [(day.unread, day.on.day, len(day.notices)) for day in days] == [
        (True, 10, 1), (True, 9, 2), (False, 10, 1),
    ]  # fmt: skip


def test_the_list_is_narrowed_to_a_kind(reader, mandate):
    NoticeFactory(person=mandate.person)
    other = NoticeFactory(person=mandate.person, kind="thu.hai")

    page = reader.get(INDEX, {"loai": "thu.hai"})

    assert list(page.context["listed"]) == [other]
    assert [(link.label, link.count, link.current) for link in page.context["filters"]] == [
        ("Tất cả", 2, False), ("Tin thêm", 1, True), ("Nhiệm vụ mới", 1, False),
    ]  # fmt: skip


def test_nothing_yet_says_what_will_come(reader):
    page = reader.get(INDEX, {"loai": "không.có", "page": "x"})

    assert "Chưa có thông báo nào" in page.text


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_long(
    reader, mandate, number, django_assert_num_queries
):
    for _ in range(number):
        NoticeFactory(person=mandate.person, mandate=MandateFactory())

    # session, person, kinds, count, rows with mandates and bodies, mandates, unread
    with django_assert_num_queries(7):
        page = reader.get(INDEX)

    assert page.text.count("notice-row") == number


def test_opening_a_notice_reads_it_and_acts_under_its_mandate(reader, mandate):
    other = MandateFactory(person=mandate.person)
    notice = NoticeFactory(person=mandate.person, mandate=other)

    answer = reader.get(notice.get_absolute_url())

    notice.refresh_from_db()
    assert answer["Location"] == notice.href
    assert notice.read_at is not None
    assert reader.session[SESSION_KEY] == other.pk
    assert not Entry.objects.exists()


def test_a_mandate_that_ended_is_not_taken_up_again(reader, mandate):
    over = MandateFactory(person=mandate.person, ends_on=DAWN.date() - 30 * A_DAY)
    notice = NoticeFactory(person=mandate.person, mandate=over)

    reader.get(notice.get_absolute_url())

    assert reader.session[SESSION_KEY] == mandate.pk


def test_somebody_elses_notice_is_not_there(reader):
    notice = NoticeFactory()

    assert reader.get(notice.get_absolute_url()).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


@pytest.mark.parametrize(("kind", "left"), [("", 0), ("thu.hai", 1)])
def test_all_are_read_at_once(reader, mandate, kind, left):
    NoticeFactory(person=mandate.person)
    NoticeFactory(person=mandate.person, kind="thu.hai")
    elsewhere = NoticeFactory()

    send(reader, reverse("notices:read_all"), {"loai": kind})

    assert unread_count(mandate.person_id) == left
    assert Notice.objects.get(pk=elsewhere.pk).read_at is None


def chosen(**given):
    return {
        "kinds": ["thu.hai"],
        "digest_at": "16:00",
        "quiet_from": "19:00",
        "quiet_until": "06:30",
        "language": "en",
        **given,
    }


def test_the_choice_is_kept_and_shown(reader, mandate):
    before = reader.get(CHOICES)
    assert before.context["form"].initial["kinds"] == ["thu.mot"]

    answer = send(reader, CHOICES, chosen())

    kept = Preference.objects.get(person=mandate.person)
    assert answer.status_code == 302
    assert kept.by_mail == {"thu.mot": False, "thu.hai": True}
    assert reader.get(CHOICES).context["form"].initial["kinds"] == ["thu.hai"]
    assert Entry.objects.get().name == "notices.notices_chosen"


@pytest.mark.parametrize(
    "wrong",
    [
        {"digest_at": "22:00"},
        {"digest_at": "x"},
        {"kinds": ["không"]},
        {"language": "fr"},
    ],
)
def test_a_wrong_choice_stays_on_the_page(reader, wrong):
    answer = send(reader, CHOICES, chosen(**wrong))

    assert answer.status_code == 422
    assert not Preference.objects.exists()


def test_who_has_no_mandate_has_notices_all_the_same(client, db):
    person = PersonFactory()
    client.force_login(person)
    NoticeFactory(person=person)

    assert "notice-row" in client.get(INDEX).text
    assert send(client, CHOICES, chosen()).status_code == 302
