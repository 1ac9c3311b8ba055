"""The first page."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from lantoa.identity.queries import is_empty
from lantoa.portal import queries
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest


@require_safe
def home(request: ActorRequest) -> HttpResponse:
    """Say what Lan Tỏa is and what may be followed; an empty house shows its key."""
    if not request.actor.signed_in and is_empty():
        return redirect("first_run:start")
    context = {
        "programme": queries.programme(),
        "chain": queries.directives(),
    }
    return page(request, "portal/home.html", context)
