"""What a desk shows of tasks: three next things, own work by due day, the bodies."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import short_date
from lantoa.organisations.queries import Calendar, calendar
from lantoa.plans import rules
from lantoa.plans.models import Task
from lantoa.plans.queries import desks
from lantoa.plans.queries.desks import Act, BodyStanding, NextThing
from lantoa.plans.queries.lists import SeenObligation
from lantoa.plans.vocabulary import WorkState
from lantoa.ui.parts import Share
from lantoa.ui.templatetags.ui import grouped

SHOWN = 8  # of own obligations, and of bodies


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to do next, and its one button."""

    state: WorkState
    task: Task
    time: str
    late: bool
    act: str
    href: str = ""  # the page where it is done
    post: str = ""  # or the command that does it


@dataclass(frozen=True, slots=True)
class OwnRow:
    """Something the body owes."""

    owed: SeenObligation
    state: WorkState
    time: str


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body that was given work, and how it stands."""

    standing: BodyStanding
    shares: list[Share]
    href: str


def next_cards(actor: Actor, on: date) -> list[Card]:
    """Return the three things that the actor's body should do next."""
    days = calendar()
    return [_card(thing, on, days) for thing in desks.next_things(actor, on)]


def own_rows(actor: Actor, on: date) -> list[OwnRow]:
    """Return what the actor's body owes, by due day; [] for who carries out nothing."""
    if not actor.may(rules.CARRY_OUT.capability):
        return []
    days = calendar()
    rows = desks.own_open(actor, on)[:SHOWN]
    return [OwnRow(row, WorkState(row.state), due(row, on, days)) for row in rows]


def body_rows(actor: Actor, on: date) -> list[BodyRow]:
    """Return the bodies that the actor's one gave work, those most behind first."""
    if not actor.may(rules.DISPATCH.capability):
        return []
    found = desks.bodies_standing(actor, on, SHOWN)
    return [_body_row(actor, standing) for standing in found]


def due(owed: SeenObligation, on: date, days: Calendar) -> str:
    """Return how the due day stands, in working days, or the words of the paper."""
    if owed.due_on is None:
        return owed.task.deadline_text
    told = {"day": short_date(owed.due_on)}
    if owed.due_on < on:
        number = grouped(days.between(owed.due_on, on))
        return _("Hạn %(day)s, đã quá %(number)s ngày làm việc") % (
            told | {"number": number}
        )
    if owed.due_on == on:
        return _("Hạn hôm nay, %(day)s") % told
    number = grouped(days.between(on, owed.due_on))
    return _("Hạn %(day)s, còn %(number)s ngày làm việc") % (told | {"number": number})


def _card(thing: NextThing, on: date, days: Calendar) -> Card:
    owed = thing.owed
    task = thing.part.task if owed is None else owed.task
    state = WorkState(owed.state) if owed else _state_of_part(thing)
    words = {
        Act.ACKNOWLEDGE: _("Xác nhận đã nhận việc"),
        Act.PLAN: _("Lập kế hoạch"),
        Act.REPORT: _("Báo cáo kết quả"),
    }
    done = owed is not None and thing.act != Act.ACKNOWLEDGE
    return Card(
        state=state,
        task=task,
        time=due(owed, on, days) if owed else _coordinating(task),
        late=state == WorkState.OVERDUE,
        act=words[thing.act],
        href=reverse(f"plans:{thing.act.value}", args=[owed.pk])
        if owed and done
        else "",
        post="" if done else reverse("plans:acknowledge", args=[thing.part.pk]),
    )


def _coordinating(task: Task) -> str:
    return _("Phối hợp thực hiện · %(time)s") % {"time": task.deadline_text}


def _state_of_part(thing: NextThing) -> WorkState:
    unopened = thing.part.received_at is None
    return WorkState.NOT_RECEIVED if unopened else WorkState.NOT_ACKNOWLEDGED


def _body_row(actor: Actor, standing: BodyStanding) -> BodyRow:
    here = f"{reverse('plans:list')}?don-vi={standing.body.pk}&ben-giao={actor.body_id}"
    shares = [
        Share(
            state=state.value,
            label=state.label,
            number=number,
            href=f"{here}&tinh-trang={state.value}&ban-do=34",
        )
        for state, number in standing.counts.by_state.items()
        if number
    ]
    return BodyRow(standing, shares, f"{here}&ban-do=34")
