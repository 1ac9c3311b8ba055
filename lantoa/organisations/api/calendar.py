"""The calendar of working days, and what is kept beside law and lists."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from lantoa.kernel.exchange import (
    ApiRequest,
    Asked,
    Day,
    Listed,
    Made,
    Said,
    SaidLine,
    SaidLine120,
    YesNo,
    acting,
    listed,
)
from lantoa.kernel.refusal import NotPermitted
from lantoa.organisations import actions
from lantoa.organisations.models import CalendarDay
from lantoa.organisations.queries.working_days import calendar
from lantoa.organisations.rules import KEEP

router = Router(tags=["organisations"])


class Term(Schema):
    """A number of working days after a day; before it, when negative."""

    day: Day
    days: Annotated[int, Field(ge=-500, le=500)] = 0


class TermShown(Schema):
    """Whether offices work on the day, and the day on which the term ends."""

    day: date
    working: bool
    ends_on: date


class CalendarDayShown(Schema):
    """A day that is worked or free otherwise than law and lists say."""

    id: int
    day: date
    working: bool
    name: str
    basis: str


class CalendarDayKept(Said):
    """A day, whether offices work on it, and by which legal basis."""

    day: Day
    working: YesNo
    name: SaidLine120
    basis: SaidLine


@router.get("/working-days", response=TermShown, auth=None, summary="Working days")
def working_days(request: ApiRequest, asked: Query[Term]) -> dict[str, Any]:
    """Return whether offices work on a day, and when a term in working days ends."""
    known = calendar()
    try:
        ends_on = known.add(asked.day, asked.days)
    except OverflowError:
        ends_on = asked.day
    return {
        "day": asked.day,
        "working": known.working(asked.day),
        "ends_on": ends_on,
    }


@router.get(
    "/calendar-days",
    response=Listed[CalendarDayShown],
    auth=None,
    summary="Days kept in the calendar",
)
def calendar_days(request: ApiRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Return the days that are worked or free by an entry of their own."""
    return listed(CalendarDay.objects.order_by("day"), asked)


@router.post("/calendar-days", response=Made, summary="Keep a day in the calendar")
def keep_calendar_day(request: ApiRequest, said: CalendarDayKept) -> dict[str, Any]:
    """Let a day be worked or free whatever the week and the holidays say."""
    row = actions.keep_calendar_day(**said.dict(), **acting(request))
    return {"id": row.pk, "state": "kept"}


@router.get(
    "/calendar-days/{int:calendar_day_id}",
    response=CalendarDayShown,
    auth=None,
    summary="A day kept in the calendar",
)
def calendar_day(request: ApiRequest, calendar_day_id: int) -> CalendarDay:
    """Return a day that has an entry of its own."""
    return get_object_or_404(CalendarDay, pk=calendar_day_id)


@router.post(
    "/calendar-days/{int:calendar_day_id}/remove",
    response=Made,
    summary="Remove a day from the calendar",
)
def remove_calendar_day(request: ApiRequest, calendar_day_id: int) -> dict[str, Any]:
    """Let a day be again what law and lists say."""
    if not request.actor.reach.covers(KEEP.capability, None):
        raise NotPermitted
    row = get_object_or_404(CalendarDay, pk=calendar_day_id)
    actions.remove_calendar_day(row=row, **acting(request))
    return {"id": calendar_day_id, "state": "removed"}
