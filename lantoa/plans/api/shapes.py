"""What the API says about tasks, and what it is asked."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Schema

from lantoa.kernel.exchange import (
    WHOLE,
    Asked,
    Flag,
    Searched,
)
from lantoa.plans.models import Obligation, Task
from lantoa.plans.vocabulary import (
    Decision,
    MapView,
    PartyRole,
    PartyState,
    Stage,
    WorkState,
)

Reason = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")]  # fmt: skip  # noqa: E501
Remark = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00-\x1f\x7f]*$")]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Version = Annotated[int, Field(ge=1, le=32_767), WHOLE]


class TasksAsked(Searched):
    """Which tasks."""

    paper_id: Id | None = None
    clause_id: Id | None = None
    dispatcher_id: Id | None = None
    derived_from_id: Id | None = None
    stale: Flag = False


class PartsAsked(Asked):
    """Which parts in tasks."""

    body_id: Id | None = None
    task_id: Id | None = None


class Wanted(Schema):
    """Which obligations; ``view`` shows each once: as dispatched, or as it is today."""

    view: MapView | None = None
    paper_id: Id | None = None
    clause_id: Id | None = None
    origin_id: Id | None = None
    dispatcher_id: Id | None = None
    body_id: Id | None = None
    province_id: Annotated[int, Field(ge=0, le=2**63 - 1)] | None = None
    stage: Stage | None = None
    state: WorkState | None = None
    silent: Flag = False


class ObligationsAsked(Searched, Wanted):
    """A page of the obligations."""


class SilentAsked(Asked, Wanted):
    """Which silence; ``unopened``: only what nobody there has even received."""

    unopened: Flag = False


class BoardAsked(Asked):
    """Which board of a paper."""

    view: MapView = MapView.TODAY
    stage: Stage = Stage.DIRECT


class TaskShown(Schema):
    """A task; ``stale`` when what it was derived from says something else by now."""

    id: int
    clause_id: int
    dispatcher_id: int
    acceptor_id: int
    lead_id: int
    coordinating_ids: list[int]
    derived_from_id: int | None
    origin_id: int | None
    succeeds_id: int | None
    version: int
    stale: bool
    work: str
    deadline_text: str
    due_on: date | None
    recurrence: str
    authority: str
    product: str
    responsibility: str
    dispatched_at: datetime
    ended_on: date | None

    @staticmethod
    def resolve_lead_id(task: Task) -> int:
        """Return the one body that leads it."""
        return next(p.body_id for p in task.parties.all() if p.role == PartyRole.LEAD)

    @staticmethod
    def resolve_coordinating_ids(task: Task) -> list[int]:
        """Return the bodies that take part."""
        return sorted(p.body_id for p in task.parties.all() if p.role != PartyRole.LEAD)

    @staticmethod
    def resolve_stale(task: Task) -> bool:
        """Return whether the upstream has a later wording."""
        if task.derived_from is None:
            return False
        return (task.derived_version or 0) < task.derived_from.version


class TaskVersionShown(Schema):
    """One wording of a task."""

    number: int
    work: str
    deadline_text: str
    due_on: date | None
    authority: str
    product: str
    responsibility: str
    reason: str
    office: str
    at: datetime


class AnswerShown(Schema):
    """What a body officially said."""

    id: int
    text: str
    office: str
    at: datetime


class PartShown(Schema):
    """A body's part in a task."""

    id: int
    task_id: int
    body_id: int
    role: PartyRole
    state: PartyState
    received_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    answers: list[AnswerShown]

    @staticmethod
    def resolve_answers(part: Any) -> list[Any]:
        """Return the answers, the newest first."""
        return list(part.answers.all())


class ObligationShown(Schema):
    """What a lead body owes for one period."""

    id: int
    task_id: int
    body_id: int
    clause_id: int
    work: str
    period: str
    starts_on: date | None
    due_on: date | None
    original_due_on: date | None
    state: WorkState
    planned_at: datetime | None
    started_at: datetime | None
    completed_on: date | None
    accepted_at: datetime | None
    passed_at: datetime | None

    @staticmethod
    def resolve_body_id(owed: Obligation) -> int:
        """Return the lead body."""
        return owed.party.body_id

    @staticmethod
    def resolve_clause_id(owed: Obligation) -> int:
        """Return the clause that set it."""
        return owed.task.clause_id

    @staticmethod
    def resolve_work(owed: Obligation) -> str:
        """Return what is to be done."""
        return owed.task.work


class MilestoneShown(Schema):
    """A step on the way, with the product that proves it."""

    id: int
    position: int
    title: str
    product: str
    due_on: date | None
    completed_on: date | None
    accepted_at: datetime | None


class ProgressShown(Schema):
    """A report with its evidence, and the verdict on it."""

    id: int
    obligation_id: int
    milestone_id: int | None
    text: str
    file_id: int | None
    completes: bool
    office: str
    at: datetime
    verdict: str
    verdict_reason: str
    verdict_by: str
    verdict_at: datetime | None


class ExtensionShown(Schema):
    """A request for more time, and what became of it."""

    id: int
    obligation_id: int
    asked_due_on: date
    reason: str
    office: str
    at: datetime
    decision: Decision
    decision_reason: str
    decided_by: str
    decided_at: datetime | None


class WaitingShown(Schema):
    """Something that waits for the actor's verdict."""

    kind: str
    id: int
    at: datetime


class CountsShown(Schema):
    """How many obligations are in each state; a number that nobody typed."""

    total: int
    by_state: dict[WorkState, int]


class SilentShown(Schema):
    """A body that has not answered for what a paper set it."""

    body_id: int
    paper_id: int
    number: int
    unreceived: int
    since: datetime
    working_days: int


class CellShown(Schema):
    """How many obligations of a clause a body has in one state."""

    clause_id: int
    body_id: int
    state: WorkState
    number: int
