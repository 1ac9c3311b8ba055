"""Reporting about owed work, and asking for more time."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lantoa.kernel.refusal import NotPermitted, Refused
from lantoa.plans import actions, queries, rules
from lantoa.plans.models import Progress
from lantoa.plans.queries.work import Owed
from lantoa.plans.vocabulary import NoDueDay, WorkClosed
from lantoa.plans.web import work_words
from lantoa.plans.web.work import seen
from lantoa.plans.web.work_forms import WHOLE, ExtensionForm, ReportForm
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

_WRONG = 422


def _mine(request: ActorRequest, obligation_id: int) -> Owed:
    """Return an open obligation of a body that the actor works for.

    Raises:
        Http404: the actor may not even see it.
        NotPermitted: it is another body's.
        WorkClosed: nothing is owed any more.
    """
    owed = seen(request, obligation_id)
    rules.CARRY_OUT.require(request.actor, owed)
    if not owed.open:
        raise WorkClosed
    return owed


@login_required
@require_http_methods(["GET", "POST"])
def report(request: ActorRequest, obligation_id: int) -> HttpResponse:
    """Report with a note, a photo or a file; the page for two minutes on a phone."""
    owed = _mine(request, obligation_id)
    milestones = queries.milestones_of(owed)
    if request.method == "POST":
        form = ReportForm(request.POST, request.FILES, milestones=milestones)
        if form.is_valid():
            try:
                return redirect(_place_of(_report(request, owed, form)))
            except NotPermitted:
                raise
            except Refused as refusal:
                if request.htmx:  # a toast, so that the chosen file stays chosen, too
                    raise
                form.add_error(None, str(refusal))
    else:
        form = ReportForm(milestones=milestones, initial=_asked(request))
    words, tone = work_words.due_words(owed, timezone.localdate())
    context = {
        "crumbs": work_words.crumbs_below(owed),
        "owed": owed,
        "form": form,
        "due_words": words,
        "due_tone": tone,
    }
    status = _WRONG if form.is_bound else 200
    return page(request, "plans/work_report.html", context, status=status)


def _report(request: ActorRequest, owed: Owed, form: ReportForm) -> Progress:
    said = form.cleaned_data
    file = said["file"]
    return actions.report_progress(
        actor=request.actor,
        obligation=owed,
        text=said["text"],
        content=file or None,
        file_name=file.name if file else "",
        milestone=said["milestone"],
        completes=said["completes"],
        at=timezone.now(),
    )


def _place_of(progress: Progress) -> str:
    address = progress.obligation.get_absolute_url()
    return f"{address}#bao-cao-{progress.pk}"


def _asked(request: ActorRequest) -> dict[str, object]:
    """Return what the way here has said already: "?moc=12&hoan-thanh=1"."""
    return {
        "milestone": request.GET.get("moc", WHOLE),
        "completes": request.GET.get("hoan-thanh") == "1",
    }


@login_required
@require_http_methods(["GET", "POST"])
def extend(request: ActorRequest, obligation_id: int) -> HttpResponse:
    """Ask for more time."""
    owed = _mine(request, obligation_id)
    if owed.due_on is None:
        raise NoDueDay
    form = ExtensionForm(request.POST or None)
    if form.is_valid():
        try:
            actions.ask_extension(
                actor=request.actor,
                obligation=owed,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except NotPermitted:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(owed)
    words, tone = work_words.due_words(owed, timezone.localdate())
    context = {
        "crumbs": work_words.crumbs_below(owed),
        "owed": owed,
        "form": form,
        "due_words": words,
        "due_tone": tone,
    }
    status = _WRONG if form.is_bound else 200
    return page(request, "plans/work_extend.html", context, status=status)
