"""The report at the opening: drafted, updated, placed, printed, carried on from."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from lantoa.conferences import rules
from lantoa.conferences.actions import opening as actions
from lantoa.conferences.models import OpeningClause, OpeningReport
from lantoa.conferences.queries import conferences as conferences_of
from lantoa.conferences.queries import opening as queries
from lantoa.conferences.queries.conclusions import seat_of
from lantoa.conferences.web.forms import due_day_field
from lantoa.conferences.web.pages import DESK, around
from lantoa.conferences.web.preparing_views import conference_or_404
from lantoa.documents.queries import symbol_of
from lantoa.kernel.dates import HANOI, official_date
from lantoa.plans.vocabulary import WorkState
from lantoa.ui.parts import Figure
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

_REMARK = "nhan-xet-"
_LONGEST = 5_000  # characters of a remark


class PlaceForm(forms.Form):
    """Where the report stands in the programme."""

    minutes = forms.IntegerField(
        label=lazy("Số phút"), min_value=1, max_value=120, initial=15
    )
    presenter_office = forms.CharField(
        label=lazy("Người trình bày"),
        max_length=200,
        required=False,
        help_text=lazy("Chức vụ, cơ quan."),
    )


class CarryForm(forms.Form):
    """What an earlier clause asks from now on, and by when."""

    work = forms.CharField(
        label=lazy("Việc phải làm"), widget=forms.Textarea(attrs={"rows": 4})
    )
    deadline_text = forms.CharField(
        label=lazy("Thời hạn (bằng chữ)"),
        max_length=120,
        help_text=lazy(
            "Ghi như trong kết luận: “Quý II”, “trước 30/11”, “thường xuyên”."
        ),
    )
    due_on = due_day_field()


@require_http_methods(["GET", "POST"])
def opening(request: ActorRequest, pk: int) -> HttpResponse:
    """List the conference's reports; draft one on earlier conclusions."""
    conference = conference_or_404(request, pk)
    context = around(request, conference, "opening")
    if request.method == "POST":
        rules.PREPARE.require(request.actor, conference)
        papers = queries.reportable(request.actor, conference)
        about = get_object_or_404(papers, pk=_number(request.POST, "about"))
        report = actions.draft_opening_report(
            actor=request.actor, conference=conference, about=about, at=timezone.now()
        )
        return redirect("conferences:opening_report", report.pk)
    shown = [each for each in queries.reports(conference) if _seen(context, each)]
    if not shown and not context["may_run"]:
        raise Http404
    may_draft = context["may_prepare"] and not conference.over
    context |= {
        "reports": shown,
        "may_draft": may_draft,
        "papers": queries.reportable(request.actor, conference) if may_draft else [],
    }
    return page(request, "conferences/opening.html", context)


@require_http_methods(["GET", "POST"])
def report(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a report clause by clause; the secretariat remarks, and updates figures."""
    found = _report(request, pk)
    context = around(request, found.conference, "opening")
    if request.method == "POST":
        rules.PREPARE.require(request.actor, found.conference)
        actions.update_opening_report(
            actor=request.actor,
            report=found,
            remarks=_remarks(request.POST),
            reason=request.POST.get("reason", "")[:300],
            seen=_number(request.POST, "seen") or None,
            at=timezone.now(),
        )
        return redirect("conferences:opening_report", pk)
    versions = list(found.versions.order_by("-number"))
    version = _asked_version(request, versions)
    today = timezone.now().astimezone(HANOI).date()
    told = queries.told(found, version, today)
    context |= {
        "report": found,
        "version": version,
        "versions": versions,
        "newest": version == versions[0],
        "clauses": told,
        "moved": any(each.moved for each in told),
        "figures": _figures(told),
        "today": today,
        "may_update": context["may_prepare"] and version == versions[0],
        "may_carry": context["may_run"] and found.conference.paper_id is None,
        "place_form": PlaceForm(),
        "may_list": request.actor.may("tasks.read"),
    }
    return page(request, "conferences/opening_report.html", context)


@require_POST
def place(request: ActorRequest, pk: int) -> HttpResponse:
    """Put the report on the agenda."""
    found = _report(request, pk)
    rules.PREPARE.require(request.actor, found.conference)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        context = around(request, found.conference, "opening")
        context |= {"report": found, "place_form": form}
        return page(request, "conferences/opening_place.html", context, status=422)
    actions.place_opening_report(
        actor=request.actor, report=found, at=timezone.now(), **form.cleaned_data
    )
    return redirect("conferences:agenda", found.conference_id)


@require_http_methods(["GET", "POST"])
def carry(request: ActorRequest, pk: int) -> HttpResponse:
    """Let a clause go on in the new conclusions, with a deadline of its own."""
    rows = OpeningClause.objects.filter(
        report__conference__in=conferences_of.run_by(request.actor)
    )
    found = get_object_or_404(
        rows.select_related("clause", "report__conference__host", "report__about"),
        pk=pk,
    )
    conference = found.report.conference
    form = CarryForm(request.POST or None, initial={"work": _work_of(found)})
    if request.method == "POST" and form.is_valid():
        draft = actions.carry_over(
            actor=request.actor, reported=found, at=timezone.now(), **form.cleaned_data
        )
        address = reverse("conferences:conclusions", args=[conference.pk])
        return redirect(f"{address}#ket-luan-{draft.pk}")
    context = around(request, conference, "opening") | {"row": found, "form": form}
    status = 422 if form.is_bound else 200
    return page(request, "conferences/opening_carry.html", context, status=status)


@require_GET
def printed(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the report as an official paper, to be printed."""
    found = _report(request, pk)
    conference = found.conference
    version = queries.last_version(found)
    context = {
        "report": found,
        "conference": conference,
        "version": version,
        "clauses": queries.told(found, version, version.as_of),
        "place": seat_of(conference.host, conference.on),
        "date": official_date(version.at),
        "day": official_date(version.as_of),
        "number": f"…/BC-{symbol_of(conference.host)}",
        "overdue": WorkState.OVERDUE,
    }
    return page(request, "conferences/opening_print.html", context)


def _report(request: ActorRequest, pk: int) -> OpeningReport:
    """Return a report that the actor may read: the desk's, or one on the agenda."""
    found = get_object_or_404(
        OpeningReport.objects.select_related(
            "conference__host", "about__type", "about__issuer", "item"
        ),
        pk=pk,
    )
    stands = conferences_of.authority(request.actor, found.conference)
    if not _seen({"authority": stands}, found):
        raise Http404
    return found


def _seen(context: dict[str, Any], found: OpeningReport) -> bool:
    stands = context["authority"]
    if stands in DESK:
        return True
    return stands in {"venue", "delegate"} and found.item_id is not None


def _remarks(sent: QueryDict) -> dict[int, str]:
    return {
        int(name.removeprefix(_REMARK)): str(text)[:_LONGEST]
        for name, text in sent.items()
        if name.startswith(_REMARK) and name.removeprefix(_REMARK).isdigit()
    }


def _number(sent: QueryDict, name: str) -> int:
    said = sent.get(name, "")
    return int(said) if said.isdigit() and len(said) < 19 else 0  # noqa: PLR2004 - int8


def _asked_version(request: ActorRequest, versions: list[Any]) -> Any:
    asked = request.GET.get("phien-ban", "")
    return next((v for v in versions if str(v.number) == asked), versions[0])


def _work_of(row: OpeningClause) -> str:
    """Return what the clause asks, as its task says it."""
    asked = queries.tasks_of([row.clause_id]).get(row.clause_id)
    return asked.work if asked else row.clause.text


def _figures(told: list[Any]) -> list[Figure]:
    total = sum(each.told.total for each in told)
    return [
        Figure(
            value=sum(each.told.done for each in told),
            whole=total,
            label=_("nhiệm vụ đã hoàn thành"),
        ),
        Figure(
            value=sum(each.told.open for each in told),
            whole=total,
            label=_("đang trong hạn"),
        ),
        Figure(
            value=sum(each.told.overdue for each in told),
            whole=total,
            label=_("quá hạn"),
        ),
    ]
