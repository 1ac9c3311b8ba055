"""A body's parts in tasks: received, acknowledged, answered."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from lantoa.documents import queries as documents
from lantoa.kernel.exchange import ApiRequest, Listed, Made, Moved, acting, listed
from lantoa.organisations.models import Body
from lantoa.plans import actions, queries, rules
from lantoa.plans.api.orders import Acknowledged, Answered
from lantoa.plans.api.shapes import PartsAsked, PartShown
from lantoa.plans.models import TaskParty

router = Router(tags=["tasks"])


@router.get("/parts", response=Listed[PartShown], summary="Parts in tasks")
def parts(request: ApiRequest, asked: Query[PartsAsked]) -> dict[str, Any]:
    """Return the parts that the actor may read, the newest dispatch first."""
    rows = queries.parties_visible_to(request.actor).prefetch_related("answers")
    if asked.body_id is not None:
        rows = rows.filter(body=asked.body_id)
    if asked.task_id is not None:
        rows = rows.filter(task=asked.task_id)
    return listed(rows.order_by("-task__dispatched_at", "pk"), asked)


@router.get("/parts/{int:party_id}", response=PartShown, summary="A part in a task")
def part(request: ApiRequest, party_id: int) -> TaskParty:
    """Return a part that the actor may read."""
    return _seen(request, party_id)


@router.post("/parts/{int:party_id}/receive", response=Made, summary="Receive a task")
def receive(request: ApiRequest, party_id: int) -> TaskParty:
    """Note that the body opened its task; again changes nothing."""
    return actions.receive(party=_seen(request, party_id), **acting(request))


@router.post(
    "/parts/{int:party_id}/acknowledge", response=Made, summary="Acknowledge a task"
)
def acknowledge(request: ApiRequest, party_id: int, said: Acknowledged) -> TaskParty:
    """Acknowledge a task for its body, perhaps with a short answer."""
    row = _seen(request, party_id)
    return actions.acknowledge(party=row, answer=said.answer, **acting(request))


@router.post(
    "/parts/{int:party_id}/answer", response=Made, summary="Answer about a task"
)
def answer(request: ApiRequest, party_id: int, said: Answered) -> dict[str, Any]:
    """Say something about a task for its body; earlier answers stay."""
    row = _seen(request, party_id)
    made = actions.answer(party=row, text=said.text, **acting(request))
    return {"id": made.pk, "state": "answered"}


@router.post(
    "/of/{int:body_id}/receive", response=Moved, summary="Receive everything of a body"
)
def receive_all(request: ApiRequest, body_id: int) -> dict[str, int]:
    """Note that a body opened everything dispatched to it."""
    body = _receiving(request, body_id)
    return {"moved": actions.receive_all(body=body, **acting(request))}


@router.post(
    "/of/{int:body_id}/acknowledge/{int:paper_id}",
    response=Moved,
    summary="Acknowledge a whole paper",
)
def acknowledge_all(request: ApiRequest, body_id: int, paper_id: int) -> dict[str, int]:
    """Acknowledge, for a body, everything that a paper dispatched to it."""
    body = _receiving(request, body_id)
    visible = documents.visible_to(request.actor)
    paper = get_object_or_404(visible, pk=paper_id)
    moved = actions.acknowledge_all(body=body, paper=paper, **acting(request))
    return {"moved": moved}


def _seen(request: ApiRequest, party_id: int) -> TaskParty:
    rows = queries.parties_visible_to(request.actor).select_related("task", "body")
    return get_object_or_404(rows, pk=party_id)


def _receiving(request: ApiRequest, body_id: int) -> Body:
    reach = request.actor.reach.rows(rules.RECEIVE.capability, "pk")
    return get_object_or_404(Body.objects.filter(reach), pk=body_id)
