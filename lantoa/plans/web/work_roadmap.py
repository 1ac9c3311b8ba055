"""A plan drawn to scale: where its milestones stand between two days.

Positions are percentages of the width, written out, so that a drawing stretches with
its page and needs no style of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from lantoa.kernel.dates import HANOI
from lantoa.plans.models import Milestone, Obligation, Progress
from lantoa.ui.parts import Text, Tone

_TICKS = 5
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)  # months
_YEAR = 12  # months
_EDGE = 8  # percent; nearer to the edge, a label would stand out of the drawing


@dataclass(frozen=True, slots=True)
class Tick:
    """A month on the axis."""

    x: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A span of days."""

    x: str
    width: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A milestone, how far it has come, and where that is drawn."""

    milestone: Milestone
    word: Text
    tone: Tone
    planned: Bar | None
    late: Bar | None
    due: str
    done: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadmap:
    """All rows on one axis."""

    starts_on: date
    ends_on: date
    ticks: list[Tick]
    rows: list[Row]
    today: str
    due: str


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def share(self, day: date) -> float:
        whole = max((self.last - self.first).days, 1)
        return 100 * (day - self.first).days / whole

    def at(self, day: date | None) -> str:
        """Return the place of a day, "" outside the drawing."""
        if day is None or not self.first <= day <= self.last:
            return ""
        return f"{self.share(day):.2f}%"

    def bar(self, start: date, end: date) -> Bar | None:
        start, end = max(start, self.first), min(end, self.last)
        if end <= start:
            return None
        width = self.share(end) - self.share(start)
        return Bar(f"{self.share(start):.2f}%", f"{width:.2f}%")


def roadmap(
    owed: Obligation,
    milestones: Sequence[Milestone],
    waiting: Iterable[Progress],
    today: date,
) -> Roadmap:
    """Return the drawing of a plan.

    Args:
        waiting: reports of completion without a verdict.
    """
    first = owed.starts_on or owed.task.dispatched_at.astimezone(HANOI).date()
    days = [owed.due_on, owed.original_due_on, owed.completed_on]
    for each in milestones:
        days += [each.due_on, each.completed_on]
    if owed.open:
        days.append(today)
    known = [day for day in days if day is not None and day >= first]
    scale = _Scale(first, max([*known, first + timedelta(days=7)]))
    reported = {each.milestone_id for each in waiting}
    rows, start = [], first
    for each in milestones:
        waits = each.pk in reported
        # Nothing is late any more in what was taken as done, or went over, as a whole.
        until = today if owed.open and not waits else None
        rows.append(_row(each, scale, start, until, waits=waits))
        start = each.due_on or start
    return Roadmap(
        starts_on=first,
        ends_on=scale.last,
        ticks=list(_ticks(scale)),
        rows=rows,
        today=scale.at(today),
        due=scale.at(owed.due_on),
    )


def _row(
    milestone: Milestone,
    scale: _Scale,
    start: date,
    until: date | None,
    *,
    waits: bool,
) -> Row:
    due, done = milestone.due_on, milestone.completed_on
    word, tone = _state(milestone, until, waits=waits)
    late_until = done or until
    return Row(
        milestone=milestone,
        word=word,
        tone=tone,
        planned=scale.bar(start, due) if due else None,
        late=scale.bar(due, late_until) if due and late_until else None,
        due=scale.at(due),
        done=scale.at(done),
    )


def _state(
    milestone: Milestone, until: date | None, *, waits: bool
) -> tuple[Text, Tone]:
    """Return what is said of a milestone.

    Args:
        until: the day to measure it by; None if it is not late however it stands.
    """
    due, done = milestone.due_on, milestone.completed_on
    if done is not None:
        if due is not None and done > due:
            return _("Hoàn thành muộn"), "warn"
        return _("Đã hoàn thành"), "good"
    if waits:
        return _("Chờ nghiệm thu"), "info"
    if until is None:
        return _("Không báo cáo riêng"), "quiet"
    if due is not None and due < until:
        return _("Quá hạn"), "bad"
    return _("Chưa hoàn thành"), "quiet"


def _ticks(scale: _Scale) -> Iterable[Tick]:
    """Yield the first days of months, so few that their labels don't meet."""
    begin = scale.first.year * _YEAR + scale.first.month
    end = scale.last.year * _YEAR + scale.last.month - 1
    step = next((n for n in _STEPS if (end - begin) // n < _TICKS), _STEPS[-1])
    for month in range(begin + (-begin) % step, end + 1, step):
        day = date(month // _YEAR, month % _YEAR + 1, 1)
        share = scale.share(day)
        anchor = (
            "start" if share < _EDGE else "end" if share > 100 - _EDGE else "middle"
        )
        yield Tick(f"{share:.2f}%", f"{day.month:02}/{day.year}", anchor)
