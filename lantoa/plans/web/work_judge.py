"""What waits for a verdict: the list, and one after the other."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.kernel.refusal import NotPermitted, Refused
from lantoa.kernel.rule import require_anywhere
from lantoa.plans import actions, queries, rules
from lantoa.plans.models import ExtensionRequest, Progress
from lantoa.plans.queries.work import Kind, Owed, Waiting
from lantoa.plans.vocabulary import Decision, Verdict
from lantoa.plans.web import work_words
from lantoa.plans.web.work import seen
from lantoa.plans.web.work_forms import VerdictForm
from lantoa.ui.parts import Link, Term
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

_PAGE = 30
_WRONG = 422
_ADDRESS = {"completion": "plans:judge", "extension": "plans:decide_extension"}


def address_of(each: Waiting) -> str:
    """Return where a verdict on it is given."""
    return reverse(_ADDRESS[each.kind], args=[each.pk])


@dataclass(frozen=True, slots=True)
class Queue:
    """Where one thing stands among all that wait."""

    waiting: list[Waiting]
    here: Waiting

    @property
    def number(self) -> int:
        """Return its place, from 1; where it would be, if it waits no more."""
        return 1 + sum(each < self.here for each in self.waiting)

    @property
    def before(self) -> str:
        """Return the address of the one before it, "" if it is the first."""
        earlier = [each for each in self.waiting if each < self.here]
        return address_of(earlier[-1]) if earlier else ""

    @property
    def after(self) -> str:
        """Return the address of the one after it, "" if it is the last."""
        later = [each for each in self.waiting if each > self.here]
        return address_of(later[0]) if later else ""


@login_required
@require_GET
def to_judge(request: ActorRequest) -> HttpResponse:
    """Show all that waits for the reader's verdict, the oldest first."""
    require_anywhere(request.actor, rules.ACCEPT.capability)
    waiting = queries.to_judge(request.actor)
    listed = Paginator(waiting, _PAGE).get_page(request.GET.get("page"))
    rows = [
        (each, address_of(each), row)
        for each, row in queries.judged_rows(list(listed.object_list))
    ]
    context = {
        "crumbs": work_words.crumbs(),
        "listed": listed,
        "rows": rows,
        "first": address_of(waiting[0]) if waiting else "",
    }
    return page(request, "plans/work_to_judge.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def judge(request: ActorRequest, progress_id: int) -> HttpResponse:
    """Show a report of completion beside what was asked, and take the verdict."""
    progress = get_object_or_404(
        Progress.objects.select_related("milestone", "file").exclude(verdict=""),
        pk=progress_id,
    )
    owed = _asked_of(request, progress)
    form = VerdictForm(request.POST or None)
    if form.is_valid():
        try:
            _judge(request, progress, form)
        except NotPermitted:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _on(request, progress, "completion")
    context = {
        "progress": progress,
        "milestones": queries.milestones_of(owed),
        "image": progress.file is not None
        and progress.file.media_type.startswith("image/"),
    }
    return _verdict_page(request, owed, progress, form, context)


def _judge(request: ActorRequest, progress: Progress, form: VerdictForm) -> None:
    actor, at = request.actor, timezone.now()
    if form.accepts:
        actions.accept_completion(actor=actor, progress=progress, at=at)
    else:
        reason = form.cleaned_data["reason"]
        actions.return_completion(actor=actor, progress=progress, reason=reason, at=at)


@login_required
@require_http_methods(["GET", "POST"])
def decide_extension(request: ActorRequest, request_id: int) -> HttpResponse:
    """Show a request for more time with its reason, and take the decision."""
    asked = get_object_or_404(ExtensionRequest, pk=request_id)
    owed = _asked_of(request, asked)
    form = VerdictForm(request.POST or None)
    if form.is_valid():
        try:
            actions.decide_extension(
                actor=request.actor,
                request=asked,
                granted=form.accepts,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
            )
        except NotPermitted:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _on(request, asked, "extension")
    context = {"asked": asked}
    return _verdict_page(request, owed, asked, form, context)


def _asked_of(request: ActorRequest, about: Progress | ExtensionRequest) -> Owed:
    """Return the obligation, of which the reader must be a judge.

    Raises:
        Http404: the reader may not see it.
        NotPermitted: another body judges it.
    """
    owed = seen(request, about.obligation_id)
    rules.ACCEPT.require(request.actor, owed)
    return owed


def _verdict_page(
    request: ActorRequest,
    owed: Owed,
    about: Progress | ExtensionRequest,
    form: VerdictForm,
    context: dict[str, Any],
) -> HttpResponse:
    if form.is_bound:  # somebody else may have been first
        about.refresh_from_db()
    waiting = queries.to_judge(request.actor)
    kind: Kind = "completion" if isinstance(about, Progress) else "extension"
    words, tone = work_words.due_words(owed, timezone.localdate())
    href = reverse("plans:to_judge")
    pending = {Verdict.PENDING.value, Decision.PENDING.value}
    given = {
        "decided": (about.verdict if isinstance(about, Progress) else about.decision)
        not in pending,
        "crumbs": [Link(label=work_words.TO_JUDGE, href=href)],
        "owed": owed,
        "state": queries.state_of(owed),
        "due_words": words,
        "due_tone": tone,
        "asked_for": _asked_for(owed),
        "form": form,
        "queue": Queue(waiting, Waiting(about.at, kind, about.pk)),
        "closed": not owed.open,
    }
    status = _WRONG if form.is_bound else 200
    template = f"plans/work_{'judge' if kind == 'completion' else 'decide'}.html"
    return page(request, template, given | context, status=status)


def _asked_for(owed: Owed) -> list[Term]:
    """Return what a verdict is measured by; all six things stand on the work's page."""
    task = owed.task
    return [
        Term(term=_("Rõ việc"), text=task.work),
        Term(term=_("Rõ kết quả"), text=task.product),
        Term(term=_("Rõ thời gian"), text=task.deadline_text),
    ]


def _on(
    request: ActorRequest, about: Progress | ExtensionRequest, kind: Kind
) -> HttpResponse:
    """Go on to the next that waits, from there to the first, at last to the list."""
    waiting = queries.to_judge(request.actor)
    queue = Queue(waiting, Waiting(about.at, kind, about.pk))
    first = address_of(waiting[0]) if waiting else reverse("plans:to_judge")
    return redirect(queue.after or first)
