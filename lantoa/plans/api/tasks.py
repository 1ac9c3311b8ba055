"""Tasks: read, dispatched, made concrete, revised, adopted."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from lantoa.documents import queries as documents
from lantoa.documents.models import Clause
from lantoa.kernel.exchange import (
    ApiRequest,
    Asked,
    Listed,
    Made,
    Moved,
    acting,
    listed,
)
from lantoa.kernel.sql import Fold
from lantoa.kernel.text import fold
from lantoa.organisations.models import Body
from lantoa.plans import actions, queries, rules
from lantoa.plans.actions import Order
from lantoa.plans.api.orders import Adopted, Derived, Dispatched, Kept, Ordered, Revised
from lantoa.plans.api.shapes import TasksAsked, TaskShown, TaskVersionShown
from lantoa.plans.models import Task, TaskVersion

router = Router(tags=["tasks"])


@router.get("", response=Listed[TaskShown], summary="Tasks")
def list_(request: ApiRequest, asked: Query[TasksAsked]) -> dict[str, Any]:
    """Return the tasks that the actor may read, the newest dispatch first."""
    rows = _visible(request)
    for path, wanted in [
        ("clause__paper", asked.paper_id),
        ("clause", asked.clause_id),
        ("dispatcher", asked.dispatcher_id),
        ("derived_from", asked.derived_from_id),
    ]:
        if wanted is not None:
            rows = rows.filter(**{path: wanted})
    if asked.stale:
        rows = rows.filter(derived_version__lt=F("derived_from__version"))
    for word in fold(asked.q).split():
        rows = rows.alias(folded=Fold("work")).filter(folded__contains=word)
    return listed(rows.order_by("-dispatched_at", "pk"), asked)


@router.post("/dispatch", response=Moved, summary="Dispatch tasks")
def dispatch(request: ApiRequest, said: Dispatched) -> dict[str, int]:
    """Dispatch tasks in the name of a body: all of them, or none."""
    reach = request.actor.reach.rows(rules.DISPATCH.capability, "pk")
    dispatcher = get_object_or_404(Body.objects.filter(reach), pk=said.dispatcher_id)
    orders = _orders(request, said.orders)
    made = actions.dispatch(dispatcher=dispatcher, orders=orders, **acting(request))
    return {"moved": len(made)}


@router.get("/{int:task_id}", response=TaskShown, summary="A task")
def task(request: ApiRequest, task_id: int) -> Task:
    """Return a task that the actor may read."""
    return get_object_or_404(_visible(request), pk=task_id)


@router.get(
    "/{int:task_id}/versions",
    response=Listed[TaskVersionShown],
    summary="Wordings of a task",
)
def versions(request: ApiRequest, task_id: int, asked: Query[Asked]) -> dict[str, Any]:
    """Return every wording that a revised task has had, oldest first."""
    found = get_object_or_404(_visible(request), pk=task_id)
    return listed(TaskVersion.objects.filter(task=found).order_by("number"), asked)


@router.post("/{int:task_id}/derive", response=Moved, summary="Derive tasks")
def derive(request: ApiRequest, task_id: int, said: Derived) -> dict[str, int]:
    """Give what the task asks, made concrete, to each of the lead bodies."""
    made = actions.derive(
        task=get_object_or_404(_visible(request), pk=task_id),
        wording=said.wording(),
        leads=_bodies(said.lead_ids),
        coordinating=_bodies(said.coordinating_ids),
        recurrence=said.recurrence or "",
        seen=said.seen,
        **acting(request),
    )
    return {"moved": len(made)}


@router.post("/{int:task_id}/revise", response=Made, summary="Revise a task")
def revise(request: ApiRequest, task_id: int, said: Revised) -> dict[str, Any]:
    """Let a task say something else; what was derived from it becomes stale."""
    row = actions.revise_task(
        task=get_object_or_404(_visible(request), pk=task_id),
        wording=said.wording(),
        reason=said.reason,
        seen=said.seen,
        **acting(request),
    )
    return {"id": row.pk, "state": f"version {row.version}"}


@router.post("/{int:task_id}/adopt", response=Made, summary="Adopt a revision")
def adopt(request: ApiRequest, task_id: int, said: Adopted) -> dict[str, Any]:
    """Bring a stale task up to what it was derived from."""
    row = actions.adopt_revision(
        task=get_object_or_404(_visible(request), pk=task_id),
        wording=said.wording(),
        seen=said.seen,
        **acting(request),
    )
    return {"id": row.pk, "state": f"version {row.version}"}


@router.post("/{int:task_id}/keep", response=Made, summary="Keep a wording")
def keep(request: ApiRequest, task_id: int, said: Kept) -> dict[str, Any]:
    """Leave a stale task as it is, and say why."""
    row = actions.keep_wording(
        task=get_object_or_404(_visible(request), pk=task_id),
        reason=said.reason,
        seen=said.seen,
        **acting(request),
    )
    return {"id": row.pk, "state": f"version {row.version}"}


def _visible(request: ApiRequest) -> QuerySet[Task]:
    rows = queries.visible_to(request.actor).select_related("derived_from")
    return rows.prefetch_related("parties")


def _orders(request: ApiRequest, said: Sequence[Ordered]) -> list[Order]:
    papers = documents.visible_to(request.actor).values("pk")
    wanted = {each.clause_id for each in said}
    clauses = Clause.objects.filter(paper__in=papers).in_bulk(wanted)
    if not wanted <= clauses.keys():
        raise Http404
    return [
        Order(
            clause=clauses[each.clause_id],
            lead=_bodies([each.lead_id])[0],
            coordinating=_bodies(each.coordinating_ids),
            work=each.work,
            deadline_text=each.deadline_text,
            due_on=each.due_on,
            recurrence=each.recurrence or "",
            authority=each.authority,
            product=each.product,
            responsibility=each.responsibility,
        )
        for each in said
    ]


def _bodies(ids: Sequence[int]) -> list[Body]:
    found = Body.objects.in_bulk(ids)
    if not set(ids) <= found.keys():
        raise Http404
    return list(found.values())
