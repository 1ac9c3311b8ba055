"""Judging what was reported as complete: taken as done, or given back."""

from datetime import datetime

from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.plans import rules
from lantoa.plans.actions.holding import hold, insist_on_open
from lantoa.plans.events import CompletionAccepted, CompletionReturned
from lantoa.plans.models import Progress
from lantoa.plans.vocabulary import AlreadyJudged, ReasonMissing, Verdict


@action
def accept_completion(*, actor: Actor, progress: Progress, at: datetime) -> Progress:
    """Take a milestone, or the whole, as done on the day on which it was reported.

    With the whole, whatever milestone still waited is taken as done, too.

    Raises:
        NotPermitted: the actor doesn't judge for the acceptor.
        WorkClosed: nothing is owed any more.
        AlreadyJudged: somebody was first.
    """
    rules.ACCEPT.require(actor, progress.obligation)
    progress = _waiting(progress)
    accepted = [progress]
    if progress.milestone_id is None:
        rest = progress.obligation.progress.filter(verdict=Verdict.PENDING)
        steps = rest.exclude(pk=progress.pk).select_related("milestone")
        accepted += steps.order_by("pk")
    for each in accepted:
        each.obligation = progress.obligation
        _accept(actor, each, at)
    return progress


@action
def return_completion(
    *, actor: Actor, progress: Progress, reason: str, at: datetime
) -> Progress:
    """Give reported work back with a reason; the body carries on and reports again.

    Raises:
        NotPermitted: the actor doesn't judge for the acceptor.
        ReasonMissing: no reason is given.
        WorkClosed: nothing is owed any more.
        AlreadyJudged: somebody was first.
    """
    rules.ACCEPT.require(actor, progress.obligation)
    if not reason.strip():
        raise ReasonMissing
    progress = _waiting(progress)
    _judge(actor, progress, Verdict.RETURNED, reason.strip(), at)
    owed = progress.obligation
    record(
        CompletionReturned(
            task_id=owed.task_id,
            obligation_id=owed.pk,
            body_id=owed.party.body_id,
            progress_id=progress.pk,
            milestone_id=progress.milestone_id,
            reason=reason.strip(),
        ),
        by=actor,
        at=at,
    )
    return progress


def _waiting(progress: Progress) -> Progress:
    """Return the report afresh under the lock of its obligation, if it waits."""
    obligation = hold(progress.obligation)
    progress = Progress.objects.select_related("milestone").get(pk=progress.pk)
    if progress.verdict != Verdict.PENDING:
        raise AlreadyJudged
    insist_on_open(obligation)
    progress.obligation = obligation
    return progress


def _accept(actor: Actor, progress: Progress, at: datetime) -> None:
    _judge(actor, progress, Verdict.ACCEPTED, "", at)
    owed = progress.obligation
    done = progress.milestone or owed
    done.completed_on = progress.at.astimezone(HANOI).date()
    done.accepted_at = at
    done.save(update_fields=["completed_on", "accepted_at"])
    record(
        CompletionAccepted(
            task_id=owed.task_id,
            obligation_id=owed.pk,
            body_id=owed.party.body_id,
            progress_id=progress.pk,
            milestone_id=progress.milestone_id,
        ),
        by=actor,
        at=at,
    )


def _judge(
    actor: Actor, progress: Progress, verdict: Verdict, reason: str, at: datetime
) -> None:
    progress.verdict = verdict
    progress.verdict_reason = reason
    progress.verdict_by = actor.office
    progress.verdict_at = at
    progress.save(
        update_fields=["verdict", "verdict_reason", "verdict_by", "verdict_at"]
    )
