"""The calendar of a year: what is worked and what is free, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.kernel.refusal import NotPermitted
from lantoa.organisations import actions, queries
from lantoa.organisations.models import CalendarDay
from lantoa.organisations.queries.working_days import CalendarFact
from lantoa.organisations.rules import KEEP
from lantoa.organisations.vocabulary import DayKind
from lantoa.organisations.web import forms
from lantoa.organisations.web.keeping import fill_in
from lantoa.ui.parts import Figure, Link
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

FIRST_YEAR, LAST_YEAR = 1995, 2099  # of the list of holidays, as far as it is sure
PLAIN = {DayKind.WORKING, DayKind.WEEKEND}


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a grid: the empty cells before its first day, then its days."""

    number: int
    days: list[CalendarFact]

    @property
    def weeks(self) -> list[list[CalendarFact | None]]:
        """Return rows of seven, Monday first; None outside the month."""
        blank: list[CalendarFact | None] = [None] * self.days[0].day.weekday()
        cells = blank + list(self.days)
        cells += [None] * (-len(cells) % 7)
        return [cells[at : at + 7] for at in range(0, len(cells), 7)]

    @property
    def told(self) -> list[CalendarFact]:
        """Return the days that have something to say."""
        return [fact for fact in self.days if fact.kind not in PLAIN or fact.kept]

    @property
    def worked(self) -> int:
        """Return how many working days the month has."""
        return sum(fact.working for fact in self.days)


def _asked_year(request: ActorRequest) -> int:
    said = request.GET.get("nam", "")
    year = int(said) if said.isdecimal() and len(said) == 4 else 0  # noqa: PLR2004
    return year if FIRST_YEAR <= year <= LAST_YEAR else timezone.localdate().year


def _address(year: int) -> str:
    return f"{reverse('organisations:calendar')}?nam={year}"


def _figures(facts: Iterable[CalendarFact]) -> list[Figure]:
    facts = list(facts)
    free = [each for each in facts if each.kind == DayKind.HOLIDAY]
    made_up = [each for each in facts if each.kind == DayKind.MADE_UP]
    return [
        Figure(value=sum(each.working for each in facts), label=_("ngày làm việc")),
        Figure(value=len(free), label=_("ngày nghỉ lễ, tết, nghỉ bù")),
        Figure(value=len(made_up), label=_("ngày làm bù")),
    ]


@require_GET
def calendar(request: ActorRequest) -> HttpResponse:
    """Show a year: twelve months, each day worked or free, by name and basis."""
    year = _asked_year(request)
    facts = queries.calendar().year(year)
    months = [
        Month(number, list(days))
        for number, days in groupby(facts, key=lambda fact: fact.day.month)
    ]
    context = {
        "crumbs": [Link(label=_("Tổ chức"), href=reverse("organisations:home"))],
        "year": year,
        "today": timezone.localdate(),
        "years": [
            Link(label=str(each), href=_address(each), current=each == year)
            for each in range(max(year - 2, FIRST_YEAR), min(year + 2, LAST_YEAR) + 1)
        ],
        "months": months,
        "figures": _figures(facts),
        "may_keep": request.actor.reach.covers(KEEP.capability, None),
    }
    return page(request, "organisations/calendar.html", context)


@require_http_methods(["GET", "POST"])
def keep_day(request: ActorRequest) -> HttpResponse:
    """Enter a day that is worked or free otherwise than the list says."""
    _require_keeper(request)

    def perform(**said: object) -> str:
        row = actions.keep_calendar_day(**said)  # type: ignore[arg-type]
        messages.success(request, _("Đã ghi vào lịch."))
        return _address(row.day.year)

    return fill_in(
        request,
        forms.CalendarDayForm,
        title=_("Ghi ngày nghỉ, ngày làm bù"),
        about=_(
            "Khi có quyết định, công văn hoán đổi hoặc cho nghỉ chưa có trong lịch"
        ),
        back=reverse("organisations:calendar"),
        perform=perform,
        initial={"day": _asked_day(request)},
    )


@require_POST
def remove_day(request: ActorRequest, calendar_day_id: int) -> HttpResponse:
    """Let a day be again what law and lists say."""
    _require_keeper(request)
    row = get_object_or_404(CalendarDay, pk=calendar_day_id)
    year = row.day.year
    actions.remove_calendar_day(actor=request.actor, row=row, at=timezone.now())
    messages.success(request, _("Đã bỏ ghi riêng; ngày trở lại theo luật định."))
    return redirect(_address(year))


def _asked_day(request: ActorRequest) -> date | None:
    try:
        return date.fromisoformat(request.GET.get("ngay", ""))
    except ValueError:
        return None


def _require_keeper(request: ActorRequest) -> None:
    if not request.actor.reach.covers(KEEP.capability, None):
        raise NotPermitted
