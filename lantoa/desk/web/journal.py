"""The journal of everything, and of one thing."""

from typing import Any

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lantoa.desk.subjects import NOUNS, READ, labels, readable
from lantoa.desk.telling import tell
from lantoa.journal import queries
from lantoa.journal.models import Entry
from lantoa.kernel.refusal import NotPermitted
from lantoa.kernel.rule import require_anywhere
from lantoa.ui.parts import Link
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

A_PAGE = 40  # entries


@require_GET
@login_required
def newest(request: ActorRequest) -> HttpResponse:
    """Show what was recorded last: everywhere, or about one's own body."""
    require_anywhere(request.actor, READ)
    everywhere = request.actor.reach.covers(READ, None)
    kind = request.GET.get("loai", "") if everywhere else ""
    kind = kind if kind in _kinds() else ""
    subject = "" if everywhere else f"body:{request.actor.body_id}"
    context = {
        **_slice(request, queries.entries(subject=subject, kind=kind)),
        "chain": queries.chain(),
        "kinds": [
            Link(label=word, href=f"?loai={name}", current=name == kind)
            for name, word in _kinds().items()
        ]
        if everywhere
        else [],
    }
    return page(request, "desk/newest.html", context)


@require_GET
def subject(request: ActorRequest, noun: str, pk: int) -> HttpResponse:
    """Show what was recorded about one thing."""
    if noun not in NOUNS:
        raise Http404
    row = get_object_or_404(apps.get_model(NOUNS[noun].model), pk=pk)
    if not readable(request.actor, noun, row):
        raise NotPermitted
    context = {
        **_slice(request, queries.entries(subject=f"{noun}:{pk}")),
        "named": labels([(noun, pk)])[noun, pk],
        "chain": queries.chain(),
    }
    return page(request, "desk/subject.html", context)


def _slice(request: ActorRequest, rows: QuerySet[Entry]) -> dict[str, Any]:
    """Return one page of entries; older ones are asked for by the last number shown."""
    before = request.GET.get("truoc", "")
    if before.isdecimal() and len(before) < 19:  # noqa: PLR2004 -- digits of a bigint
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: A_PAGE + 1])
    address = request.GET.copy()
    if len(found) > A_PAGE:
        found = found[:A_PAGE]
        address["truoc"] = str(found[-1].pk)
        return {"told": tell(found), "older": f"?{address.urlencode()}"}
    return {"told": tell(found), "older": ""}


def _kinds() -> dict[str, str]:
    return {
        "": _("Tất cả"),
        "conferences": _("Hội nghị"),
        "plans": _("Nhiệm vụ"),
        "documents": _("Văn bản"),
        "organisations": _("Tổ chức"),
        "access": _("Chức danh"),
        "identity": _("Tài khoản"),
        "notices": _("Thông báo"),
        "files": _("Tệp"),
    }
