"""What a body does with the tasks it got."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lantoa.documents.models import Paper
from lantoa.organisations.models import Body
from lantoa.plans import actions, queries
from lantoa.plans.models import TaskParty
from lantoa.ui.requests import ActorRequest


@require_POST
def receive(request: ActorRequest) -> HttpResponse:
    """Note that the actor's body opened its inbox; the page sends this by itself."""
    body = get_object_or_404(Body, pk=request.actor.body_id or 0)
    actions.receive_all(actor=request.actor, body=body, at=timezone.now())
    return HttpResponse(status=204)


@require_POST
def acknowledge(request: ActorRequest, party_id: int) -> HttpResponse:
    """Acknowledge one task, perhaps with a short answer."""
    actions.acknowledge(
        actor=request.actor,
        party=_own(request, party_id),
        answer=request.POST.get("answer", ""),
        at=timezone.now(),
    )
    return _back(request)


@require_POST
def acknowledge_all(request: ActorRequest, paper_id: int) -> HttpResponse:
    """Acknowledge everything that a paper sets the actor's body."""
    actions.acknowledge_all(
        actor=request.actor,
        body=get_object_or_404(Body, pk=request.actor.body_id or 0),
        paper=get_object_or_404(Paper, pk=paper_id),
        at=timezone.now(),
    )
    return _back(request)


@require_POST
def answer(request: ActorRequest, party_id: int) -> HttpResponse:
    """Add an answer to those that the body gave before."""
    actions.answer(
        actor=request.actor,
        party=_own(request, party_id),
        text=request.POST.get("answer", ""),
        at=timezone.now(),
    )
    return _back(request)


def _own(request: ActorRequest, party_id: int) -> TaskParty:
    parties = queries.receivable_by(request.actor).select_related("task")
    return get_object_or_404(parties, pk=party_id)


def _back(request: ActorRequest) -> HttpResponse:
    """Return to the page the command was sent from, if that is one of ours."""
    to = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(to, allowed_hosts=None):
        to = reverse("plans:inbox")
    return redirect(to)
