"""Writes about the calendar: what law and lists don't say."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.kernel.refusal import NotPermitted
from lantoa.organisations.events import CalendarDayKept, CalendarDayRemoved
from lantoa.organisations.models import CalendarDay
from lantoa.organisations.rules import KEEP
from lantoa.organisations.vocabulary import BasisMissing, DayKeptAlready


@action
def keep_calendar_day(
    *, actor: Actor, day: date, working: bool, name: str, basis: str, at: datetime
) -> CalendarDay:
    """Let *day* be worked or free whatever the week and the list of holidays say.

    Raises:
        NotPermitted: the actor doesn't keep the whole register.
        BasisMissing: without a name and a legal basis.
        DayKeptAlready: the day has an exception already.
    """
    _require_keeper(actor)
    name, basis = name.strip(), basis.strip()
    if not name or not basis:
        raise BasisMissing
    try:
        with transaction.atomic():
            row = CalendarDay.objects.create(
                day=day, working=working, name=name, basis=basis
            )
    except IntegrityError:
        raise DayKeptAlready from None
    record(
        CalendarDayKept(day=day, working=working, title=name, basis=basis),
        by=actor,
        at=at,
    )
    return row


@action
def remove_calendar_day(*, actor: Actor, row: CalendarDay, at: datetime) -> None:
    """Let a day be again what law and lists say.

    Raises:
        NotPermitted: the actor doesn't keep the whole register.
    """
    _require_keeper(actor)
    deleted, _ = CalendarDay.objects.filter(pk=row.pk).delete()
    if not deleted:
        unchanged()
        return
    record(
        CalendarDayRemoved(day=row.day, title=row.name, basis=row.basis),
        by=actor,
        at=at,
    )


def _require_keeper(actor: Actor) -> None:
    if not actor.reach.covers(KEEP.capability, None):
        raise NotPermitted
