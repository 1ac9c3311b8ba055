"""Every write about tasks; one file for each part of their life."""

from lantoa.plans.actions.answering import (
    acknowledge,
    acknowledge_all,
    answer,
    receive,
    receive_all,
)
from lantoa.plans.actions.deriving import (
    Wording,
    adopt_revision,
    derive,
    keep_wording,
    revise_task,
)
from lantoa.plans.actions.dispatching import Order, dispatch

__all__ = [
    "Order",
    "Wording",
    "acknowledge",
    "acknowledge_all",
    "adopt_revision",
    "answer",
    "derive",
    "dispatch",
    "keep_wording",
    "receive",
    "receive_all",
    "revise_task",
]
