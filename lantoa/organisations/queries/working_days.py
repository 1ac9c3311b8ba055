"""Working days of state offices: for terms, reminders and digests.

Source:
    Weekends: Decision 188/1999/QĐ-TTg. Holidays, days in lieu and swapped days:
    ``public_holidays``. Rows of CalendarDay go before both, each with its own basis.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lantoa.organisations.models import CalendarDay
from lantoa.organisations.public_holidays import KNOWN, WEEKEND_BASIS, public_days
from lantoa.organisations.vocabulary import DayKind

SATURDAY = 5
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarFact:
    """What one day is, how it is called ("" for a plain one), and why it is so."""

    day: date
    kind: DayKind
    name: str = ""
    basis: str | Promise = ""
    kept: CalendarDay | None = None  # the row that says so, if it is one of ours

    @property
    def working(self) -> bool:
        """Return whether offices work."""
        return self.kind in {DayKind.WORKING, DayKind.MADE_UP}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar with the overrides read once; it asks the database no more."""

    kept: Mapping[date, CalendarDay]

    def working(self, day: date) -> bool:
        """Return whether offices work on *day*."""
        if row := self.kept.get(day):
            return row.working
        if public := public_days(day.year).get(day):
            return public.working
        return day.weekday() < SATURDAY

    def add(self, day: date, n: int) -> date:
        """Return the *n*-th working day after *day*, before it if *n* is negative."""
        step = A_DAY if n >= 0 else -A_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.working(day)
        return day

    def between(self, a: date, b: date) -> int:
        """Return how many working days come after *a*, up to and including *b*.

        Negative when *b* is earlier: as many as come after *b* up to *a*.
        """
        if b < a:
            return -self.between(b, a)
        weeks, rest = divmod((b - a).days, 7)
        last = (b - timedelta(days=each) for each in range(rest))
        found = weeks * SATURDAY + sum(day.weekday() < SATURDAY for day in last)
        # A day mistyped as of the year 9999 must not cost as many steps as there are.
        for day in self._unusual(a.year, b.year):
            if a < day <= b:
                found += self.working(day) - (day.weekday() < SATURDAY)
        return found

    def _unusual(self, first: int, last: int) -> set[date]:
        """Return the days of some years that may be otherwise than the week says."""
        years = range(max(first, KNOWN.start), min(last + 1, KNOWN.stop))
        return {day for year in years for day in public_days(year)} | set(self.kept)

    def next(self, day: date) -> date:
        """Return *day*, or the next working day if it is none.

        Source:
            Civil Code 2015, art. 148 para. 5: a term that would end on a day off ends
            with the next working day.
        """
        return day if self.working(day) else self.add(day, 1)

    def fact(self, day: date) -> CalendarFact:
        """Return what *day* is, named in the reader's language."""
        weekend = day.weekday() >= SATURDAY
        if row := self.kept.get(day):
            return CalendarFact(
                day, _kind(row.working, weekend), row.name, row.basis, row
            )
        public = public_days(day.year, get_language() or "vi").get(day)
        if public is not None:
            return CalendarFact(
                day, _kind(public.working, weekend), public.called, public.basis
            )
        if weekend:
            return CalendarFact(
                day, DayKind.WEEKEND, _("Nghỉ hằng tuần"), WEEKEND_BASIS
            )
        return CalendarFact(day, DayKind.WORKING)

    def name(self, day: date) -> str:
        """Return what *day* is called, "" for a plain working day."""
        return self.fact(day).name

    def year(self, year: int) -> list[CalendarFact]:
        """Return every day of a year."""
        first = date(year, 1, 1)
        length = (date(year, 12, 31) - first).days + 1
        return [self.fact(first + timedelta(days=each)) for each in range(length)]


def _kind(working: bool, weekend: bool) -> DayKind:  # noqa: FBT001
    if working:
        return DayKind.MADE_UP if weekend else DayKind.WORKING
    return DayKind.HOLIDAY


def calendar() -> Calendar:
    """Return the calendar with all overrides, in one query; for many days at once."""
    return Calendar({row.day: row for row in CalendarDay.objects.order_by("day")})


def working_day(day: date) -> bool:
    """Return whether offices work on *day*."""
    return calendar().working(day)


def add_working_days(day: date, n: int) -> date:
    """Return the *n*-th working day after *day* (before it if negative; 0: itself)."""
    return calendar().add(day, n)


def working_days_between(a: date, b: date) -> int:
    """Return how many working days come after *a*, up to and including *b*."""
    return calendar().between(a, b)


def next_working_day(day: date) -> date:
    """Return *day*, or the next working day if it is none."""
    return calendar().next(day)
