"""A reorganisation and the tasks still open: they pass to whoever takes over.

Each open task of a body that is no more gets one linked task at the taker, so the
counts of the old map and of the new one are both true: what the old body owed counts
there as passed, what its heir owes counts here. The heir begins as one who has not
received it, with the days as they were; the plan's milestones come along, and so do a
report that waits for its verdict and a request for more time. Earlier evidence stays
with the old task, one link away.

Who coordinated is joined by its taker. Who only judges is followed by its taker, and
where that would be the lead itself, by whoever judges the task above. What was derived
from a task that passes hangs on its successor from then on.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lantoa.journal.writing import record
from lantoa.kernel.actor import Actor
from lantoa.organisations.actions.ledger import ActedSince, Ledger
from lantoa.organisations.consequences import Moves, Touched
from lantoa.plans.events import TasksPassed, TasksTakenBack
from lantoa.plans.models import (
    ExtensionRequest,
    Milestone,
    Obligation,
    Progress,
    Reminder,
    Task,
    TaskParty,
    TaskVersion,
)
from lantoa.plans.queries import passing
from lantoa.plans.vocabulary import Decision, MovedOnSince, PartyRole, Verdict

M = TypeVar("M", bound=Model)


class PassOpenTasks:
    """What a reorganisation means to tasks."""

    name = "plans"
    label = _("Nhiệm vụ đang mở")
    order = 30

    def preview(self, moves: Moves, on: date) -> list[Touched]:
        """Return how many tasks would pass, to whom."""
        return passing.touched(moves, on)

    def apply(
        self,
        *,
        actor: Actor,
        reorganisation_id: int,
        moves: Moves,
        on: date,
        at: datetime,
    ) -> dict[str, Any]:
        """Let every open task pass; return what is needed to take it back."""
        passage = _Passage(moves.takers, at)
        moved = passage.run()
        for each in moved:
            fact = TasksPassed(reorganisation_id=reorganisation_id, **each)
            record(fact, by=actor, at=at)
        return {
            "ledger": passage.ledger.effects(),
            "at": at.isoformat(),
            "reorganisation_id": reorganisation_id,
            "moved": moved,
        }

    def undo(
        self,
        *,
        actor: Actor,
        effects: Mapping[str, Any],
        on: date,
        at: datetime,
    ) -> None:
        """Put every row back as it was; that the heir opened it doesn't matter.

        Raises:
            MovedOnSince: an heir has acknowledged, planned, reported or derived.
        """
        _forget_opening(effects["ledger"], datetime.fromisoformat(effects["at"]))
        try:
            Ledger.take_back(effects["ledger"], derived=[Reminder])
        except ActedSince as acted:
            raise MovedOnSince from acted
        for each in effects["moved"]:
            fact = TasksTakenBack(
                reorganisation_id=effects["reorganisation_id"], **each
            )
            record(fact, by=actor, at=at)


class _Passage:
    """One reorganisation's way through the tasks."""

    def __init__(self, takers: Mapping[int, int], at: datetime) -> None:
        self.takers = takers
        self.at = at
        self.ledger = Ledger()
        self.heirs: dict[int, Task] = {}  # by the task that each succeeds

    def run(self) -> list[dict[str, Any]]:
        """Pass everything; return by taker how many tasks came, and from whom."""
        bodies = list(self.takers)
        tasks = _held(passing.led_by(bodies))
        beside = list(passing.parts_beside(bodies).order_by("pk"))
        judged = _held(passing.judged_by(bodies))
        owed = _held(
            Obligation.objects.filter(task__in=tasks, accepted_at=None, passed_at=None)
        )
        parts = list(TaskParty.objects.filter(task__in=tasks).order_by("-role", "pk"))
        self._succeed(tasks, parts)
        self._take_part(parts)
        self._carry_on(owed)
        self._relink(judged)
        self._join(beside)
        open_rows = Obligation.objects.filter(pk__in=[each.pk for each in owed])
        self.ledger.set(open_rows, passed_at=self.at)
        return self._moved(parts)

    def _moved(self, parts: Sequence[TaskParty]) -> list[dict[str, Any]]:
        came: defaultdict[int, list[int]] = defaultdict(list)
        for part in parts:
            if part.role == PartyRole.LEAD:
                came[self.takers[part.body_id]].append(part.body_id)
        return [
            {"successor_id": new, "body_ids": sorted(set(olds)), "moved": len(olds)}
            for new, olds in sorted(came.items())
        ]

    def _heir(self, body_id: int) -> int:
        return self.takers.get(body_id, body_id)

    def _succeed(self, tasks: Sequence[Task], parts: Sequence[TaskParty]) -> None:
        """Make each task's successor: those derived after those they come from."""
        leads = {
            part.task_id: self._heir(part.body_id)
            for part in parts
            if part.role == PartyRole.LEAD
        }
        acceptors = self._acceptors(tasks, leads)
        waiting = {each.pk: each for each in tasks}
        while waiting:
            ready = [
                each
                for each in waiting.values()
                if not {each.derived_from_id, each.origin_id} & waiting.keys()
            ]
            rows = [
                _copy(
                    each,
                    dispatcher_id=self._heir(each.dispatcher_id),
                    acceptor_id=acceptors[each.pk],
                    derived_from_id=self._successor_id(each.derived_from_id),
                    origin_id=self._successor_id(each.origin_id),
                    succeeds_id=each.pk,
                    dispatched_at=self.at,
                )
                for each in ready
            ]
            for old, new in zip(ready, self.ledger.create(Task, rows), strict=True):
                self.heirs[old.pk] = new
                del waiting[old.pk]
        versions = TaskVersion.objects.filter(task__in=tasks).order_by("pk")
        self.ledger.create(
            TaskVersion,
            [_copy(each, task_id=self.heirs[each.task_id].pk) for each in versions],
        )

    def _take_part(self, parts: Sequence[TaskParty]) -> None:
        rows: dict[tuple[int, int], TaskParty] = {}
        for part in parts:  # leads first: who would also coordinate, leads
            row = self._part(part)
            rows.setdefault((row.task_id, row.body_id), row)
        self.leads = {
            part.task_id: part
            for part in self.ledger.create(TaskParty, list(rows.values()))
            if part.role == PartyRole.LEAD
        }

    def _part(self, part: TaskParty) -> TaskParty:
        """Return the same part in the successor; who takes over hasn't seen it yet."""
        new = _copy(
            part,
            task_id=self.heirs[part.task_id].pk,
            body_id=self._heir(part.body_id),
        )
        if part.body_id in self.takers:
            new.received_at = new.acknowledged_at = new.mandate_id = None
            new.acknowledged_by = ""
        return new

    def _carry_on(self, owed: Sequence[Obligation]) -> None:
        """Let the successors owe what was owed, by the same days."""
        lead_of = {pk: self.leads[heir.pk] for pk, heir in self.heirs.items()}
        made = self.ledger.create(
            Obligation,
            [
                _copy(
                    each,
                    task_id=lead_of[each.task_id].task_id,
                    party_id=lead_of[each.task_id].pk,
                    planned_at=None,
                    started_at=None,
                )
                for each in owed
            ],
        )
        new = {old.pk: each.pk for old, each in zip(owed, made, strict=True)}
        steps = list(
            Milestone.objects.filter(obligation__in=owed, dropped=False).order_by("pk")
        )
        planned = self.ledger.create(
            Milestone,
            [_copy(each, obligation_id=new[each.obligation_id]) for each in steps],
        )
        step = {old.pk: each.pk for old, each in zip(steps, planned, strict=True)}
        waiting = Progress.objects.filter(obligation__in=owed, verdict=Verdict.PENDING)
        self.ledger.create(
            Progress,
            [
                _copy(
                    each,
                    obligation_id=new[each.obligation_id],
                    milestone_id=step.get(each.milestone_id or 0),
                )
                for each in waiting.order_by("pk")
            ],
        )
        asked = ExtensionRequest.objects.filter(
            obligation__in=owed, decision=Decision.PENDING
        )
        self.ledger.create(
            ExtensionRequest,
            [
                _copy(each, obligation_id=new[each.obligation_id])
                for each in asked.order_by("pk")
            ],
        )

    def _relink(self, judged: Sequence[Task]) -> None:
        """Hang on the successors what others derived, and name who judges now."""
        hanging = passing.carried_on().filter(
            Q(derived_from__in=self.heirs) | Q(origin__in=self.heirs)
        )
        made = {each.pk for each in self.heirs.values()}
        rows = {each.pk: each for each in [*judged, *_held(hanging)]}
        rows = {pk: each for pk, each in rows.items() if pk not in made}
        leads = dict(
            TaskParty.objects.filter(task__in=rows, role=PartyRole.LEAD).values_list(
                "task_id", "body_id"
            )
        )
        acceptors = self._acceptors(list(rows.values()), leads)
        for pk, each in rows.items():
            each.derived_from_id = self._successor_id(each.derived_from_id)
            each.origin_id = self._successor_id(each.origin_id)
            each.acceptor_id = acceptors[pk]
        fields = ["derived_from", "origin", "acceptor"]
        self.ledger.change(Task, list(rows.values()), fields)

    def _successor_id(self, task_id: int | None) -> int | None:
        if task_id is None or task_id not in self.heirs:
            return task_id
        return int(self.heirs[task_id].pk)

    def _acceptors(
        self, rows: Sequence[Task], leads: Mapping[int, int]
    ) -> dict[int, int]:
        """Return who judges each task now: never its lead, if somebody is above.

        Where lead and acceptor became one body, whoever judges the task above does.
        """
        found = {each.pk: self._heir(each.acceptor_id) for each in rows}
        climbing = {
            each.pk: each.derived_from_id
            for each in rows
            if found[each.pk] == leads[each.pk] and each.derived_from_id
        }
        while climbing:
            above = Task.objects.in_bulk(set(climbing.values()))
            higher = {}
            for pk, up in climbing.items():
                acceptor = self._heir(above[up].acceptor_id)
                if acceptor != leads[pk]:
                    found[pk] = acceptor
                elif further := above[up].derived_from_id:
                    higher[pk] = further
            climbing = higher
        return found

    def _join(self, beside: Iterable[TaskParty]) -> None:
        """Let the takers of coordinating bodies coordinate, too, each once."""
        rows = list(beside)
        there = set(
            TaskParty.objects.filter(
                task__in=[part.task_id for part in rows]
            ).values_list("task_id", "body_id")
        )
        new: dict[tuple[int, int], TaskParty] = {}
        for part in rows:
            key = (part.task_id, self._heir(part.body_id))
            if key not in there:
                new.setdefault(
                    key,
                    TaskParty(task_id=key[0], body_id=key[1], role=part.role),
                )
        self.ledger.create(TaskParty, list(new.values()))


def _held(rows: QuerySet[M]) -> list[M]:
    """Return the rows, locked, so that nobody works on them meanwhile."""
    found = rows.model._default_manager.filter(pk__in=rows.values("pk"))
    return list(found.select_for_update(no_key=True).order_by("pk"))


def _copy(row: M, **other: Any) -> M:
    """Return a new row that says what *row* says, but for *other*."""
    model = type(row)
    said = {
        field.attname: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key
    }
    return model(**(said | other))


def _forget_opening(effects: Sequence[Mapping[str, Any]], since: datetime) -> None:
    """Take back that an heir opened what came to it; reading is not acting."""
    made = [
        pk
        for each in effects
        if each["act"] == "create" and each["model"] == TaskParty._meta.label
        for pk, _digest in each["digests"]
    ]
    TaskParty.objects.filter(
        pk__in=made, acknowledged_at=None, received_at__gte=since
    ).update(received_at=None)
