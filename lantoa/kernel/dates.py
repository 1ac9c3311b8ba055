"""Dates and times as Vietnamese offices write them, and for English readers.

Source:
    Decree 30/2020/NĐ-CP, Appendix I: a zero stands before days below 10 and before
    the months 1 and 2 only.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def _day(moment: date | datetime) -> date:
    return moment.astimezone(HANOI).date() if isinstance(moment, datetime) else moment


def _month(day: date) -> str:
    return f"{day.month:02}" if day.month <= 2 else str(day.month)  # noqa: PLR2004


def official_date(moment: date | datetime) -> str:
    """Return "ngày 05 tháng 3 năm 2021", as the head of an official paper has it."""
    day = _day(moment)
    return f"ngày {day.day:02} tháng {_month(day)} năm {day.year}"


def short_date(moment: date | datetime) -> str:
    """Return "05/3/2021", or "5 March 2021" to a reader in another language."""
    day = _day(moment)
    if get_language() not in {settings.LANGUAGE_CODE, None}:
        return date_format(day, "j F Y")
    return f"{day.day:02}/{_month(day)}/{day.year}"


def brief_date(moment: date | datetime) -> str:
    """Return the day and the month, "05/3" or "5 Mar", where the year stands apart."""
    day = _day(moment)
    if get_language() not in {settings.LANGUAGE_CODE, None}:
        return date_format(day, "j M")
    return f"{day.day:02}/{_month(day)}"


def clock_time(moment: datetime) -> str:
    """Return the time of day in Ha Noi: "08:30"."""
    local = moment.astimezone(HANOI)
    return f"{local.hour:02}:{local.minute:02}"


def short_moment(moment: datetime) -> str:
    """Return "08:30, 05/3/2021", the day as `short_date` has it."""
    return f"{clock_time(moment)}, {short_date(moment)}"
