"""Rewording a task that was given, answering a stale one, letting one end."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from lantoa.documents.differences import Piece, pieces
from lantoa.kernel.refusal import NotPermitted, Refused
from lantoa.kernel.rule import require_anywhere
from lantoa.plans import actions, queries, rules
from lantoa.plans.actions.revising import require_dispatcher
from lantoa.plans.models import Task, TaskParty, TaskVersion
from lantoa.plans.queries import derivation
from lantoa.plans.vocabulary import NotStale, PartyRole, RevisedMeanwhile
from lantoa.plans.web import deriving_forms
from lantoa.plans.web.deriving_forms import NAMES, KeepForm, ReviseForm, WordingForm
from lantoa.plans.web.reading import crumbs
from lantoa.ui.parts import Link
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

_WRONG = 422
_NAMED = 12  # bodies that a page names


@dataclass(frozen=True, slots=True)
class ThreeWays:
    """One of the clear things: as it was above, as it is there now, and as it is here.

    ``now`` marks word by word what changed above.
    """

    name: str | Promise
    before: str
    now: list[Piece]
    mine: str
    moved: bool


@login_required
@require_http_methods(["GET", "POST"])
def revise(request: ActorRequest, task_id: int) -> HttpResponse:
    """Reword a task; the page says who will have to look at it again."""
    task = _seen(request, task_id)
    require_dispatcher(request.actor, task)
    start = deriving_forms.initial_of(task) | {"seen": task.version}
    form = ReviseForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.revise_task(
                actor=request.actor,
                task=task,
                wording=form.wording(),
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
                at=timezone.now(),
            )
        except NotPermitted:
            raise
        except Refused as refusal:
            form = _again(ReviseForm, request, refusal, task.pk)
        else:
            return redirect(task)
    below = derivation.open_below(task)
    bodies = derivation.leads_of(below)
    context = {
        "crumbs": _crumbs(task),
        "task": task,
        "lead": _lead(task),
        "form": form,
        "stale": len(below),
        "bodies": bodies[:_NAMED],
        "more": len(bodies) - _NAMED,
    }
    status = _WRONG if form.is_bound else 200
    return page(request, "plans/revise.html", context, status=status)


@login_required
@require_GET
def stale(request: ActorRequest) -> HttpResponse:
    """Show what was derived here and whose upstream says something else now."""
    require_anywhere(request.actor, rules.DISPATCH.capability)
    tasks = list(derivation.stale_tasks(request.actor))
    groups = [
        list(same)
        for _key, same in groupby(sorted(tasks, key=_sameness), key=_sameness)
    ]
    context = {
        "crumbs": crumbs(),
        "groups": [(group[0], len(group)) for group in groups],
    }
    return page(request, "plans/stale.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def adopt(request: ActorRequest, task_id: int) -> HttpResponse:
    """Compare three ways, and take the revision over into one's own words."""
    task, upstream, old = _stale(request, task_id)
    start = deriving_forms.brought_together(old, upstream, task)
    start["seen"] = upstream.version
    form = WordingForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.adopt_revisions(
                actor=request.actor,
                tasks=_chosen(request, task),
                wording=form.wording(),
                seen=form.cleaned_data["seen"],
                at=timezone.now(),
            )
        except NotPermitted:
            raise
        except Refused as refusal:
            form = _again(WordingForm, request, refusal, upstream.pk)
            upstream.refresh_from_db()
        else:
            return _after(request, task)
    keeping = KeepForm(initial={"seen": upstream.version})
    return _compare(request, task, upstream, old, form=form, keeping=keeping)


@login_required
@require_POST
def keep(request: ActorRequest, task_id: int) -> HttpResponse:
    """Leave stale tasks as they are, with a reason."""
    task, upstream, old = _stale(request, task_id)
    keeping = KeepForm(request.POST)
    if keeping.is_valid():
        try:
            actions.keep_wordings(
                actor=request.actor,
                tasks=_chosen(request, task),
                at=timezone.now(),
                **keeping.cleaned_data,
            )
        except NotPermitted:
            raise
        except Refused as refusal:
            keeping.add_error(None, str(refusal))
        else:
            return _after(request, task)
    start = deriving_forms.brought_together(old, upstream, task)
    form = WordingForm(initial=start | {"seen": upstream.version})
    return _compare(request, task, upstream, old, form=form, keeping=keeping)


@login_required
@require_POST
def end(request: ActorRequest, task_id: int) -> HttpResponse:
    """Let a recurring or continuous task end."""
    task = _seen(request, task_id)
    actions.end_task(
        actor=request.actor,
        task=task,
        reason=request.POST.get("reason", ""),
        at=timezone.now(),
    )
    return redirect(task)


def _compare(
    request: ActorRequest,
    task: Task,
    upstream: Task,
    old: Task | TaskVersion,
    *,
    form: WordingForm,
    keeping: KeepForm,
) -> HttpResponse:
    latest = upstream.versions.filter(number=upstream.version).first()
    context = {
        "crumbs": [
            *crumbs(),
            Link(label=_("Đối chiếu với cấp trên"), href=reverse("plans:stale")),
        ],
        "task": task,
        "upstream": upstream,
        "latest": latest,
        "rows": three_ways(old, upstream, task),
        "alike": derivation.alike(request.actor, task),
        "form": form,
        "keeping": keeping,
    }
    wrong = form.is_bound or keeping.is_bound
    return page(request, "plans/adopt.html", context, status=_WRONG if wrong else 200)


def three_ways(
    old: Task | TaskVersion, new: Task | TaskVersion, mine: Task
) -> list[ThreeWays]:
    """Return the clear things side by side, what moved above first."""
    rows = []
    for name, label in NAMES.items():
        before, now, own = (
            deriving_forms.said(each, name) for each in (old, new, mine)
        )
        if before or now or own:
            moved = before != now
            rows.append(ThreeWays(label, before, pieces(before, now), own, moved))
    return sorted(rows, key=lambda row: not row.moved)


def _seen(request: ActorRequest, task_id: int) -> Task:
    rows = queries.visible_to(request.actor).select_related(
        "clause__paper__type", "clause__paper__issuer", "dispatcher", "acceptor"
    )
    return get_object_or_404(rows, pk=task_id)


def _stale(
    request: ActorRequest, task_id: int
) -> tuple[Task, Task, Task | TaskVersion]:
    """Return a stale task, its upstream, and what that said when it was derived.

    Raises:
        Http404: the actor may not see it.
        NotPermitted: another body's people answer it.
        NotStale: somebody has answered it.
    """
    task = _seen(request, task_id)
    require_dispatcher(request.actor, task)
    upstream = task.derived_from
    if upstream is None or (task.derived_version or 0) >= upstream.version:
        raise NotStale
    return task, upstream, derivation.version_of(upstream, task.derived_version or 1)


def _chosen(request: ActorRequest, task: Task) -> list[Task]:
    """Return the tasks that were ticked among those that say the same."""
    ticked = set(request.POST.getlist("task"))
    same = [part.task for part in derivation.alike(request.actor, task)]
    return [each for each in same if str(each.pk) in ticked]


def _after(request: ActorRequest, task: Task) -> HttpResponse:
    """Return to what else is stale, or to the task."""
    if derivation.stale_tasks(request.actor).exists():
        return redirect("plans:stale")
    return redirect(task)


def _again(
    kind: type[Any], request: ActorRequest, refusal: Refused, task_id: int
) -> Any:
    """Return the form as it was typed, with the refusal; it has seen what is now."""
    data = request.POST.copy()
    if isinstance(refusal, RevisedMeanwhile):
        data["seen"] = str(
            Task.objects.values_list("version", flat=True).get(pk=task_id)
        )
    form = kind(data)
    form.add_error(None, str(refusal))
    return form


def _sameness(task: Task) -> tuple[Any, ...]:
    said = (str(getattr(task, name) or "") for name in NAMES)
    return (task.derived_from_id, task.derived_version, *said)


def _lead(task: Task) -> TaskParty:
    parts = TaskParty.objects.select_related("body")
    return parts.get(task=task, role=PartyRole.LEAD)


def _crumbs(task: Task) -> list[Link]:
    here = Link(label=task.work[:60], href=task.get_absolute_url())
    return [*crumbs(task.clause), here]
