"""What a task says, and giving it another wording without losing the one before."""

from dataclasses import dataclass
from datetime import date, datetime

from lantoa.kernel.actor import Actor
from lantoa.plans.deadlines import insist_on_real_day
from lantoa.plans.models import Obligation, Task, TaskVersion
from lantoa.plans.periods import is_periodic, period_of
from lantoa.plans.vocabulary import Recurrence

WORDING = (
    "work",
    "deadline_text",
    "due_on",
    "authority",
    "product",
    "responsibility",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a task says: five of the six clear things; who is said beside it."""

    work: str
    deadline_text: str
    due_on: date | None = None
    authority: str = ""
    product: str = ""
    responsibility: str = ""

    @classmethod
    def of(cls, task: Task | TaskVersion) -> "Wording":
        """Return what *task* says now."""
        return cls(**{name: getattr(task, name) for name in WORDING})

    def tidy(self) -> "Wording":
        """Return it without spaces around its texts."""
        return Wording(
            work=self.work.strip(),
            deadline_text=self.deadline_text.strip(),
            due_on=self.due_on,
            authority=self.authority.strip(),
            product=self.product.strip(),
            responsibility=self.responsibility.strip(),
        )


def reword(actor: Actor, task: Task, said: Wording, reason: str, at: datetime) -> None:
    """Give *task*, which is locked, its next version; what is open gets its due day.

    Raises:
        DayOutOfReach: the due day lies before 2000 or after 2100.
    """
    insist_on_real_day(said.due_on)
    if not task.versions.exists():
        TaskVersion.objects.create(
            task=task,
            number=task.version,
            at=task.dispatched_at,
            **{name: getattr(task, name) for name in WORDING},
        )
    moved = said.due_on != task.due_on
    task.version += 1
    for name in WORDING:
        setattr(task, name, getattr(said, name))
    task.save(update_fields=["version", *WORDING])
    TaskVersion.objects.create(
        task=task,
        number=task.version,
        reason=reason,
        office=actor.office,
        mandate_id=actor.mandate_id,
        at=at,
        **{name: getattr(said, name) for name in WORDING},
    )
    if moved:
        _move_due_days(task)


def _move_due_days(task: Task) -> None:
    """Move what is open to the new day; the first day it ever had stays known.

    Of recurring work only the yearly kind names a day ("trước 30/11 hằng năm").
    """
    held = task.obligations.select_for_update(no_key=True).order_by("pk")
    for owed in held.filter(accepted_at=None, passed_at=None):
        owed.due_on = _due_day(task, owed)
        if owed.due_on is None or owed.original_due_on is None:
            owed.original_due_on = owed.due_on
        owed.save(update_fields=["due_on", "original_due_on"])


def _due_day(task: Task, owed: Obligation) -> date | None:
    if not is_periodic(task.recurrence) or owed.starts_on is None:
        return task.due_on
    return period_of(Recurrence(task.recurrence), owed.starts_on).due_on(task.due_on)
