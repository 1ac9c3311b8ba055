"""Parts of forms that the page asks for while somebody types."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from lantoa.conferences.web.forms import ConclusionForm
from lantoa.conferences.web.pickers import bodies_picker, papers_picker
from lantoa.kernel.rule import require_anywhere
from lantoa.plans.deadlines import proposed_due_on
from lantoa.ui.requests import ActorRequest

WORDS = {
    "directives": (_("Văn bản triển khai"), _("ví dụ: 1521")),
    "lead": (_("Cơ quan chủ trì"), _("ví dụ: bo tu phap")),
    "coordinating": (_("Cơ quan phối hợp"), _("ví dụ: bo noi vu")),
    "delegations": (_("Đoàn của cơ quan khác cùng dự"), _("ví dụ: huyện Cao Lộc")),
}


@require_GET
def papers(request: ActorRequest) -> HttpResponse:
    """Show the papers chosen so far and those found."""
    require_anywhere(request.actor, "conferences.prepare")
    label, hint = WORDS["directives"]
    picker = papers_picker(
        request.actor, name="directives", data=request.GET, label=label, hint=hint
    )
    return render(request, "conferences/prepare_picker.html", {"picker": picker})


@require_GET
def bodies(request: ActorRequest) -> HttpResponse:
    """Show the bodies chosen so far and those found, on the day asked for."""
    name = request.GET.get("name", "")
    name = name if name in WORDS else "coordinating"
    label, hint = WORDS[name]
    picker = bodies_picker(
        _day(request),
        name=name,
        data=request.GET,
        single=request.GET.get("single") == "1",
        counted=request.GET.get("counted") == "1",
        label=label,
        hint=hint,
    )
    return render(request, "conferences/prepare_picker.html", {"picker": picker})


@require_GET
def deadline(request: ActorRequest) -> HttpResponse:
    """Show the field of the due day, filled with what the words propose."""
    form = ConclusionForm(initial={"due_on": request.GET.get("due_on", "")})
    proposed = None
    if not form.initial["due_on"]:
        words = request.GET.get("deadline_text", "")
        proposed = proposed_due_on(words, _day(request))
        form.initial["due_on"] = proposed
    context = {"form": form, "proposed": proposed}
    return render(request, "conferences/conclusion_due.html", context)


def _day(request: ActorRequest) -> date:
    try:
        given = parse_date(request.GET.get("ngay", ""))
    except ValueError:
        given = None
    return given or timezone.localdate()
