"""Entering, correcting and withdrawing papers."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from lantoa.documents import actions, queries, rules
from lantoa.documents.clausing import write_clauses
from lantoa.documents.models import Paper
from lantoa.documents.vocabulary import Changes, ClauseText
from lantoa.documents.web.forms import CorrectionForm, PaperForm
from lantoa.documents.web.reading import crumbs, seen
from lantoa.files import actions as files
from lantoa.kernel.rule import require_anywhere
from lantoa.organisations.models import Body
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

_WRONG = 422


@require_http_methods(["GET", "POST"])
def enter(request: ActorRequest) -> HttpResponse:
    """Enter a paper into the register of the actor's own body."""
    actor = request.actor
    require_anywhere(actor, rules.REGISTER.capability)
    own = Body.objects.filter(pk=actor.body_id).first() if actor.body_id else None
    if request.method == "POST":
        form = PaperForm(request.POST, request.FILES, actor=actor)
        if form.is_valid():
            return redirect(_enter(request, form, own))
    else:
        today = timezone.localdate()
        initial = {"issuer": own.name if own else "", "issued_on": today}
        form = PaperForm(actor=actor, initial=initial)
    context = {"crumbs": crumbs(), "form": form}
    status = _WRONG if form.is_bound else 200
    return page(request, "documents/enter.html", context, status=status)


@transaction.atomic
def _enter(request: ActorRequest, form: PaperForm, own: Body | None) -> Paper:
    at, said = timezone.now(), dict(form.cleaned_data)
    name, upload = said.pop("issuer"), said.pop("file")
    issuer = queries.issuer_named(name, said["issued_on"] or timezone.localdate())
    stored = None
    if upload:
        stored = files.store_file(
            actor=request.actor,
            owner_id=request.actor.body_id,
            content=upload,
            name=upload.name,
            at=at,
        )
    return actions.register_paper(
        actor=request.actor,
        issuer=issuer,
        issuer_name=name,
        symbol=queries.symbol_of(issuer) if issuer else "",
        keeper=own,
        file=stored,
        at=at,
        **said,
    )


@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, paper_id: int) -> HttpResponse:
    """Correct a paper; the earlier version stays and the difference shows."""
    paper = seen(request, paper_id)
    rules.REGISTER.require(request.actor, paper)
    if request.method == "POST":
        form = CorrectionForm(request.POST)
        if form.is_valid():
            said = dict(form.cleaned_data)
            actions.correct_paper(
                actor=request.actor,
                paper=paper,
                reason=said.pop("reason"),
                changes=Changes(**said),
                at=timezone.now(),
            )
            return redirect(paper)
    else:
        form = CorrectionForm(initial=_as_said(paper))
    context = {"crumbs": crumbs(paper), "form": form, "paper": paper}
    status = _WRONG if form.is_bound else 200
    return page(request, "documents/correct.html", context, status=status)


@require_POST
def withdraw(request: ActorRequest, paper_id: int) -> HttpResponse:
    """Withdraw a paper, for the reason given."""
    paper = seen(request, paper_id)
    actions.withdraw_paper(
        actor=request.actor,
        paper=paper,
        reason=request.POST.get("reason", ""),
        at=timezone.now(),
    )
    return redirect(paper)


def _as_said(paper: Paper) -> dict[str, object]:
    clauses = [
        ClauseText(each.label, each.heading, each.text)
        for each in queries.clauses_of(paper)
    ]
    return {
        "summary": paper.summary,
        "issued_on": paper.issued_on,
        "effective_from": paper.effective_from,
        "effective_until": paper.effective_until,
        "clauses": write_clauses(clauses),
    }
