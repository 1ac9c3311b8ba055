from lantoa.plans.models.obligations import (
    ExtensionRequest,
    Milestone,
    Obligation,
    PlanVersion,
)
from lantoa.plans.models.progress import Progress
from lantoa.plans.models.reminders import Reminder
from lantoa.plans.models.tasks import Answer, Task, TaskParty, TaskVersion

__all__ = [
    "Answer",
    "ExtensionRequest",
    "Milestone",
    "Obligation",
    "PlanVersion",
    "Progress",
    "Reminder",
    "Task",
    "TaskParty",
    "TaskVersion",
]
