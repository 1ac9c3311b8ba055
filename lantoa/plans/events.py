"""What happens to tasks. The live topic is the dispatcher's, told with each order."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lantoa.journal.events import Event


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
class TaskAnswered(TaskEvent):
    """A body said something about its task; the words stand in the answer."""

    name = "plans.task_answered"
    sentence = _("{body} trả lời về nhiệm vụ theo {clause}.")
    body_id: int
    answer_id: int
