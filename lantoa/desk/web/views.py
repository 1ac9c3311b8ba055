"""The staff's home: what waits for me."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from lantoa.desk import queries
from lantoa.desk.guides import guide_for
from lantoa.desk.web import work
from lantoa.plans.queries import desks
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest


@require_GET
@login_required
def home(request: ActorRequest) -> HttpResponse:
    """Show what waits for the reader under their present mandate."""
    actor = request.actor
    in_commune = queries.works_in_commune(actor)
    if in_commune and "day-du" not in request.GET:
        return three_next(request)
    on = timezone.localdate()
    context = {
        "waiting": queries.waiting_for(actor, on),
        "tasks": queries.open_tasks(actor)[: queries.SHOWN],
        "own": work.own_rows(actor, on),
        "bodies": work.body_rows(actor, on),
        "conferences": queries.coming(actor)[: queries.SHOWN],
        "papers": queries.newest_papers(actor)[: queries.SHOWN],
        "guide": guide_for(actor, in_commune=in_commune),
        "may_prepare": actor.may("conferences.prepare"),
        "may_grant": actor.may("access.grant"),
        "may_register": actor.may("documents.register"),
    }
    return page(request, "desk/home.html", context)


def three_next(request: ActorRequest) -> HttpResponse:
    """Show an officer of a commune three next things, one button each, and no more."""
    on = timezone.localdate()
    cards = work.next_cards(request.actor, on)
    context = {
        "guide": guide_for(request.actor, in_commune=True),
        "cards": cards,
        "calls": queries.calls(request.actor),
        "open": desks.own_pressing(request.actor, on).open,
    }
    return page(request, "desk/three_next.html", context)
