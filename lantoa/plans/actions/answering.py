"""What a body does first with a dispatch: receive, acknowledge, answer."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from django.db.models import QuerySet

from lantoa.documents.models import Paper
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.organisations.models import Body
from lantoa.plans import rules
from lantoa.plans.events import TaskAnswered, TasksAcknowledged, TasksReceived
from lantoa.plans.models import Answer, TaskParty
from lantoa.plans.vocabulary import AnswerMissing

F = TypeVar("F", TasksReceived, TasksAcknowledged)


@action
def receive(*, actor: Actor, party: TaskParty, at: datetime) -> TaskParty:
    """Note that the body opened its task; again changes nothing.

    Raises:
        NotPermitted: the actor doesn't receive tasks for the body.
    """
    rules.RECEIVE.require(actor, party)
    _receive(actor, TaskParty.objects.filter(pk=party.pk), at)
    return TaskParty.objects.get(pk=party.pk)


@action
def receive_all(*, actor: Actor, body: Body, at: datetime) -> int:
    """Note that *body* opened everything dispatched to it; return how many were new.

    Raises:
        NotPermitted: the actor doesn't receive tasks for the body.
    """
    rules.RECEIVE.require(actor, TaskParty(body=body))
    return _receive(actor, TaskParty.objects.filter(body=body), at)


@action
def acknowledge(
    *, actor: Actor, party: TaskParty, at: datetime, answer: str = ""
) -> TaskParty:
    """Acknowledge a task for its body, perhaps with a short answer; again: nothing.

    Args:
        answer: the body's words, kept as its answer even if it acknowledged before.

    Raises:
        NotPermitted: the actor doesn't receive tasks for the body.
    """
    rules.RECEIVE.require(actor, party)
    _acknowledge(actor, TaskParty.objects.filter(pk=party.pk), at)
    if answer.strip():
        _answer(actor, party, answer, at)
    return TaskParty.objects.get(pk=party.pk)


@action
def acknowledge_all(*, actor: Actor, body: Body, paper: Paper, at: datetime) -> int:
    """Acknowledge what *paper* dispatched to *body*; return how many were new.

    Raises:
        NotPermitted: the actor doesn't receive tasks for the body.
    """
    rules.RECEIVE.require(actor, TaskParty(body=body))
    parties = TaskParty.objects.filter(body=body, task__clause__paper=paper)
    return _acknowledge(actor, parties, at)


@action
def answer(*, actor: Actor, party: TaskParty, text: str, at: datetime) -> Answer:
    """Say something about a task for its body; earlier answers stay.

    Raises:
        NotPermitted: the actor doesn't receive tasks for the body.
        AnswerMissing: it says nothing.
    """
    rules.RECEIVE.require(actor, party)
    return _answer(actor, party, text, at)


def known(actor: Actor, party: TaskParty, at: datetime) -> None:
    """Note what acting on a task says by itself: its body knows it."""
    if party.acknowledged_at is None:
        _acknowledge(actor, TaskParty.objects.filter(pk=party.pk), at)


def _receive(actor: Actor, parties: QuerySet[TaskParty], at: datetime) -> int:
    new = _locked(parties.filter(received_at=None))
    if not new:
        unchanged()
        return 0
    TaskParty.objects.filter(pk__in=[each.pk for each in new]).update(received_at=at)
    for topic, moved in _by_topic(new).items():
        record(_fact(TasksReceived, topic, moved), by=actor, at=at)
    return len(new)


def _acknowledge(actor: Actor, parties: QuerySet[TaskParty], at: datetime) -> int:
    new = _locked(parties.filter(acknowledged_at=None))
    if not new:
        unchanged()
        return 0
    for party in new:
        party.received_at = min(party.received_at or at, at)
        party.acknowledged_at = at
        party.acknowledged_by = actor.office
        party.mandate_id = actor.mandate_id
    TaskParty.objects.bulk_update(
        new, ["received_at", "acknowledged_at", "acknowledged_by", "mandate_id"]
    )
    for topic, moved in _by_topic(new).items():
        record(_fact(TasksAcknowledged, topic, moved), by=actor, at=at)
    return len(new)


def _answer(actor: Actor, party: TaskParty, text: str, at: datetime) -> Answer:
    if not text.strip():
        raise AnswerMissing
    said = Answer.objects.create(
        party=party,
        text=text.strip(),
        office=actor.office,
        mandate_id=actor.mandate_id,
        at=at,
    )
    record(
        TaskAnswered(
            topic=party.task.topic,
            clause_ids=[party.task.clause_id],
            task_ids=[party.task_id],
            body_id=party.body_id,
            answer_id=said.pk,
        ),
        by=actor,
        at=at,
    )
    return said


def _fact(kind: type[F], topic: str, moved: Sequence[TaskParty]) -> F:
    return kind(
        topic=topic,
        clause_ids=sorted({each.task.clause_id for each in moved}),
        task_ids=[each.task_id for each in moved],
        body_id=moved[0].body_id,
        parties=[each.pk for each in moved],
    )


def _locked(parties: QuerySet[TaskParty]) -> list[TaskParty]:
    """Return the rows, locked in one order so that two bodies' clerks can't deadlock.

    PostgreSQL looks at the filter again once it holds a row, so the second of two
    clerks finds nothing left to do.
    """
    return list(
        parties.select_related("task").select_for_update(of=("self",)).order_by("pk")
    )


def _by_topic(parties: Sequence[TaskParty]) -> dict[str, list[TaskParty]]:
    groups: defaultdict[str, list[TaskParty]] = defaultdict(list)
    for party in parties:
        groups[party.task.topic].append(party)
    return groups
