"""A person's notices: the list, one opened, all read, and what comes by e-mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.access.middleware import SESSION_KEY
from lantoa.notices import actions, kinds, queries
from lantoa.notices.models import Notice
from lantoa.notices.vocabulary import DigestInQuietHours
from lantoa.notices.web.forms import PreferenceForm, as_initial
from lantoa.ui.parts import Link
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

A_PAGE = 30  # notices


@dataclass(frozen=True, slots=True)
class Day:
    """The notices of one day, all read or all unread."""

    on: date
    unread: bool
    notices: list[Notice]


@require_GET
@login_required
def index(request: ActorRequest) -> HttpResponse:
    """List one's own notices: unread first, by day, narrowed to a kind."""
    me = request.user.pk or 0
    counts = queries.counts_by_kind(me)
    kind = request.GET.get("loai", "")
    kind = kind if kind in counts else ""
    listed = Paginator(queries.notices_of(me, kind=kind), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "listed": listed,
        "days": _by_day(listed),
        "kind": kind,
        "filters": _filters(counts, kind),
        "unread": sum(
            unread for name, (_n, unread) in counts.items() if kind in {"", name}
        ),
        "today": timezone.localdate(),
    }
    return page(request, "notices/index.html", context)


def _by_day(notices: Iterable[Notice]) -> list[Day]:
    grouped = groupby(
        notices,
        key=lambda each: (each.read_at is None, timezone.localdate(each.created_at)),
    )
    return [Day(on, unread, list(rows)) for (unread, on), rows in grouped]


def _filters(counts: dict[str, tuple[int, int]], kind: str) -> list[Link]:
    """Return the kinds there are, each with how many of it are unread."""
    if len(counts) < 2:  # noqa: PLR2004 -- one kind is no choice
        return []
    here = reverse("notices:index")
    unread = sum(each for _number, each in counts.values())
    found = [Link(label=_("Tất cả"), href=here, current=not kind, count=unread or None)]
    for name, (_number, unread) in sorted(counts.items()):
        label, href = kinds.kind_named(name).label, f"{here}?loai={name}"
        found.append(
            Link(label=label, href=href, current=name == kind, count=unread or None)
        )
    return found


@require_GET
@login_required
def open_notice(request: ActorRequest, notice_id: int) -> HttpResponse:
    """Mark a notice read and go where it leads, under the mandate it came for."""
    own = Notice.objects.filter(person_id=request.user.pk or 0)
    notice = get_object_or_404(own, pk=notice_id)
    actions.mark_read(actor=request.actor, notices=[notice.pk], at=timezone.now())
    meant = next(
        (
            each
            for each in request.mandates  # type: ignore[attr-defined]
            if each.pk == notice.mandate_id
        ),
        None,
    )
    if meant is not None and meant.pk != request.actor.mandate_id:
        request.session[SESSION_KEY] = meant.pk
        messages.success(request, _("Đang làm việc với cương vị: %s.") % meant.office)
    return redirect(notice.href)


@require_POST
@login_required
def read_all(request: ActorRequest) -> HttpResponse:
    """Mark all notices, or those of a kind, as read."""
    kind = request.POST.get("loai", "")
    number = actions.mark_all_read(actor=request.actor, kind=kind, at=timezone.now())
    text = ngettext(
        "Đã đánh dấu %(number)s thông báo là đã đọc.",
        "Đã đánh dấu %(number)s thông báo là đã đọc.",
        number,
    )
    messages.success(request, text % {"number": number})
    return redirect("notices:index")


@require_http_methods(["GET", "POST"])
@login_required
def preferences(request: ActorRequest) -> HttpResponse:
    """Choose which kinds come by e-mail, when, and in which language."""
    me = request.user.pk or 0
    if request.method == "GET":
        form = PreferenceForm(initial=as_initial(queries.preference_of(me)))
        return _choose(request, form)
    form = PreferenceForm(request.POST)
    if not form.is_valid():
        return _choose(request, form, status=422)
    try:
        actions.choose_notices(
            actor=request.actor,
            person=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
            **form.chosen,
        )
    except DigestInQuietHours as refusal:
        form.add_error("digest_at", str(refusal))
        return _choose(request, form, status=422)
    messages.success(request, _("Đã ghi nhận cách nhận thông báo."))
    return redirect("notices:preferences")


def _choose(
    request: ActorRequest, form: PreferenceForm, status: int = 200
) -> HttpResponse:
    context = {"form": form, "any_kind": bool(kinds.all_kinds())}
    return page(request, "notices/preferences.html", context, status=status)
