"""Chasing the silent: whoever gave the work reminds a body to acknowledge it."""

from datetime import datetime

from lantoa.documents.models import Paper
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.organisations.models import Body
from lantoa.plans import rules
from lantoa.plans.events import SilenceChased
from lantoa.plans.models import Obligation, Task


@action
def chase(
    *, actor: Actor, dispatcher: Body, body: Body, paper: Paper, at: datetime
) -> int:
    """Remind *body* of what *dispatcher* gave it by *paper*; return how many tasks.

    Only of what is open and what nobody there has acknowledged; 0 when there is none.
    Who is told, once a day, is said by the reaction.

    Raises:
        NotPermitted: the actor doesn't dispatch for *dispatcher*.
    """
    rules.DISPATCH.require(actor, Task(dispatcher=dispatcher))
    silent = Obligation.objects.filter(
        task__dispatcher=dispatcher,
        task__clause__paper=paper,
        party__body=body,
        party__acknowledged_at=None,
        accepted_at=None,
        passed_at=None,
    )
    number = silent.values("task").distinct().count()
    if not number:
        unchanged()
        return 0
    record(
        SilenceChased(
            body_id=body.pk,
            paper_id=paper.pk,
            dispatcher=dispatcher.pk,
            number=number,
        ),
        by=actor,
        at=at,
    )
    return number
