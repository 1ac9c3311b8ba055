"""The calendar of working days: what law and lists say, and what goes before them."""

from datetime import date, timedelta
from time import perf_counter

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lantoa.access.vocabulary import Role
from lantoa.journal.models import Entry
from lantoa.kernel.refusal import NotPermitted
from lantoa.organisations import actions, queries
from lantoa.organisations.models import CalendarDay
from lantoa.organisations.queries.working_days import Calendar
from lantoa.organisations.vocabulary import BasisMissing, DayKeptAlready, DayKind
from tests.factories import NINE, MandateFactory, actor_as, actor_with, send, sign_in

LAW = Calendar({})
DAYS = st.dates(date(2013, 6, 1), date(2030, 12, 31))


def spread(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_tet_of_2021_is_a_week_without_work():
    free = spread(date(2021, 2, 10), date(2021, 2, 16))

    assert [LAW.working(day) for day in free] == [False] * 7
    assert LAW.working(date(2021, 2, 9))
    assert LAW.add(date(2021, 2, 9), 1) == date(2021, 2, 17)
    assert LAW.add(date(2021, 2, 17), -1) == date(2021, 2, 9)
    assert LAW.name(date(2021, 2, 12)) == "Tết Nguyên Đán"


def test_a_saturday_swapped_for_a_friday_is_worked():
    friday, saturday = LAW.fact(date(2025, 5, 2)), LAW.fact(date(2025, 4, 26))

    assert (friday.kind, saturday.kind) == (DayKind.HOLIDAY, DayKind.MADE_UP)
    assert saturday.working
    assert saturday.name == "Làm bù cho ngày 02/5/2025"
    assert friday.name == "Nghỉ, làm bù vào ngày 26/4/2025"
    assert saturday.basis == friday.basis == "Thông báo 6150/TB-BLĐTBXH năm 2024"


def test_a_swap_that_the_list_lacks_and_one_over_the_end_of_a_year():
    assert [
        LAW.working(day)
        for day in (
            date(2026, 1, 2), date(2026, 1, 10), date(2018, 12, 31), date(2019, 1, 5),
        )
    ] == [False, True, False, True]  # fmt: skip


def test_each_free_day_says_by_which_law():
    assert [str(LAW.fact(day).basis) for day in (
        date(2012, 9, 3), date(2020, 9, 2), date(2021, 5, 3), date(2021, 9, 2),
        date(2026, 11, 24), date(2026, 11, 22),
    )] == [
        "Điều 73 Bộ luật Lao động 1994",
        "Điều 115 Bộ luật Lao động 2012",
        "khoản 3 Điều 111 Bộ luật Lao động 2019",
        "Điều 112 Bộ luật Lao động 2019",
        "Nghị quyết 80-NQ/TW của Bộ Chính trị",
        "Quyết định 188/1999/QĐ-TTg",
    ]  # fmt: skip


def test_english_readers_read_english_names():
    with translation.override("en"):
        assert LAW.name(date(2026, 9, 2)) == "National Day"


@given(DAYS, st.integers(1, 60))
def test_counting_and_adding_agree(day, n):
    ahead, back = LAW.add(day, n), LAW.add(day, -n)

    assert LAW.working(ahead)
    assert LAW.working(back)
    assert LAW.between(day, ahead) == n
    assert LAW.between(ahead, day) == -n
    assert LAW.next(ahead) == ahead
    assert LAW.add(day, 0) == day


@given(DAYS, DAYS, st.lists(st.tuples(DAYS, st.booleans()), max_size=3))
def test_counting_is_looking_at_each_day(one, other, exceptions):
    kept = {day: CalendarDay(day=day, working=working) for day, working in exceptions}
    calendar = Calendar(kept)
    first, last = sorted((one, other))

    said = sum(calendar.working(day) for day in spread(first, last)[1:])

    assert calendar.between(first, last) == said
    assert calendar.between(last, first) == -said


def test_a_day_mistyped_by_thousands_of_years_is_counted_at_once():
    LAW.between(date.min, date.max)  # the years that law knows are made once
    began = perf_counter()

    far = LAW.between(date(2026, 11, 23), date.max)
    long_ago = LAW.between(date(2026, 11, 23), date(26, 1, 1))

    assert perf_counter() - began < 1
    assert far > 2_000_000
    assert long_ago < -500_000
    assert not LAW.working(date(9999, 12, 26))  # a Sunday


@pytest.mark.django_db
def test_an_exception_goes_before_law_and_week(django_assert_num_queries):
    saturday, monday = date(2026, 11, 28), date(2026, 11, 30)
    keeper = actor_with("organisations.keep")
    for day, working in ((saturday, True), (monday, False)):
        actions.keep_calendar_day(
            actor=keeper, day=day, working=working, name="Hoán đổi",
            basis="Công văn 1/VPCP-KGVX", at=NINE,
        )  # fmt: skip

    with django_assert_num_queries(4):
        assert queries.working_day(saturday)
        assert queries.add_working_days(date(2026, 11, 27), 2) == date(2026, 12, 1)
        assert queries.working_days_between(date(2026, 11, 27), monday) == 1
        assert queries.next_working_day(monday) == date(2026, 12, 1)
    with django_assert_num_queries(1):
        facts = queries.calendar().year(2026)
    kept = [(fact.day, fact.kind, fact.basis) for fact in facts if fact.kept]
    assert kept == [
        (saturday, DayKind.MADE_UP, "Công văn 1/VPCP-KGVX"),
        (monday, DayKind.HOLIDAY, "Công văn 1/VPCP-KGVX"),
    ]


@pytest.mark.django_db
def test_an_exception_is_kept_once_with_its_basis_and_may_be_taken_back():
    keeper = actor_with("organisations.keep")
    said = {"day": date(2026, 12, 31), "working": False, "name": "Nghỉ", "at": NINE}
    row = actions.keep_calendar_day(actor=keeper, basis="Công văn 2", **said)
    with pytest.raises(DayKeptAlready):
        actions.keep_calendar_day(actor=keeper, basis="Công văn 3", **said)
    with pytest.raises(BasisMissing):
        actions.keep_calendar_day(actor=keeper, basis=" ", **said)

    actions.remove_calendar_day(actor=keeper, row=row, at=NINE)
    actions.remove_calendar_day(actor=keeper, row=row, at=NINE)

    assert not CalendarDay.objects.exists()
    assert list(Entry.objects.order_by("pk").values_list("name", flat=True)) == [
        "organisations.calendar_day_kept",
        "organisations.calendar_day_removed",
    ]


@pytest.mark.django_db
def test_only_who_keeps_everything_keeps_the_calendar():
    with pytest.raises(NotPermitted):
        actions.keep_calendar_day(
            actor=actor_as(Role.OFFICER), day=date(2026, 12, 31), working=False,
            name="Nghỉ", basis="Công văn", at=NINE,
        )  # fmt: skip


@pytest.mark.django_db
def test_the_year_is_shown_to_everybody(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = client.get(reverse("organisations:calendar"), {"nam": "2025"})

    months = page.context["months"]
    assert [len(month.days) for month in months] == [
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31,
    ]  # fmt: skip
    assert [fact.name for fact in months[4].told] == [
        "Ngày Quốc tế Lao động",
        "Nghỉ, làm bù vào ngày 26/4/2025",
    ]
    assert all(len(week) == 7 for month in months for week in month.weeks)
    assert "lich/ghi" not in page.text


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["", "1", "9999", "hai", "²²²²"])
def test_a_year_that_is_none_means_this_one(client, said):
    page = client.get(reverse("organisations:calendar"), {"nam": said})

    assert page.context["year"] == page.context["today"].year


@pytest.mark.django_db
def test_the_keeper_enters_and_takes_back_on_the_page(client):
    sign_in(client, MandateFactory(role=Role.ADMINISTRATOR))
    form = {"day": "2026-12-31", "working": "no", "name": "Nghỉ", "basis": "CV 12"}
    wrong = send(client, reverse("organisations:keep_day"), {**form, "basis": ""})
    entered = send(client, reverse("organisations:keep_day"), form)
    row = CalendarDay.objects.get()
    shown = client.get(entered["Location"])
    removed = send(client, reverse("organisations:remove_day", args=[row.pk]))

    assert (wrong.status_code, entered.status_code, removed.status_code) == (
        422, 302, 302,
    )  # fmt: skip
    assert "CV 12" in shown.text
    assert not row.working
    assert not CalendarDay.objects.exists()
