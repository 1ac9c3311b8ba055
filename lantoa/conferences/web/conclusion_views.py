"""The conclusions: drafted, confirmed, issued, and followed on the board."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from lantoa.conferences import rules
from lantoa.conferences.actions import conclusions as actions
from lantoa.conferences.models import Conclusion, Conference
from lantoa.conferences.queries import conferences as queries
from lantoa.conferences.queries.board import board, dispatch_size
from lantoa.conferences.queries.conclusions import conclusions as conclusions_of
from lantoa.conferences.queries.conclusions import wording
from lantoa.conferences.web import tickets
from lantoa.conferences.web.forms import ONE, ConclusionForm
from lantoa.conferences.web.pages import around
from lantoa.conferences.web.pickers import Picker, bodies_picker
from lantoa.conferences.web.preparing_views import conference_or_404
from lantoa.kernel.dates import HANOI
from lantoa.live.pages import screen
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

FAMILIES = ("conclusion-tile", "conclusion-count", "conclusion-stamp")


@require_http_methods(["GET", "POST"])
def conclusions(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the drafts to those who make them, and the board once they have left."""
    conference = conference_or_404(request, pk)
    context = around(request, conference, "conclusions")
    if context["authority"] is None or not (
        context["may_run"] or conference.paper_id is not None
    ):
        raise Http404
    form = _form(request)
    if request.method == "POST":
        rules.PREPARE.require(request.actor, conference)
        if "find" not in request.POST and form.is_valid():
            actions.draft_conclusion(
                actor=request.actor,
                conference=conference,
                at=timezone.now(),
                **form.said(),
            )
            return redirect("conferences:conclusions", pk)
    drafts = list(conclusions_of(conference))
    for draft in drafts:  # what the chair confirms is what the page shows
        draft.wording = wording(draft)  # type: ignore[attr-defined]
    context |= {
        "drafts": drafts,
        "ready": bool(drafts) and all(draft.confirmed for draft in drafts),
        "size": dispatch_size(conference, drafts),
        "screen": _screen(request, conference, context["authority"]),
        "person": request.actor.person_id,
    }
    if conference.paper_id is not None:
        context["board"] = board(conference, drafts)
        context["legend"] = ["sent", "received", "acknowledged"]
    elif context["may_prepare"]:
        context |= _form_context(request, form, conference, {})
    status = 422 if form.is_bound and form.errors else 200
    return page(
        request, "conferences/conclusions.html", context, part="drafts", status=status
    )


@require_http_methods(["GET", "POST"])
def conclusion(request: ActorRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    draft = _draft(request, pk)
    conference = draft.conference
    rules.PREPARE.require(request.actor, conference)
    form = _form(request, _said(draft))
    if request.method == "POST" and "find" not in request.POST and form.is_valid():
        actions.revise_conclusion(
            actor=request.actor, conclusion=draft, at=timezone.now(), **form.said()
        )
        return redirect("conferences:conclusions", conference.pk)
    chosen = {
        "lead": [draft.lead_id] if draft.lead_id else [],
        "coordinating": [body.pk for body in draft.coordinating.all()],
    }
    context = around(request, conference, "conclusions") | {"draft": draft}
    context |= _form_context(request, form, conference, chosen)
    status = 422 if form.is_bound and form.errors else 200
    return page(request, "conferences/conclusions_edit.html", context, status=status)


@require_POST
def confirm(request: ActorRequest, pk: int) -> HttpResponse:
    """Stand by a conclusion, as the chair."""
    draft = _draft(request, pk)
    actions.confirm_conclusion(
        actor=request.actor,
        conclusion=draft,
        read=request.GET.get("ban", ""),
        at=timezone.now(),
    )
    return _back_to(draft)


@require_POST
def give_back(request: ActorRequest, pk: int) -> HttpResponse:
    """Give a conclusion back to the secretariat."""
    draft = _draft(request, pk)
    actions.return_conclusion(actor=request.actor, conclusion=draft, at=timezone.now())
    return _back_to(draft)


@require_POST
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Drop a draft."""
    draft = _draft(request, pk)
    actions.remove_conclusion(actor=request.actor, conclusion=draft, at=timezone.now())
    return redirect("conferences:conclusions", draft.conference_id)


@require_POST
def issue(request: ActorRequest, pk: int) -> HttpResponse:
    """Issue the conclusions: a paper, and a task for each body."""
    conference = get_object_or_404(queries.run_by(request.actor), pk=pk)
    actions.issue_conclusions(
        actor=request.actor, conference=conference, at=timezone.now()
    )
    return redirect("conferences:conclusions", pk)


@never_cache
@require_GET
def ticket(request: ActorRequest, pk: int) -> JsonResponse:
    """Give the next ticket of the board, which outlives the conference."""
    conference = conference_or_404(request, pk)
    authority = queries.authority(request.actor, conference)
    if authority is None:
        return JsonResponse({"message": _("Phiên xem đã kết thúc.")}, status=403)
    text = tickets.ticket_for(request.actor, conference, authority)
    return JsonResponse({"ticket": text})


def _screen(request: ActorRequest, conference: Conference, authority: Any) -> Any:
    return screen(
        conference.topic,
        FAMILIES,
        tickets.viewer(authority),
        ticket=tickets.ticket_for(request.actor, conference, authority),
        ticket_url=reverse("conferences:board_ticket", args=[conference.pk]),
    )


def _draft(request: ActorRequest, pk: int) -> Conclusion:
    rows = Conclusion.objects.filter(conference__in=queries.run_by(request.actor))
    return get_object_or_404(rows.select_related("conference__host", "lead"), pk=pk)


def _back_to(draft: Conclusion) -> HttpResponse:
    address = reverse("conferences:conclusions", args=[draft.conference_id])
    return redirect(f"{address}#ket-luan-{draft.pk}")


def _form(
    request: ActorRequest, initial: dict[str, Any] | None = None
) -> ConclusionForm:
    """Return the form; nothing is judged while somebody looks for a body."""
    if "find" in request.POST:
        return ConclusionForm(initial=request.POST.dict())
    on = timezone.now().astimezone(HANOI).date()
    return ConclusionForm(request.POST or None, on=on, initial=initial or {})


def _said(draft: Conclusion) -> dict[str, Any]:
    fields = ["heading", "work", "lead_rule", "deadline_text", "due_on", "product"]
    said = {name: getattr(draft, name) for name in fields}
    said["lead_rule"] = draft.lead_rule or ONE
    return said | {"undated": draft.due_on is None}


def _form_context(
    request: ActorRequest,
    form: ConclusionForm,
    conference: Conference,
    chosen: dict[str, Any],
) -> dict[str, Any]:
    data: QueryDict | dict[str, Any] = request.POST or chosen
    on: date = conference.on
    lead: Picker = bodies_picker(
        on,
        name="lead",
        data=data,
        single=True,
        label=_("Cơ quan chủ trì"),
        hint=_("ví dụ: bo tu phap"),
        errors=list(form.errors.get("lead", [])),
    )
    coordinating: Picker = bodies_picker(
        on,
        name="coordinating",
        data=data,
        label=_("Cơ quan phối hợp"),
        hint=_("ví dụ: bo noi vu"),
        errors=list(form.errors.get("coordinating", [])),
    )
    return {"form": form, "lead": lead, "coordinating": coordinating}
