"""What a task comes from, whom it can be given on to, and what of it is stale."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from lantoa.kernel.actor import Actor
from lantoa.kernel.text import fold
from lantoa.organisations import queries as organisations
from lantoa.organisations.models import Body, ReportsTo
from lantoa.organisations.vocabulary import BodyKind, Line
from lantoa.plans import rules
from lantoa.plans.models import Task, TaskParty, TaskVersion
from lantoa.plans.queries.passing import carried_on
from lantoa.plans.queries.work import Owed, owed
from lantoa.plans.vocabulary import PartyRole

FOUND = 40  # bodies that a search shows


@dataclass(frozen=True, slots=True)
class Group:
    """Bodies directly below one body, of one line of work and one kind."""

    line: Line
    kind: BodyKind
    bodies: list[Body]

    @property
    def key(self) -> str:
        """Return the name of the group in a form."""
        return f"{self.line.value}.{self.kind.value}"


def directly_below(superior_id: int, on: date) -> list[Group]:
    """Return who stands directly below a body on a day, by line and kind."""
    rows = (
        ReportsTo.objects.filter(superior=superior_id)
        .filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gt=on))
        .select_related("body")
        .order_by("body__sort_key", "body_id")
    )
    groups: defaultdict[tuple[str, str], list[Body]] = defaultdict(list)
    for row in rows:
        groups[row.line, row.body.kind].append(row.body)
    return [
        Group(Line(line), BodyKind(kind), bodies)
        for (line, kind), bodies in sorted(groups.items(), key=lambda g: -len(g[1]))
    ]


def with_bodies_below(body_ids: Collection[int], on: date) -> list[Body]:
    """Return those of some bodies that have others below them on a day."""
    rows = Body.objects.on(on).filter(pk__in=body_ids)
    lines = ReportsTo.objects.filter(superior=OuterRef("pk"))
    return list(rows.filter(Exists(lines)).order_by("sort_key"))


def named_below(own: Body, text: str, on: date) -> list[Body]:
    """Return the bodies below *own* in any line whose name holds every word."""
    words = fold(text).split()
    if not words:
        return []
    below: set[int] = set()
    for line in Line:
        below |= organisations.below_ids([own.pk], line, on)
    rows = Body.objects.on(on).filter(pk__in=below)
    for word in words:
        rows = rows.filter(folded__contains=word)
    return list(rows.order_by("sort_key")[:FOUND])


def stale_tasks(actor: Actor) -> QuerySet[Task]:
    """Return the tasks whose upstream says something else, for who may reword them."""
    own = TaskParty.objects.filter(
        task=OuterRef("pk"), role=PartyRole.LEAD, body=OuterRef("dispatcher")
    )
    heir = actor.reach.rows(rules.DISPATCH.capability, "acceptor") & ~Exists(own)
    return (
        carried_on()
        .filter(ended_on=None, derived_version__lt=F("derived_from__version"))
        .filter(actor.reach.rows(rules.DISPATCH.capability, "dispatcher") | heir)
        .select_related("derived_from__clause__paper__type", "clause")
        .order_by("derived_from_id", "pk")
    )


def alike(actor: Actor, task: Task) -> list[TaskParty]:
    """Return the lead parts of the stale tasks that say the same as *task*."""
    same = stale_tasks(actor).filter(
        derived_from=task.derived_from_id,
        derived_version=task.derived_version,
        work=task.work,
        deadline_text=task.deadline_text,
        due_on=task.due_on,
        authority=task.authority,
        product=task.product,
        responsibility=task.responsibility,
    )
    return list(
        TaskParty.objects.filter(role=PartyRole.LEAD, task__in=same.values("pk"))
        .select_related("body", "task")
        .order_by("body__sort_key", "pk")
    )


def version_of(task: Task, number: int) -> Task | TaskVersion:
    """Return what *task* said in a version; what it says now if it has only one."""
    return task.versions.filter(number=number).first() or task


def derived_from(actor: Actor, task: Task, on: date) -> list[Owed]:
    """Return what was derived from *task*: of each task its last period, by body."""
    further = (
        Task.objects.filter(derived_from=OuterRef("task_id"))
        .order_by()
        .values("derived_from")
        .annotate(number=Count("pk"))
    )
    rows = (
        owed(actor, on)
        .filter(task__derived_from=task)
        .annotate(further=Subquery(further.values("number")))
        .order_by("task_id", "-starts_on", "-pk")
        .distinct("task_id")
    )
    return sorted(rows, key=lambda each: (each.party.body.sort_key, each.pk))


def leads_of(task_ids: Sequence[int]) -> list[Body]:
    """Return the lead bodies of some tasks, by name."""
    parts = TaskParty.objects.filter(task__in=task_ids, role=PartyRole.LEAD)
    rows = Body.objects.filter(pk__in=parts.values("body_id"))
    return list(rows.order_by("sort_key"))


def open_below(task: Task) -> list[int]:
    """Return the tasks derived from *task* of which something is still owed."""
    rows = carried_on().filter(derived_from=task, ended_on=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))
