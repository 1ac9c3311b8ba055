"""What every command about owed work does first: hold its row, see that it is open."""

from lantoa.plans.models import Obligation
from lantoa.plans.vocabulary import WorkClosed


def hold(obligation: Obligation) -> Obligation:
    """Return *obligation* afresh and locked, with its task and its lead's part.

    Whoever plans, reports, judges, extends or passes on waits here for the others, so
    each sees what the one before left.
    """
    return (
        Obligation.objects.select_related("task", "party")
        .select_for_update(of=("self",))
        .get(pk=obligation.pk)
    )


def insist_on_open(obligation: Obligation) -> None:
    """Refuse what comes after the end.

    Raises:
        WorkClosed: it is done, has ended, or went over to a successor.
    """
    ended = obligation.task.ended_on is not None and obligation.due_on is None
    if ended or not obligation.open:
        raise WorkClosed


def hold_open(obligation: Obligation) -> Obligation:
    """Return *obligation* afresh and locked; refuse if nothing is owed any more.

    Raises:
        WorkClosed: it is done, has ended, or went over to a successor.
    """
    held = hold(obligation)
    insist_on_open(held)
    return held
