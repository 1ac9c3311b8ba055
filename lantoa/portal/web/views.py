"""The first page, and the user guide."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantoa.identity.queries import is_empty
from lantoa.portal import guide as pages
from lantoa.portal import queries
from lantoa.ui.parts import Link
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


@require_safe
def guide(request: ActorRequest) -> HttpResponse:
    """Show the guide's index: choose your role."""
    context = {"guide": pages.page_named(pages.INDEX)}
    return page(request, "portal/guide.html", context)


@require_safe
def guide_page(request: ActorRequest, name: str) -> HttpResponse:
    """Show the guide of a role."""
    if name not in pages.names():
        raise Http404
    crumbs = [Link(label=_("Hướng dẫn sử dụng"), href=pages.address(pages.INDEX))]
    context = {"guide": pages.page_named(name), "crumbs": crumbs}
    return page(request, "portal/guide.html", context)
