"""What the page of a task says beside the task: where it goes on, what it said."""

from datetime import date
from typing import Any

from django.db.models import Q

from lantoa.documents.differences import pieces
from lantoa.kernel.actor import Actor
from lantoa.plans import rules
from lantoa.plans.models import Task, TaskParty, TaskVersion
from lantoa.plans.queries import derivation, owed_for
from lantoa.plans.vocabulary import PartyRole, WorkState
from lantoa.plans.web import deriving_forms

_SHOWN = 120  # derived tasks on the page; the others stand in the list


def surroundings(
    actor: Actor, task: Task, parties: list[TaskParty], on: date
) -> dict[str, Any]:
    """Return what was derived, the versions, the successions, and what may be done."""
    rows = derivation.derived_from(actor, task, on)
    versions = list(task.versions.all()) if task.version > 1 else []
    links = _successions(task)
    successor = next((p for p in links if p.task.succeeds_id == task.pk), None)
    open_still = task.ended_on is None and successor is None
    own = next(p for p in parties if p.role == PartyRole.LEAD)
    gives = _gives(actor, task, own)
    return {
        "derived": [(row, WorkState(row.state)) for row in rows[:_SHOWN]],
        "derived_count": len(rows),
        "owed": [(row, WorkState(row.state)) for row in owed_for(actor, task, on)],
        "versions": _told(versions),
        "successor": successor,
        "predecessor": next((p for p in links if p.task_id == task.succeeds_id), None),
        "stale": _is_stale(task),
        "may_derive": open_still
        and rules.DISPATCH.allows(actor, Task(dispatcher=own.body)),
        "may_revise": open_still and gives,
        "may_end": open_still and gives and bool(task.recurrence),
    }


def _gives(actor: Actor, task: Task, lead: TaskParty) -> bool:
    """Return whether the actor dispatches for whoever gave the task, or its heir."""
    if rules.DISPATCH.allows(actor, task):
        return True
    heir = Task(dispatcher_id=task.acceptor_id)
    return lead.body_id != task.dispatcher_id and rules.DISPATCH.allows(actor, heir)


def _is_stale(task: Task) -> bool:
    above = task.derived_from
    return above is not None and (task.derived_version or 0) < above.version


def _successions(task: Task) -> list[TaskParty]:
    """Return the lead parts of the tasks after and before this one."""
    found = Q(task__succeeds=task.pk) | Q(task=task.succeeds_id)
    parts = TaskParty.objects.filter(found, role=PartyRole.LEAD)
    return list(parts.select_related("body", "task"))


def _told(versions: list[TaskVersion]) -> list[dict[str, Any]]:
    """Return the versions, newest first, each with what it changed word by word."""
    told = []
    for before, after in zip([None, *versions], versions, strict=False):
        changes = [
            (label, pieces(was, now))
            for name, label in deriving_forms.NAMES.items()
            if before is not None
            and (was := deriving_forms.said(before, name))
            != (now := deriving_forms.said(after, name))
        ]
        told.append({"version": after, "changes": changes})
    return told[::-1]
