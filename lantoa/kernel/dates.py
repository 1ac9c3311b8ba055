"""Dates and times as Vietnamese offices write them.

Source:
    Decree 30/2020/NĐ-CP, Appendix I: a zero stands before days below 10 and before
    the months 1 and 2 only.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

_WEEKDAYS = [
    "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật",
]  # fmt: skip


def _day(moment: date | datetime) -> date:
    return moment.astimezone(HANOI).date() if isinstance(moment, datetime) else moment


def official_date(moment: date | datetime) -> str:
    """Return "ngày 05 tháng 3 năm 2021", as the head of an official paper has it."""
    day = _day(moment)
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)  # noqa: PLR2004
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def short_date(moment: date | datetime) -> str:
    """Return "15/12/2020"."""
    day = _day(moment)
    return f"{day.day:02}/{day.month:02}/{day.year}"


def weekday_date(moment: date | datetime) -> str:
    """Return "thứ Ba, 15/12/2020"."""
    return f"{_WEEKDAYS[_day(moment).weekday()]}, {short_date(moment)}"


def clock_time(moment: datetime) -> str:
    """Return "08 giờ 30" style time of day in Ha Noi."""
    local = moment.astimezone(HANOI)
    return f"{local.hour:02}:{local.minute:02}"
