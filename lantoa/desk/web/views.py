"""The staff's home: what waits for me."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lantoa.desk import queries
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest


@require_GET
@login_required
def home(request: ActorRequest) -> HttpResponse:
    """Show what waits for the reader under their present mandate."""
    actor = request.actor
    context = {
        "waiting": queries.waiting_for(actor),
        "tasks": queries.open_tasks(actor)[: queries.SHOWN],
        "conferences": queries.coming(actor)[: queries.SHOWN],
        "papers": queries.newest_papers(actor)[: queries.SHOWN],
        "may_prepare": actor.may("conferences.prepare"),
        "may_grant": actor.may("access.grant"),
        "may_register": actor.may("documents.register"),
    }
    return page(request, "desk/home.html", context)
