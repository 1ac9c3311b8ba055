"""A body's tasks for machines: the same queries and actions as the pages."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema

from lantoa.documents import queries as documents
from lantoa.organisations.models import Body
from lantoa.plans import actions, rules
from lantoa.ui.requests import ActorRequest

router = Router(tags=["tasks"])


class Counted(Schema):
    """How many tasks a command moved."""

    moved: int


@router.post("/{int:body_id}/receive", response=Counted)
def receive(request: ActorRequest, body_id: int) -> dict[str, int]:
    """Note that a body opened everything dispatched to it."""
    moved = actions.receive_all(
        actor=request.actor,
        body=_receiving(request, body_id),
        at=timezone.now(),
    )
    return {"moved": moved}


@router.post("/{int:body_id}/acknowledge/{int:paper_id}", response=Counted)
def acknowledge(request: ActorRequest, body_id: int, paper_id: int) -> dict[str, int]:
    """Acknowledge, for a body, everything that a paper dispatched to it."""
    moved = actions.acknowledge_all(
        actor=request.actor,
        body=_receiving(request, body_id),
        paper=get_object_or_404(documents.visible_to(request.actor), pk=paper_id),
        at=timezone.now(),
    )
    return {"moved": moved}


def _receiving(request: ActorRequest, body_id: int) -> Body:
    reach = request.actor.reach.rows(rules.RECEIVE.capability, "pk")
    return get_object_or_404(Body.objects.filter(reach), pk=body_id)
