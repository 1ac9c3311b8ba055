"""A person's own mandates: under which one they act now."""

import re

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lantoa.access import queries
from lantoa.access.middleware import SESSION_KEY
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

NUMBER = re.compile(r"\d{1,18}")


@require_POST
@login_required
def choose(request: ActorRequest) -> HttpResponse:
    """Act under another of one's own mandates from now on, in this browser."""
    held = queries.mandates_of(request.user.pk or 0, timezone.localdate())
    wanted = request.POST.get("mandate", "")
    chosen = get_object_or_404(held, pk=wanted if NUMBER.fullmatch(wanted) else 0)
    request.session[SESSION_KEY] = chosen.pk
    messages.success(request, _("Đang làm việc với cương vị: %s.") % chosen.office)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect("/ban-lam-viec/")
    return redirect(back)


@require_GET
@login_required
def own(request: ActorRequest) -> HttpResponse:
    """Show one's own account: mandates, and the ways to sign in."""
    today = timezone.localdate()
    context = {
        "mandates": queries.all_mandates_of(request.user.pk or 0),
        "today": today,
    }
    return page(request, "access/own.html", context)
