"""Opening the periods of recurring tasks, day by day."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import DateField, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.plans import rules
from lantoa.plans.events import PeriodsOpened
from lantoa.plans.models import Obligation, Task, TaskParty
from lantoa.plans.periods import PERIODIC, Period, first_period, period_of
from lantoa.plans.queries.passing import carried_on
from lantoa.plans.vocabulary import PartyRole, Recurrence

_AT_ONCE = 2_000  # rows in one statement

# What was derived from tasks that have ended, however far down.
_BELOW_ENDED = """(
WITH RECURSIVE down(id) AS (
    SELECT t.id FROM plans_task AS t JOIN plans_task AS up ON up.id = t.derived_from_id
     WHERE up.ended_on IS NOT NULL
     UNION
    SELECT t.id FROM down JOIN plans_task AS t ON t.derived_from_id = down.id
)
SELECT id FROM down
)"""


@action
def open_periods(*, actor: Actor, at: datetime) -> int:
    """Let recurring tasks oblige for every period begun by now; return how many new.

    Periods that were missed while nothing ran are opened, too. Doing it twice, or by
    two at once, opens none twice. What was derived from a task that has ended,
    however far down, opens none.

    Raises:
        NotPermitted: the actor doesn't dispatch everywhere.
    """
    rules.DISPATCH.require(actor, Task())
    due = list(_due(at.astimezone(HANOI).date()))
    theirs = Obligation.objects.filter(task__in={row.task_id for row in due})
    before = theirs.count() if due else 0
    Obligation.objects.bulk_create(due, ignore_conflicts=True, batch_size=_AT_ONCE)
    opened = theirs.count() - before if due else 0
    if not opened:
        unchanged()
        return 0
    record(PeriodsOpened(opened=opened), by=actor, at=at)
    return opened


def _due(on: date) -> Iterator[Obligation]:
    """Yield the periods begun by *on* for which their tasks do not oblige yet."""
    lead = TaskParty.objects.filter(task=OuterRef("pk"), role=PartyRole.LEAD)
    tasks = (
        carried_on()
        .filter(recurrence__in=PERIODIC, ended_on=None)
        .exclude(pk__in=RawSQL(_BELOW_ENDED, []))  # noqa: S611 -- constant
        .annotate(
            lead=Subquery(lead.values("pk")[:1]),
            latest=_last_begin(OuterRef("pk")),
            passed=_last_begin(OuterRef("succeeds_id")),
        )
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    )
    for task in tasks:
        for period in _missing(task, task.latest or task.passed, on):
            due_on = period.due_on(task.due_on)
            yield Obligation(
                task=task,
                party_id=task.lead,
                period=period.code,
                starts_on=period.starts_on,
                due_on=due_on,
                original_due_on=due_on,
            )


def _last_begin(task: OuterRef) -> Subquery:
    rows: QuerySet[Obligation] = Obligation.objects.filter(
        task=task, starts_on__isnull=False
    )
    return Subquery(
        rows.order_by("-starts_on").values("starts_on")[:1], output_field=DateField()
    )


def _missing(task: Task, latest: date | None, on: date) -> Iterator[Period]:
    recurrence = Recurrence(task.recurrence)
    if latest is None:
        period = first_period(recurrence, task.dispatched_at.astimezone(HANOI).date())
        yield period
    else:
        period = period_of(recurrence, latest)
    while (period := period.following()).starts_on <= on:
        yield period
