"""Deadlines as a chair says them, read as a date; the person decides.

The words stay as they were said ("Quý II", "trước 30/11", "thường xuyên"); what is read
here is only proposed.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from lantoa.kernel.text import fold
from lantoa.plans.vocabulary import DayOutOfReach, Recurrence

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MONTHS = 12
_YEARS = range(2000, 2101)  # in which something may fall due

_DAY = re.compile(
    r"\b(?:ngay )?(\d{1,2})(?:[/.-]| thang )(\d{1,2})(?:(?:[/.-]| nam )(\d{4}))?\b"
)
_MONTH = re.compile(r"\bthang (\d{1,2})(?:(?:[/.-]| nam )(\d{4}))?\b")
_QUARTER = re.compile(r"\bquy (i{1,3}|iv|[1-4])\b(?:(?:[/.-]| nam )(\d{4}))?")
_HALF = re.compile(r"\b(6|sau) thang dau nam(?: (\d{4}))?|\bgiua nam(?: (\d{4}))?")
_YEAR = re.compile(r"\b(?:het|cuoi|trong) nam(?: (\d{4}))?\b|^nam (\d{4})$")
_WITHIN = re.compile(r"\btrong (?:vong |thoi han )?(\d{1,3}) (ngay|tuan|thang)\b")

_EVERY = [
    (Recurrence.MONTHLY, r"\b(?:hang|moi) thang\b"),
    (Recurrence.QUARTERLY, r"\b(?:hang|moi) quy\b"),
    (Recurrence.HALF_YEARLY, r"\b(?:6|sau) thang (?:mot|1) lan\b"),
    (Recurrence.YEARLY, r"\b(?:hang|moi) nam\b"),
    (Recurrence.CONTINUOUS, r"\bthuong xuyen\b|\blien tuc\b"),
]


def recurrence_in(words: str) -> str:
    """Return the recurrence that *words* name ("thường xuyên"), "" for none."""
    plain = fold(words)
    found = (kind for kind, pattern in _EVERY if re.search(pattern, plain))
    return str(next(found, ""))


def proposed_due_on(words: str, on: date) -> date | None:
    """Return the last day that *words* allow, said on the day *on*; None if no day.

    "trước 30/11" is read as to 30 November, the day offices mean by it; without a year
    it is the next one to come. A recurring deadline has no single day.
    """
    plain = fold(words)
    if recurrence_in(words):
        return None
    readers = (_day, _within, _quarter, _half, _month, _year)
    return next(filter(None, (read(plain, on) for read in readers)), None)


def insist_on_real_day(due_on: date | None) -> None:
    """Refuse a due day whose year was mistyped, as 0206 or 20206.

    Raises:
        DayOutOfReach: it lies before 2000 or after 2100.
    """
    if due_on is not None and due_on.year not in _YEARS:
        raise DayOutOfReach


def _day(plain: str, on: date) -> date | None:
    found = _DAY.search(plain)
    if found is None:
        return None
    day, month, year = found.groups()
    return _to_come(int(month), on, year, int(day))


def _month(plain: str, on: date) -> date | None:
    found = _MONTH.search(plain)
    return _to_come(int(found[1]), on, found[2]) if found else None


def _quarter(plain: str, on: date) -> date | None:
    found = _QUARTER.search(plain)
    if found is None:
        return None
    year = found[2] or _year_said(plain)
    return _to_come(_QUARTERS[found[1]] * 3, on, year)


def _half(plain: str, on: date) -> date | None:
    found = _HALF.search(plain)
    return _to_come(6, on, found[2] or found[3]) if found else None


def _year(plain: str, on: date) -> date | None:
    found = _YEAR.search(plain)
    if found is None:
        return None
    return _to_come(_MONTHS, on, found[1] or found[2])


def _within(plain: str, on: date) -> date | None:
    found = _WITHIN.search(plain)
    if found is None:
        return None
    count, unit = int(found[1]), found[2]
    if unit == "thang":
        months = on.month - 1 + count
        year, month = on.year + months // _MONTHS, months % _MONTHS + 1
        return date(year, month, min(on.day, monthrange(year, month)[1]))
    return on + timedelta(days=count * (7 if unit == "tuan" else 1))


def _year_said(plain: str) -> str | None:
    found = re.search(r"\bnam (\d{4})\b", plain)
    return found[1] if found else None


def _to_come(
    month: int, on: date, year: str | None, day: int | None = None
) -> date | None:
    """Return the day (default: the month's last) in *year*, or the next to come."""
    if not 1 <= month <= _MONTHS:
        return None
    try:
        due = _end_of(int(year) if year else on.year, month, day)
        return due if year or due >= on else _end_of(on.year + 1, month, day)
    except ValueError:  # 31/11, 29/2 of a common year
        return None


def _end_of(year: int, month: int, day: int | None) -> date:
    return date(year, month, day or monthrange(year, month)[1])
