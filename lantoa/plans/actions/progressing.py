"""Reporting what was done, with its evidence."""

from datetime import datetime
from typing import IO

from lantoa.files.actions import store_file
from lantoa.files.models import StoredFile
from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.plans import rules
from lantoa.plans.actions.answering import known
from lantoa.plans.actions.holding import hold_open
from lantoa.plans.events import CompletionReported, ProgressReported
from lantoa.plans.models import Milestone, Obligation, Progress
from lantoa.plans.vocabulary import (
    EvidenceMissing,
    MilestoneReached,
    NotInPlan,
    Verdict,
    WaitsForVerdict,
)


@action
def report_progress(
    *,
    actor: Actor,
    obligation: Obligation,
    text: str,
    content: IO[bytes] | None,
    file_name: str,
    milestone: Milestone | None = None,
    completes: bool = False,
    at: datetime,
) -> Progress:
    """Report about an obligation with a note, a file, or both; nothing is replaced.

    Reporting says that the task is known and that work has begun.

    Args:
        content: the evidence, seekable; kept for the lead body.
        file_name: what the sender called it.
        milestone: the step that it is about; the whole if none.
        completes: declares that complete; the acceptor judges it.

    Raises:
        NotPermitted: the actor doesn't work for the lead body.
        EvidenceMissing: neither a note nor a file.
        FileEmpty, FileTooLarge, TypeNotKept, MacrosNotKept: as when storing a file.
        WorkClosed: nothing is owed any more.
        NotInPlan: the milestone is not, or no longer, one of the plan.
        MilestoneReached: it would complete a milestone that was accepted.
        WaitsForVerdict: it was declared complete before, and is not judged yet.
    """
    rules.CARRY_OUT.require(actor, obligation)
    if not text.strip() and content is None:
        raise EvidenceMissing
    file = _kept(actor, obligation, content, file_name, at)  # before others wait for us
    obligation = hold_open(obligation)
    if milestone is not None:
        milestone = _planned(obligation, milestone, completes=completes)
    if completes:
        _insist_on_judged(obligation, milestone)
    progress = Progress.objects.create(
        obligation=obligation,
        milestone=milestone,
        text=text.strip(),
        file=file,
        completes=completes,
        verdict=Verdict.PENDING if completes else "",
        office=actor.office,
        mandate_id=actor.mandate_id,
        at=at,
    )
    known(actor, obligation.party, at)
    if obligation.started_at is None:
        obligation.started_at = at
        obligation.save(update_fields=["started_at"])
    record(_fact(progress), by=actor, at=at)
    return progress


def _kept(
    actor: Actor,
    obligation: Obligation,
    content: IO[bytes] | None,
    name: str,
    at: datetime,
) -> StoredFile | None:
    if content is None:
        return None
    owner = obligation.party.body_id
    return store_file(actor=actor, owner_id=owner, content=content, name=name, at=at)


def _planned(
    obligation: Obligation, milestone: Milestone, *, completes: bool
) -> Milestone:
    """Return the milestone as it stands in the plan now."""
    found = obligation.milestones.filter(pk=milestone.pk, dropped=False).first()
    if found is None:
        raise NotInPlan
    if completes and found.accepted_at is not None:
        raise MilestoneReached
    return found


def _insist_on_judged(obligation: Obligation, milestone: Milestone | None) -> None:
    waiting = obligation.progress.filter(verdict=Verdict.PENDING, milestone=milestone)
    if waiting.exists():
        raise WaitsForVerdict


def _fact(progress: Progress) -> ProgressReported | CompletionReported:
    owed = progress.obligation
    if not progress.completes:
        return ProgressReported(
            task_id=owed.task_id,
            obligation_id=owed.pk,
            body_id=owed.party.body_id,
            progress_id=progress.pk,
        )
    return CompletionReported(
        task_id=owed.task_id,
        obligation_id=owed.pk,
        body_id=owed.party.body_id,
        progress_id=progress.pk,
        milestone_id=progress.milestone_id,
        acceptor=owed.task.acceptor_id,
    )
