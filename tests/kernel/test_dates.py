from datetime import UTC, date, datetime

import pytest

from lantoa.kernel.dates import clock_time, official_date, short_date


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2020, 10, 6), "ngày 06 tháng 10 năm 2020"),
        (date(2021, 2, 15), "ngày 15 tháng 02 năm 2021"),
        (date(2021, 3, 5), "ngày 05 tháng 3 năm 2021"),
    ],
)
def test_a_paper_writes_a_zero_before_small_days_and_the_first_two_months(day, written):
    assert official_date(day) == written


def test_moments_are_told_in_ha_noi():
    late = datetime(2020, 12, 14, 18, 5, tzinfo=UTC)

    assert short_date(late) == "15/12/2020"
    assert clock_time(late) == "01:05"
