"""What the words of a deadline propose; the person decides."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.plans.deadlines import insist_on_real_day, proposed_due_on, recurrence_in
from lantoa.plans.vocabulary import DayOutOfReach, Recurrence

HELD = date(2020, 12, 15)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("Quý II", date(2021, 6, 30)),
        ("quy 1/2021", date(2021, 3, 31)),
        ("trong Quý IV năm 2021", date(2021, 12, 31)),
        ("Quý IV", date(2020, 12, 31)),
        ("trước 30/11", date(2021, 11, 30)),
        ("trước ngày 30/11/2021", date(2021, 11, 30)),
        ("trước 31/12", date(2020, 12, 31)),
        ("ngày 15 tháng 3 năm 2021", date(2021, 3, 15)),
        ("tháng 6/2021", date(2021, 6, 30)),
        ("tháng 2", date(2021, 2, 28)),
        ("6 tháng đầu năm 2021", date(2021, 6, 30)),
        ("giữa năm", date(2021, 6, 30)),
        ("hết năm 2021", date(2021, 12, 31)),
        ("cuối năm", date(2020, 12, 31)),
        ("năm 2022", date(2022, 12, 31)),
        ("trong 30 ngày", HELD + timedelta(days=30)),
        ("trong vòng 2 tuần", HELD + timedelta(days=14)),
        ("trong 2 tháng", date(2021, 2, 15)),
    ],
)
def test_words_are_read_as_the_last_day_they_allow(words, due):
    assert proposed_due_on(words, HELD) == due


@pytest.mark.parametrize(
    "words", ["", "31/11", "29/2", "tháng 13", "khi có yêu cầu", "năm 0000"]
)
def test_what_names_no_day_proposes_none(words):
    assert proposed_due_on(words, HELD) is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Thường xuyên", Recurrence.CONTINUOUS),
        ("hằng quý", Recurrence.QUARTERLY),
        ("hàng tháng", Recurrence.MONTHLY),
        ("6 tháng một lần", Recurrence.HALF_YEARLY),
        ("hằng năm", Recurrence.YEARLY),
        ("Quý II", ""),
    ],
)
def test_a_recurring_deadline_has_a_recurrence_and_no_single_day(words, kind):
    assert recurrence_in(words) == kind
    if kind:
        assert proposed_due_on(words, HELD) is None


@given(words=st.text(max_size=60), on=st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_any_words_can_be_read(words, on):
    proposed_due_on(words, on)


@given(
    day=st.dates(date(2021, 1, 1), date(2029, 12, 31)),
    on=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_a_full_date_is_read_as_itself(day, on):
    assert proposed_due_on(f"trước ngày {day:%d/%m/%Y}", on) == day


@pytest.mark.parametrize("day", [None, date(2000, 1, 1), date(2100, 12, 31)])
def test_a_due_day_of_our_time_is_taken(day):
    insist_on_real_day(day)


@pytest.mark.parametrize("day", [date.min, date(1999, 12, 31), date(2101, 1, 1)])
def test_a_mistyped_year_is_refused(day):
    with pytest.raises(DayOutOfReach):
        insist_on_real_day(day)
