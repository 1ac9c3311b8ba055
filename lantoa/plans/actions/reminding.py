"""Reminding of due days: ten and three working days before, on the day, and after."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import connection
from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.kernel.text import within_sentence
from lantoa.notices.actions import notify_many
from lantoa.notices.vocabulary import Holders, Message
from lantoa.organisations.queries import Calendar, calendar
from lantoa.plans import rules
from lantoa.plans.events import DueDaysReminded
from lantoa.plans.models import Obligation, Reminder, Task
from lantoa.plans.vocabulary import ReminderKind

AHEAD, SOON = 10, 3  # working days
_ONE_AT_A_TIME = 0x1A52  # advisory lock
_AT_ONCE = 2_000  # rows in one statement

Due = tuple[Obligation, ReminderKind, date]

_WORDS = {
    ReminderKind.AHEAD: _(
        "%(count)s nhiệm vụ đến hạn trong 10 ngày làm việc tới; "
        "sớm nhất ngày %(due)s: %(work)s."
    ),
    ReminderKind.SOON: _(
        "%(count)s nhiệm vụ đến hạn trong 3 ngày làm việc tới; "
        "sớm nhất ngày %(due)s: %(work)s."
    ),
    ReminderKind.TODAY: _("%(count)s nhiệm vụ đến hạn hôm nay, trong đó: %(work)s."),
    ReminderKind.OVERDUE: _(
        "%(count)s nhiệm vụ vừa quá hạn, chưa hoàn thành; "
        "sớm nhất từ ngày %(due)s: %(work)s."
    ),
}
_ABOVE = _(
    "%(count)s nhiệm vụ do cơ quan bạn nghiệm thu vừa quá hạn; "
    "sớm nhất từ ngày %(due)s: %(work)s."
)


@action
def remind(*, actor: Actor, at: datetime) -> int:
    """Remind leads of what falls due, and those above of what fell; return how much.

    Each stage of each due day is reminded of once. Of several stages that passed while
    nothing ran only the last is told. A person gets one notice a stage and a day, which
    says how many.

    Raises:
        NotPermitted: the actor is not the system.
    """
    rules.DISPATCH.require(actor, Task())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    today = at.astimezone(HANOI).date()
    new = list(_due(today, calendar()))
    if not new:
        unchanged()
        return 0
    Reminder.objects.bulk_create(
        (
            Reminder(obligation=owed, kind=kind, due_on=due_on, at=at)
            for owed, kind, due_on in new
        ),
        batch_size=_AT_ONCE,
    )
    notify_many(actor=actor, messages=_messages(new, today), at=at)
    record(DueDaysReminded(reminded=len(new)), by=actor, at=at)
    return len(new)


def stage_on(due_on: date, today: date, days: Calendar) -> ReminderKind | None:
    """Return how near *due_on* is on *today*, None while it is far.

    A due day off work is reminded of on the last working day before it.
    """
    last = due_on if days.working(due_on) else days.add(due_on, -1)
    if today >= days.add(due_on, 1):
        return ReminderKind.OVERDUE
    if today >= last:
        return ReminderKind.TODAY
    if today >= days.add(due_on, -SOON):
        return ReminderKind.SOON
    return ReminderKind.AHEAD if today >= days.add(due_on, -AHEAD) else None


def _due(today: date, days: Calendar) -> Iterator[Due]:
    """Yield what has come to a stage that was not reminded of yet."""
    last = Reminder.objects.filter(
        obligation=OuterRef("pk"), kind=ReminderKind.OVERDUE, due_on=OuterRef("due_on")
    )
    owed = list(
        Obligation.objects.filter(
            ~Exists(last),
            accepted_at=None,
            passed_at=None,
            due_on__lte=days.add(today, AHEAD + 1),
        )
        .select_related("task", "party")
        .order_by("due_on", "pk")
    )
    told = set(
        Reminder.objects.filter(
            obligation__in=owed, due_on=F("obligation__due_on")
        ).values_list("obligation_id", "kind")
    )
    stages: dict[date, ReminderKind | None] = {}
    for each in owed:
        if each.due_on is None:
            continue
        if each.due_on not in stages:
            stages[each.due_on] = stage_on(each.due_on, today, days)
        kind = stages[each.due_on]
        if kind is not None and (each.pk, kind) not in told:
            yield each, kind, each.due_on


def _messages(new: Sequence[Due], today: date) -> Iterator[Message]:
    """Yield one message for each body and stage, the soonest due day first in each."""
    leads: defaultdict[tuple[int, ReminderKind], list[Obligation]] = defaultdict(list)
    above: defaultdict[int, list[Obligation]] = defaultdict(list)
    for owed, kind, _due_on in new:
        leads[owed.party.body_id, kind].append(owed)
        acceptor = owed.task.acceptor_id
        if kind == ReminderKind.OVERDUE and acceptor != owed.party.body_id:
            above[acceptor].append(owed)
    for (body_id, kind), rows in leads.items():
        late = kind == ReminderKind.OVERDUE
        yield Message(
            kind="plans.overdue" if late else "plans.due",
            to=Holders("tasks.receive", (body_id,)),
            subject=f"body:{body_id}",
            occasion=f"{kind.value}:{today}",
            href=_href(rows, f"don-vi={body_id}", late=late),
            words=_WORDS[kind],
            params=_params(rows),
        )
    for body_id, rows in above.items():
        yield Message(
            kind="plans.overdue",
            to=Holders("tasks.accept", (body_id,)),
            subject=f"body:{body_id}",
            occasion=f"above:{today}",
            href=_href(rows, "xep=han", late=True),
            words=_ABOVE,
            params=_params(rows),
        )


def _href(rows: Sequence[Obligation], asked: str, *, late: bool) -> str:
    if len(rows) == 1:
        return rows[0].get_absolute_url()
    state = "&tinh-trang=overdue" if late else "&xep=han"
    return f"{reverse('plans:list')}?{asked}{state}"


def _params(rows: Sequence[Obligation]) -> dict[str, int | str | date]:
    first = rows[0]
    return {
        "count": len(rows),
        "work": within_sentence(first.task.work),
        "due": first.due_on or "",
    }
