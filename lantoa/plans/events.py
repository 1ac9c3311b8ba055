"""What happens to tasks. The live topic is the dispatcher's, told with each order."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lantoa.journal.events import Event
from lantoa.plans.vocabulary import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEvent(Event):
    """Something moved in tasks of one live topic; ``topic`` may be empty."""

    topic: str
    clause_ids: list[int]
    task_ids: list[int]

    def subjects(self) -> list[str]:
        """Return tasks, clauses and bodies, and what the live topic is about."""
        about = Event.subjects(self)
        return [*about, self.topic] if self.topic else about


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksDispatched(TaskEvent):
    """The tasks of a clause were dispatched to their bodies."""

    name = "plans.tasks_dispatched"
    sentence = _("Giao nhiệm vụ theo {clause} cho {body}.")
    body_ids: list[int]
    dispatcher: int  # the body that dispatched

    def subjects(self) -> list[str]:
        """Return what every fact about tasks is about, and the dispatching body."""
        return [*TaskEvent.subjects(self), f"body:{self.dispatcher}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksReceived(TaskEvent):
    """A body opened what was dispatched to it."""

    name = "plans.tasks_received"
    sentence = _("{body} đã nhận nhiệm vụ theo {clause}.")
    body_id: int
    parties: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksAcknowledged(TaskEvent):
    """A body acknowledged its tasks; an office answers for it."""

    name = "plans.tasks_acknowledged"
    sentence = _("{body} xác nhận tiếp nhận nhiệm vụ theo {clause}.")
    body_id: int
    parties: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksDerived(TaskEvent):
    """The lead body of a task made it concrete for itself or for bodies below."""

    name = "plans.tasks_derived"
    sentence = _("{body} cụ thể hóa {task} thành {derived} nhiệm vụ.")
    body_id: int
    derived: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRevised(TaskEvent):
    """A task says something else; what was derived from it is stale."""

    name = "plans.task_revised"
    sentence = _("Điều chỉnh {task}, phiên bản {version}.")
    version: int
    stale: list[int]  # the derived tasks
    dispatcher: int

    def subjects(self) -> list[str]:
        """Return what every fact about tasks is about, and what became stale."""
        about = TaskEvent.subjects(self)
        return [*about, f"body:{self.dispatcher}", *(f"task:{pk}" for pk in self.stale)]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionAdopted(TaskEvent):
    """A derived task was brought up to what its upstream says now."""

    name = "plans.revision_adopted"
    sentence = _("{body} cập nhật {task} theo điều chỉnh của cấp trên.")
    body_id: int
    version: int
    stale: list[int]  # the tasks derived from it, if it says something else now

    def subjects(self) -> list[str]:
        """Return what every fact about tasks is about, and what became stale."""
        return [*TaskEvent.subjects(self), *(f"task:{pk}" for pk in self.stale)]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingKept(TaskEvent):
    """A derived task stays as it is although its upstream says something else."""

    name = "plans.wording_kept"
    sentence = _("{body} giữ nguyên {task}: {reason}.")
    body_id: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkEvent(Event):
    """Something moved in what a lead body owes for one period."""

    task_id: int
    obligation_id: int
    body_id: int  # the lead


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSet(WorkEvent):
    """A body planned its work: milestones with products."""

    name = "plans.plan_set"
    sentence = _("{body} lập kế hoạch thực hiện {task}: {milestones} mốc.")
    version: int
    milestones: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReported(WorkEvent):
    """A body reported progress, with a note or a file."""

    name = "plans.progress_reported"
    sentence = _("{body} báo cáo tiến độ {task}.")
    progress_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionReported(WorkEvent):
    """A body declared a milestone or the whole complete; the acceptor judges."""

    name = "plans.completion_reported"
    sentence = _("{body} báo cáo hoàn thành {task}.")
    progress_id: int
    milestone_id: int | None
    acceptor: int

    def subjects(self) -> list[str]:
        """Return what it is about, and the body that judges it."""
        return [*WorkEvent.subjects(self), f"body:{self.acceptor}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionAccepted(WorkEvent):
    """The acceptor took the work as done."""

    name = "plans.completion_accepted"
    sentence = _("Nghiệm thu {task} của {body}.")
    progress_id: int
    milestone_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletionReturned(WorkEvent):
    """The acceptor gave the work back, with a reason."""

    name = "plans.completion_returned"
    sentence = _("Trả lại báo cáo hoàn thành {task} của {body}: {reason}.")
    progress_id: int
    milestone_id: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionRequested(WorkEvent):
    """A body asked for more time."""

    name = "plans.extension_requested"
    sentence = _("{body} đề nghị gia hạn {task} đến {asked_due_on}.")
    extension_id: int
    asked_due_on: date
    acceptor: int

    def subjects(self) -> list[str]:
        """Return what it is about, and the body that decides."""
        return [*WorkEvent.subjects(self), f"body:{self.acceptor}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionDecided(WorkEvent):
    """More time was granted or refused; the first due day stays known."""

    name = "plans.extension_decided"
    sentence = _("Quyết định gia hạn {task} của {body}: {decision}.")
    extension_id: int
    decision: str
    due_on: date | None

    def words(self) -> dict[str, str | Promise]:
        """Return the decision as it is called."""
        return {"decision": Decision(self.decision).label}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodsOpened(Event):
    """Recurring tasks oblige for another period."""

    name = "plans.periods_opened"
    sentence = _("Mở kỳ mới cho {opened} nhiệm vụ định kỳ.")
    opened: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDaysReminded(Event):
    """Those who owe work by a near day, or owed it, were reminded."""

    name = "plans.due_days_reminded"
    sentence = _("Nhắc hạn {reminded} nhiệm vụ.")
    reminded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceChased(Event):
    """Whoever gave the work reminded a silent body to acknowledge it."""

    name = "plans.silence_chased"
    sentence = _("Nhắc {body} xác nhận {number} nhiệm vụ theo {paper}.")
    body_id: int
    paper_id: int
    dispatcher: int  # the body that gave the work
    number: int

    def subjects(self) -> list[str]:
        """Return the paper and both bodies."""
        return [*Event.subjects(self), f"body:{self.dispatcher}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEnded(TaskEvent):
    """The dispatcher let a recurring or continuous task end."""

    name = "plans.task_ended"
    sentence = _("Thôi thực hiện {task}: {reason}.")
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksPassed(Event):
    """Open work of bodies that are no more went over to who took them over."""

    name = "plans.tasks_passed"
    sentence = _("Chuyển {moved} nhiệm vụ đang mở của {body} cho {successor}.")
    body_ids: list[int]
    reorganisation_id: int
    successor_id: int
    moved: int

    def subjects(self) -> list[str]:
        """Return all the bodies and the reorganisation."""
        return [*Event.subjects(self), f"body:{self.successor_id}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksTakenBack(Event):
    """Work that had gone over to a successor is the old bodies' again."""

    name = "plans.tasks_taken_back"
    sentence = _("Rút lại {moved} nhiệm vụ đã chuyển từ {body} sang {successor}.")
    body_ids: list[int]
    reorganisation_id: int
    successor_id: int
    moved: int

    def subjects(self) -> list[str]:
        """Return all the bodies and the reorganisation."""
        return [*Event.subjects(self), f"body:{self.successor_id}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAnswered(TaskEvent):
    """A body said something about its task; the words stand in the answer."""

    name = "plans.task_answered"
    sentence = _("{body} trả lời về nhiệm vụ theo {clause}.")
    body_id: int
    answer_id: int
