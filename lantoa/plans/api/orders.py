"""What the API is told about tasks: the words of each command."""

from typing import Annotated

from ninja import Field

from lantoa.kernel.exchange import (
    Day,
    LongLine,
    Number,
    Said,
    SaidLine,
    SaidLongLine,
    SaidText,
    Text,
    YesNo,
)
from lantoa.plans.actions import Wording
from lantoa.plans.api.shapes import Reason, Remark, Version
from lantoa.plans.vocabulary import Recurrence


class Worded(Said):
    """What a task says."""

    work: SaidText
    deadline_text: SaidLine
    due_on: Day | None = None
    authority: LongLine = ""
    product: LongLine = ""
    responsibility: LongLine = ""

    def wording(self) -> Wording:
        """Return it as actions take it."""
        return Wording(**{name: getattr(self, name) for name in Worded.model_fields})


class Ordered(Worded):
    """One task to be dispatched."""

    clause_id: Number
    lead_id: Number
    coordinating_ids: Annotated[list[Number], Field(max_length=200)] = []
    recurrence: Recurrence | None = None


class Dispatched(Said):
    """Tasks dispatched together in the name of a body."""

    dispatcher_id: Number
    orders: Annotated[list[Ordered], Field(min_length=1, max_length=200)]


class Derived(Worded):
    """A task made concrete for each of the lead bodies."""

    lead_ids: Annotated[list[Number], Field(min_length=1, max_length=5000)]
    coordinating_ids: Annotated[list[Number], Field(max_length=200)] = []
    recurrence: Recurrence | None = None
    seen: Version | None = None


class Revised(Worded):
    """Another wording, and why."""

    reason: Reason
    seen: Version | None = None


class Adopted(Worded):
    """The next wording of a task whose upstream was revised."""

    seen: Version | None = None


class Kept(Said):
    """Why a task stays as it is though its upstream was revised."""

    reason: Reason
    seen: Version | None = None


class Acknowledged(Said):
    """That the task is known, perhaps with a short answer."""

    answer: Text = ""


class Answered(Said):
    """What the body says."""

    text: SaidText


class MilestoneSaid(Said):
    """A step; with ``id`` one that the plan has already."""

    id: Number | None = None
    title: SaidLongLine
    product: SaidLongLine
    due_on: Day | None = None


class Planned(Said):
    """The whole plan; a change of it has a reason."""

    milestones: Annotated[list[MilestoneSaid], Field(min_length=1, max_length=100)]
    reason: Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    seen: Version | None = None


class Reported(Said):
    """A note on how the work stands; with ``completes`` it is declared complete."""

    text: SaidText
    milestone_id: Number | None = None
    completes: YesNo = False


class Longer(Said):
    """More time, and why."""

    due_on: Day
    reason: Annotated[SaidText, Field(max_length=1000)]


class Decided(Said):
    """Whether more time is given."""

    granted: YesNo
    reason: Remark = ""


class Returned(Said):
    """Why reported work is given back."""

    reason: SaidLine
