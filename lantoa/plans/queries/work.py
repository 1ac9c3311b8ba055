"""Reading one piece of owed work, and what waits for somebody's verdict."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, TypedDict, cast

from django.db.models import F, QuerySet, Value
from django.db.models.expressions import RawSQL

from lantoa.kernel.actor import Actor
from lantoa.plans import rules
from lantoa.plans.models import (
    ExtensionRequest,
    Milestone,
    Obligation,
    Progress,
    Task,
    TaskParty,
)
from lantoa.plans.queries.tasks import obligations_visible_to, visible_to
from lantoa.plans.states import state_on
from lantoa.plans.vocabulary import Decision, PartyRole, Verdict, WorkState

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Stated(TypedDict):
        """What ``owed`` adds to an obligation."""

        state: str

    Owed = WithAnnotations["Obligation", Stated]
else:
    Owed = Obligation

_UPSTREAM = """(
WITH RECURSIVE up(id, derived_from_id) AS (
    SELECT id, derived_from_id FROM plans_task WHERE id = %s
     UNION ALL
    SELECT t.id, t.derived_from_id FROM up JOIN plans_task AS t
        ON t.id = up.derived_from_id
)
SELECT id FROM up
)"""
Kind = Literal["completion", "extension"]


@dataclass(frozen=True, slots=True)
class Step:
    """A task on the way from the paper to one that was derived from it.

    Attributes:
        part: of the lead body, with the task.
        readable: whether the reader may see what it says; if not, only whose it is.
    """

    part: TaskParty
    readable: bool


@dataclass(frozen=True, slots=True, order=True)
class Waiting:
    """Something that waits for a verdict; the oldest comes first."""

    at: datetime
    kind: Kind
    pk: int


def owed(actor: Actor, on: date) -> "QuerySet[Owed]":
    """Return the obligations that *actor* may read, with all their page's head says.

    Each carries ``state``, a WorkState of the day *on*.
    """
    rows = (
        obligations_visible_to(actor)
        .annotate(state=state_on(on))
        .select_related(
            "task__clause__paper__type",
            "task__clause__paper__issuer",
            "task__dispatcher",
            "task__acceptor",
            "party__body",
        )
    )
    return cast("QuerySet[Owed]", rows)


def owed_for(actor: Actor, task: Task, on: date) -> "QuerySet[Owed]":
    """Return what a task obliges to, the newest period first."""
    return owed(actor, on).filter(task=task).order_by("-starts_on", "-pk")


def state_of(owed: Owed) -> WorkState:
    """Return the state that the database computed."""
    return WorkState(owed.state)


def way_down(actor: Actor, task: Task) -> list[Step]:
    """Return the tasks that *task* comes from, the top first, without itself."""
    if task.derived_from_id is None:
        return []
    above = RawSQL(_UPSTREAM, [task.pk])  # noqa: S611 -- constant
    parts = (
        TaskParty.objects.filter(task__in=above, role=PartyRole.LEAD)
        .exclude(task=task)
        .select_related("task", "body")
    )
    by_task = {part.task_id: part for part in parts}
    readable = set(
        visible_to(actor).filter(pk__in=by_task).values_list("pk", flat=True)
    )
    way: list[Step] = []
    at: int | None = task.derived_from_id
    while at is not None:
        way.insert(0, Step(by_task[at], at in readable))
        at = by_task[at].task.derived_from_id
    return way


def evidence_of(obligation: Obligation) -> QuerySet[Progress]:
    """Return what was reported about an obligation, the newest first."""
    return obligation.progress.select_related("milestone", "file")


def waiting_about(obligation: Obligation) -> list[Progress]:
    """Return the reports of completion that wait for their verdict."""
    rows = obligation.progress.filter(verdict=Verdict.PENDING)
    return list(rows.select_related("milestone").order_by("at", "pk"))


def returned_last(obligation: Obligation) -> Progress | None:
    """Return the newest report of completion, if it was given back."""
    last = obligation.progress.filter(completes=True).first()
    back = last is not None and last.verdict == Verdict.RETURNED
    return last if back and obligation.open else None


def milestones_of(obligation: Obligation) -> list[Milestone]:
    """Return the milestones of the plan as it stands."""
    return list(obligation.milestones.filter(dropped=False))


def derived_here(actor: Actor, obligation: Obligation, on: date) -> "QuerySet[Owed]":
    """Return what was derived from its task directly, what is open first."""
    rows = owed(actor, on).filter(task__derived_from=obligation.task_id)
    return rows.order_by(
        F("passed_at").asc(nulls_first=True),
        F("accepted_at").asc(nulls_first=True),
        F("due_on").asc(nulls_last=True),
        "party__body__sort_key",
        "pk",
    )


def successor_of(obligation: Obligation) -> Obligation | None:
    """Return the obligation that took this one over, if it was passed on."""
    if obligation.passed_at is None:
        return None
    return (
        Obligation.objects.filter(
            task__succeeds=obligation.task_id, period=obligation.period
        )
        .select_related("party__body")
        .first()
    )


def predecessor_of(obligation: Obligation) -> Obligation | None:
    """Return the obligation that this one took over, if it did."""
    if obligation.task.succeeds_id is None:
        return None
    return (
        Obligation.objects.filter(
            task=obligation.task.succeeds_id, period=obligation.period
        )
        .select_related("party__body")
        .first()
    )


def evidence_visible_to(actor: Actor) -> QuerySet[Progress]:
    """Return the reports with a file about work that *actor* may read."""
    return Progress.objects.filter(
        obligation__in=obligations_visible_to(actor), file__isnull=False
    ).select_related("file")


def completions_to_judge(actor: Actor) -> QuerySet[Progress]:
    """Return the reports of completion that wait for *actor*'s verdict."""
    return Progress.objects.filter(
        actor.reach.rows(rules.ACCEPT.capability, f"obligation__{rules.ACCEPT.via}"),
        verdict=Verdict.PENDING,
        obligation__accepted_at=None,
        obligation__passed_at=None,
    )


def extensions_to_decide(actor: Actor) -> QuerySet[ExtensionRequest]:
    """Return the requests for more time that wait for *actor*'s decision."""
    return ExtensionRequest.objects.filter(
        actor.reach.rows(rules.ACCEPT.capability, f"obligation__{rules.ACCEPT.via}"),
        decision=Decision.PENDING,
        obligation__accepted_at=None,
        obligation__passed_at=None,
    )


def to_judge(actor: Actor) -> list[Waiting]:
    """Return all that waits for *actor*'s verdict, the oldest first; one statement."""
    completions = completions_to_judge(actor).annotate(kind=Value("completion"))
    extensions = extensions_to_decide(actor).annotate(kind=Value("extension"))
    rows = (
        completions.order_by()
        .values_list("at", "kind", "pk")
        .union(extensions.order_by().values_list("at", "kind", "pk"), all=True)
    )
    return sorted(Waiting(*row) for row in rows)


def count_to_judge(actor: Actor) -> int:
    """Return how many completions and extensions wait for *actor*'s verdict."""
    if not actor.may(rules.ACCEPT.capability):
        return 0
    ids = completions_to_judge(actor).order_by().values_list("pk")
    return ids.union(
        extensions_to_decide(actor).order_by().values_list("pk"), all=True
    ).count()


_ABOUT = (
    "obligation__task__clause__paper__type",
    "obligation__task__acceptor",
    "obligation__party__body",
)


def judged_rows(
    waiting: list[Waiting],
) -> list[tuple[Waiting, Progress | ExtensionRequest]]:
    """Return the rows of some of what waits, in the same order; two statements."""
    completions = _about(Progress.objects.all(), waiting, "completion", "milestone")
    extensions = _about(ExtensionRequest.objects.all(), waiting, "extension")
    found = {**completions, **extensions}
    return [
        (each, found[each.kind, each.pk])
        for each in waiting
        if (each.kind, each.pk) in found
    ]


def _about(
    rows: QuerySet[Progress] | QuerySet[ExtensionRequest],
    waiting: list[Waiting],
    kind: Kind,
    *others: str,
) -> dict[tuple[Kind, int], Progress | ExtensionRequest]:
    wanted = [each.pk for each in waiting if each.kind == kind]
    found = rows.filter(pk__in=wanted).select_related(*_ABOUT, *others)
    return {(kind, row.pk): row for row in found}
