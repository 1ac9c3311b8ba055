"""What became of the clauses of a paper: who did what, whoever holds the work now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from lantoa.plans.models import Obligation
from lantoa.plans.states import state_on
from lantoa.plans.vocabulary import WorkState


@dataclass(frozen=True, slots=True)
class Outcome:
    """One obligation as it was dispatched, and where it stands.

    Attributes:
        body_id: the lead to which it was dispatched.
        holder_id: the lead that has it now, after every reorganisation since.
        state: the state at that holder.
    """

    clause_id: int
    obligation_id: int
    period: str
    body_id: int
    holder_id: int
    state: WorkState


def outcomes(clause_ids: Collection[int], day: date) -> list[Outcome]:
    """Return every obligation that the clauses set directly, in one statement.

    What went over to a successor is counted once: under the lead it was dispatched
    to, with the state that the successor's work has. Derived tasks are not counted;
    they are how a lead goes about it.
    """
    rows = (
        Obligation.objects.filter(
            task__clause__in=clause_ids, task__derived_from__isnull=True
        )
        .annotate(state=state_on(day))
        .order_by("task__clause__position", "pk")
        .values_list(
            "task__clause_id",
            "pk",
            "period",
            "party__body_id",
            "state",
            "task_id",
            "task__succeeds_id",
        )
    )
    found = list(rows)
    taken_over = {(row[6], row[2]): row for row in found if row[6] is not None}
    told = []
    for row in found:
        if row[6] is not None:
            continue
        last = row
        while (last[5], last[2]) in taken_over:
            last = taken_over[last[5], last[2]]
        told.append(
            Outcome(row[0], last[1], row[2], row[3], last[3], WorkState(last[4]))
        )
    return told
