"""Reading tasks: a body's inbox, a clause's answers, a directive's board."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from lantoa.documents.models import Clause, Paper
from lantoa.kernel.actor import Actor
from lantoa.kernel.rule import Rule
from lantoa.organisations.models import Body
from lantoa.plans import rules
from lantoa.plans.models import Obligation, Task, TaskParty
from lantoa.plans.vocabulary import PartyRole, PartyState


@dataclass(frozen=True, slots=True)
class Tally:
    """How many parts there are, how many were received, and acknowledged."""

    total: int
    received: int
    acknowledged: int

    @property
    def state(self) -> PartyState:
        """Return how far all of them have come, the slowest counting."""
        if self.acknowledged == self.total:
            return PartyState.ACKNOWLEDGED
        return PartyState.RECEIVED if self.received else PartyState.SILENT


_COUNTS = {
    "total": Count("pk"),
    "received": Count("received_at"),
    "acknowledged": Count("acknowledged_at"),
}


def board(
    clause_ids: Collection[int], role: PartyRole | None = None
) -> dict[int, Tally]:
    """Return by body how far the tasks of some clauses have come, in one query.

    Args:
        role: only the parts of lead bodies, say; all parts if not said.
    """
    parties = TaskParty.objects.filter(task__clause__in=clause_ids)
    if role is not None:
        parties = parties.filter(role=role)
    counts = parties.values_list("body_id").annotate(**_COUNTS).order_by("body_id")
    return {pk: Tally(*numbers) for pk, *numbers in counts}


def board_by_clause(clause_ids: Collection[int]) -> dict[int, Tally]:
    """Return by clause how far its lead bodies have come, in one query."""
    counts = (
        TaskParty.objects.filter(task__clause__in=clause_ids, role=PartyRole.LEAD)
        .values_list("task__clause_id")
        .annotate(**_COUNTS)
        .order_by("task__clause_id")
    )
    return {pk: Tally(*numbers) for pk, *numbers in counts}


def visible_to(actor: Actor) -> QuerySet[Task]:
    """Return the tasks that *actor* may read.

    Those that bodies in reach dispatched, those derived from such, however far down,
    and those that bodies in reach carry out.
    """
    own = TaskParty.objects.filter(task=OuterRef("pk"))
    return Task.objects.filter(
        _reached(actor, rules.READ_DISPATCHED)
        | _reached(actor, rules.READ_DESCENDED)
        | Exists(rules.READ_OWN.scope(actor, own))
    )


def _reached(actor: Actor, rule: Rule, path: str = "") -> Q:
    """Return the filter of what *rule* lets the actor see, at ORM *path*."""
    return actor.reach.rows(rule.capability, f"{path}{rule.via}")


def parties_visible_to(actor: Actor) -> QuerySet[TaskParty]:
    """Return the parts in tasks that *actor* may read."""
    return TaskParty.objects.filter(
        _reached(actor, rules.READ_DISPATCHED, "task__")
        | _reached(actor, rules.READ_DESCENDED, "task__")
        | _reached(actor, rules.READ_OWN)
    )


def obligations_visible_to(actor: Actor) -> QuerySet[Obligation]:
    """Return the obligations that *actor* may read, whichever way they are reached."""
    return Obligation.objects.filter(
        _reached(actor, rules.READ_DISPATCHED, "task__")
        | _reached(actor, rules.READ_DESCENDED, "task__")
        | _reached(actor, rules.READ_OWN, "party__")
    )


def receivable_by(actor: Actor) -> QuerySet[TaskParty]:
    """Return the parts that *actor* may receive and acknowledge."""
    return rules.RECEIVE.scope(actor, TaskParty.objects.all())


def parties_of_clause(
    clause: Clause, actor: Actor | None = None
) -> QuerySet[TaskParty]:
    """Return every body's part in a clause's tasks, with its answers, by name.

    Args:
        actor: only what this actor may read; everything if not said.
    """
    every = TaskParty.objects.all() if actor is None else parties_visible_to(actor)
    return (
        every.filter(task__clause=clause)
        .select_related("body", "task")
        .prefetch_related("answers")
        .order_by("-role", "body__sort_key", "pk")
    )


def parties_of_task(task: Task) -> QuerySet[TaskParty]:
    """Return the bodies of a task, the lead first, with their answers."""
    return (
        TaskParty.objects.filter(task=task)
        .select_related("body", "task")
        .prefetch_related("answers")
        .order_by("-role", "body__sort_key")
    )


def inbox(body: Body) -> QuerySet[TaskParty]:
    """Return the parts of *body*, with task, clause and paper, newest paper first."""
    return (
        TaskParty.objects.filter(body=body)
        .select_related(
            "task__clause__paper__type", "task__clause__paper__issuer", "body"
        )
        .prefetch_related("answers", _parties("task__parties"))
        .order_by(
            "-task__dispatched_at",
            "-task__clause__paper_id",
            "task__clause__position",
            "pk",
        )
    )


def tally(parties: QuerySet[TaskParty]) -> Tally:
    """Return how far some parts have come."""
    return Tally(**parties.aggregate(**_COUNTS))


def dispatched_papers(actor: Actor) -> QuerySet[Paper]:
    """Return the papers whose tasks bodies in reach dispatched, newest first.

    Each carries ``task_clauses``: its clauses that set tasks.
    """
    mine = rules.READ_DISPATCHED.scope(actor, Task.objects.all())
    clauses = Clause.objects.filter(pk__in=mine.values("clause_id"))
    return (
        Paper.objects.filter(pk__in=clauses.values("paper_id"))
        .select_related("type", "issuer")
        .prefetch_related(Prefetch("clauses", clauses, to_attr="task_clauses"))
        .order_by("-issued_on", "-pk")
    )


def _parties(path: str) -> "Prefetch[str, QuerySet[TaskParty], str]":
    rows = TaskParty.objects.select_related("body")
    return Prefetch(path, rows.order_by("-role", "body__sort_key"))
