"""Every read about tasks; one file for each kind of question."""

from lantoa.plans.queries.lists import Asked, listed, successors_of, with_names
from lantoa.plans.queries.outcomes import Outcome, outcomes
from lantoa.plans.queries.tasks import (
    Tally,
    board,
    board_by_clause,
    dispatched_papers,
    inbox,
    obligations_visible_to,
    parties_of_clause,
    parties_of_task,
    parties_visible_to,
    receivable_by,
    tally,
    visible_to,
)

__all__ = [
    "Asked",
    "Outcome",
    "Tally",
    "board",
    "board_by_clause",
    "dispatched_papers",
    "inbox",
    "listed",
    "obligations_visible_to",
    "outcomes",
    "parties_of_clause",
    "parties_of_task",
    "parties_visible_to",
    "receivable_by",
    "successors_of",
    "tally",
    "visible_to",
    "with_names",
]
