"""Every write about tasks; one file for each part of their life."""

from lantoa.plans.actions.answering import (
    acknowledge,
    acknowledge_all,
    answer,
    receive,
    receive_all,
)
from lantoa.plans.actions.chasing import chase
from lantoa.plans.actions.deriving import derive
from lantoa.plans.actions.dispatching import Order, dispatch
from lantoa.plans.actions.ending import end_task
from lantoa.plans.actions.extending import ask_extension, decide_extension
from lantoa.plans.actions.judging import accept_completion, return_completion
from lantoa.plans.actions.periods import open_periods
from lantoa.plans.actions.planning import MilestoneText, set_plan
from lantoa.plans.actions.progressing import report_progress
from lantoa.plans.actions.reminding import remind
from lantoa.plans.actions.revising import (
    adopt_revision,
    adopt_revisions,
    keep_wording,
    keep_wordings,
    revise_task,
)
from lantoa.plans.actions.wording import Wording

__all__ = [
    "MilestoneText",
    "Order",
    "Wording",
    "accept_completion",
    "acknowledge",
    "acknowledge_all",
    "adopt_revision",
    "adopt_revisions",
    "answer",
    "ask_extension",
    "chase",
    "decide_extension",
    "derive",
    "dispatch",
    "end_task",
    "keep_wording",
    "keep_wordings",
    "open_periods",
    "receive",
    "receive_all",
    "remind",
    "report_progress",
    "return_completion",
    "revise_task",
    "set_plan",
]
