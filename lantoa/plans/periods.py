"""The periods of recurring tasks: codes, bounds, and what offices call them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from lantoa.plans.vocabulary import Recurrence

_MONTHS_IN = {
    Recurrence.MONTHLY: 1,
    Recurrence.QUARTERLY: 3,
    Recurrence.HALF_YEARLY: 6,
    Recurrence.YEARLY: 12,
}
PERIODIC = tuple(_MONTHS_IN)  # falls due again and again (not: thường xuyên)
_LETTER = {
    Recurrence.MONTHLY: "M",
    Recurrence.QUARTERLY: "Q",
    Recurrence.HALF_YEARLY: "H",
    Recurrence.YEARLY: "",
}
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Period:
    """One period, "2021-Q1": its first and its last day."""

    recurrence: Recurrence
    code: str
    starts_on: date
    ends_on: date

    def following(self) -> "Period":
        """Return the period after this one."""
        return period_of(self.recurrence, self.ends_on + timedelta(days=1))

    def due_on(self, named: date | None) -> date:
        """Return the day on which the period's work is due: its last one.

        Args:
            named: the day that the paper names ("trước 30/11 hằng năm"); a yearly
                period is due on that day and month.
        """
        if named is None or self.recurrence != Recurrence.YEARLY:
            return self.ends_on
        last = monthrange(self.starts_on.year, named.month)[1]
        return date(self.starts_on.year, named.month, min(named.day, last))


def is_periodic(recurrence: str) -> bool:
    """Return whether something falls due again and again (not: thường xuyên)."""
    return recurrence in _MONTHS_IN


def period_of(recurrence: Recurrence, day: date) -> Period:
    """Return the period in which *day* lies."""
    length = _MONTHS_IN[recurrence]
    number = (day.month - 1) // length
    first = number * length + 1
    last = first + length - 1
    letter = _LETTER[recurrence]
    code = f"{day.year}-{letter}{number + 1}" if letter else str(day.year)
    return Period(
        recurrence,
        code,
        date(day.year, first, 1),
        date(day.year, last, monthrange(day.year, last)[1]),
    )


def first_period(recurrence: Recurrence, dispatched_on: date) -> Period:
    """Return the first period for which a task obliges.

    It is the one of the day of dispatch while at least half of it is still to come,
    else the one after: a yearly task of 21 December begins with the next year.
    """
    period = period_of(recurrence, dispatched_on)
    length = (period.ends_on - period.starts_on).days + 1
    left = (period.ends_on - dispatched_on).days + 1
    return period if left * 2 >= length else period.following()


def label_of(code: str) -> str:
    """Return what offices call a period: "Quý I/2021", "Tháng 3/2021", "Năm 2021"."""
    if not code:
        return ""
    year, __, part = code.partition("-")
    if not part:
        return _("Năm %(year)s") % {"year": year}
    number = int(part[1:])
    if part[0] == "Q":
        return _("Quý %(number)s/%(year)s") % {
            "number": _ROMAN[number - 1],
            "year": year,
        }
    if part[0] == "H":
        if number == 1:
            return _("6 tháng đầu năm %(year)s") % {"year": year}
        return _("6 tháng cuối năm %(year)s") % {"year": year}
    return _("Tháng %(number)s/%(year)s") % {"number": number, "year": year}
