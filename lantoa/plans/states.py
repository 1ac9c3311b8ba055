"""In which state an obligation is on a day: said once, in SQL.

The states exclude each other and leave nothing out, so counts by state add up to the
number of obligations. Whoever shows a percentage computes it from them.
"""

from datetime import date

from django.db.models import Case, CharField, F, Q, Value, When

from lantoa.plans.vocabulary import WorkState


def state_on(day: date, path: str = "") -> Case:
    """Return the expression of the ``WorkState`` on *day* of an obligation.

    Args:
        path: ORM path to the obligation, "" when the rows are obligations.

    The first that holds: passed on; done (in time when it was reported complete by
    the due day in force); overdue; in progress; planned; acknowledged; received; else
    not received.
    """
    at = f"{path}__" if path else ""
    done = Q(**{f"{at}completed_on__isnull": False})
    in_time = Q(**{f"{at}due_on__isnull": True}) | Q(
        **{f"{at}completed_on__lte": F(f"{at}due_on")}
    )
    states = [
        (Q(**{f"{at}passed_at__isnull": False}), WorkState.PASSED),
        (done & in_time, WorkState.DONE_IN_TIME),
        (done, WorkState.DONE_LATE),
        (Q(**{f"{at}due_on__lt": day}), WorkState.OVERDUE),
        (Q(**{f"{at}started_at__isnull": False}), WorkState.IN_PROGRESS),
        (Q(**{f"{at}planned_at__isnull": False}), WorkState.PLANNED),
        (Q(**{f"{at}party__acknowledged_at__isnull": False}), WorkState.ACKNOWLEDGED),
        (Q(**{f"{at}party__received_at__isnull": False}), WorkState.NOT_ACKNOWLEDGED),
    ]
    return Case(
        *(When(holds, then=Value(state.value)) for holds, state in states),
        default=Value(WorkState.NOT_RECEIVED.value),
        output_field=CharField(),
    )
