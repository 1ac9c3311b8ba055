"""More time: asked for by who carries out, decided by who judges."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.plans import rules
from lantoa.plans.actions.deriving import insist_on_earlier
from lantoa.plans.actions.holding import hold, hold_open, insist_on_open
from lantoa.plans.deadlines import insist_on_real_day
from lantoa.plans.events import ExtensionDecided, ExtensionRequested
from lantoa.plans.models import ExtensionRequest, Obligation
from lantoa.plans.vocabulary import (
    AlreadyJudged,
    Decision,
    ExtensionAsked,
    NoDueDay,
    NotLater,
    ReasonMissing,
)


@action
def ask_extension(
    *, actor: Actor, obligation: Obligation, due_on: date, reason: str, at: datetime
) -> ExtensionRequest:
    """Ask for more time; the due day stays until the acceptor has decided.

    Raises:
        NotPermitted: the actor doesn't work for the lead body.
        ReasonMissing: no reason is given.
        WorkClosed: nothing is owed any more.
        NoDueDay: it has no due day.
        DayOutOfReach: the day lies before 2000 or after 2100.
        NotLater: not after the due day in force, or not after the day of asking.
        ExtensionAsked: another request waits.
    """
    rules.CARRY_OUT.require(actor, obligation)
    if not reason.strip():
        raise ReasonMissing
    insist_on_real_day(due_on)
    obligation = hold_open(obligation)
    if obligation.due_on is None:
        raise NoDueDay
    if due_on <= obligation.due_on:
        raise NotLater
    if due_on <= at.astimezone(HANOI).date():
        raise NotLater(_("Ngày đề nghị phải sau hôm nay."))
    if obligation.extensions.filter(decision=Decision.PENDING).exists():
        raise ExtensionAsked
    request = ExtensionRequest.objects.create(
        obligation=obligation,
        asked_due_on=due_on,
        reason=reason.strip(),
        office=actor.office,
        mandate_id=actor.mandate_id,
        at=at,
    )
    record(
        ExtensionRequested(
            task_id=obligation.task_id,
            obligation_id=obligation.pk,
            body_id=obligation.party.body_id,
            extension_id=request.pk,
            asked_due_on=due_on,
            acceptor=obligation.task.acceptor_id,
        ),
        by=actor,
        at=at,
    )
    return request


@action
def decide_extension(
    *,
    actor: Actor,
    request: ExtensionRequest,
    granted: bool,
    reason: str,
    at: datetime,
) -> ExtensionRequest:
    """Grant or refuse more time; the first due day stays known either way.

    Args:
        reason: needed for a refusal.

    Raises:
        NotPermitted: the actor doesn't judge for the acceptor.
        ReasonMissing: a refusal without a reason.
        WorkClosed: nothing is owed any more.
        AlreadyJudged: somebody was first.
        NotLater: the due day has moved beyond the day asked for.
        LaterThanUpstream: it would fall due after the upstream task.
    """
    rules.ACCEPT.require(actor, request.obligation)
    if not granted and not reason.strip():
        raise ReasonMissing
    obligation = hold(request.obligation)
    request = ExtensionRequest.objects.get(pk=request.pk)
    if request.decision != Decision.PENDING:
        raise AlreadyJudged
    insist_on_open(obligation)
    if granted:
        _extend(obligation, request.asked_due_on)
    request.decision = Decision.GRANTED if granted else Decision.REFUSED
    request.decision_reason = reason.strip()
    request.decided_by = actor.office
    request.decided_at = at
    request.save(
        update_fields=["decision", "decision_reason", "decided_by", "decided_at"]
    )
    record(
        ExtensionDecided(
            task_id=obligation.task_id,
            obligation_id=obligation.pk,
            body_id=obligation.party.body_id,
            extension_id=request.pk,
            decision=request.decision,
            due_on=obligation.due_on,
        ),
        by=actor,
        at=at,
    )
    return request


def _extend(obligation: Obligation, due_on: date) -> None:
    if obligation.due_on is not None and due_on <= obligation.due_on:
        raise NotLater
    upstream = obligation.task.derived_from
    if upstream is not None:
        insist_on_earlier(upstream, due_on)
    obligation.due_on = due_on
    obligation.save(update_fields=["due_on"])
