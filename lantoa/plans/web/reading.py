"""The inbox of a body, a task, and a clause with everybody's answers."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lantoa.documents import queries as papers
from lantoa.documents.models import Clause, Paper
from lantoa.kernel.rule import require_anywhere
from lantoa.organisations.models import Body
from lantoa.plans import queries, rules
from lantoa.plans.models import TaskParty
from lantoa.plans.vocabulary import PartyState
from lantoa.plans.web import boards
from lantoa.plans.web.task_page import surroundings
from lantoa.ui.parts import Figure, Link
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

_PAGE = 30  # tasks
_JOURNAL = "journal.read"
_ROWS = 120  # bodies


def crumbs(clause: Clause | None = None) -> list[Link]:
    """Return the way to the tasks, and to those of a clause."""
    way = [Link(label=_("Nhiệm vụ"), href=reverse("plans:inbox"))]
    if clause is not None:
        label = _("Mục %(label)s") % {"label": clause.label}
        way.append(Link(label=label, href=reverse("plans:clause", args=[clause.pk])))
    return way


@login_required
@require_GET
def inbox(request: ActorRequest) -> HttpResponse:
    """Show what the actor's body received, paper by paper."""
    actor = request.actor
    require_anywhere(actor, rules.READ_OWN.capability)
    body = Body.objects.filter(pk=actor.body_id or 0).first()
    parties = queries.inbox(body) if body else TaskParty.objects.none()
    tally = queries.tally(parties)
    waiting_only = request.GET.get("xem") == "cho"
    if waiting_only:
        parties = parties.filter(acknowledged_at=None)
    listed = Paginator(parties, _PAGE).get_page(request.GET.get("page"))
    may_receive = body is not None and rules.RECEIVE.allows(actor, TaskParty(body=body))
    context = {
        "tabs": _tabs(request),
        "body": body,
        "filters": _filters(tally, waiting_only=waiting_only),
        "tally": tally,
        "listed": listed,
        "papers": boards.by_paper(listed.object_list),
        "may_receive": may_receive,
        "unopened": may_receive and tally.received < tally.total,
    }
    return page(request, "plans/inbox.html", context)


@login_required
@require_GET
def dispatched(request: ActorRequest) -> HttpResponse:
    """Show the papers whose tasks the actor's bodies dispatched, and their progress."""
    require_anywhere(request.actor, rules.READ_DISPATCHED.capability)
    found = queries.dispatched_papers(request.actor)
    listed = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    clauses = [clause.pk for paper in listed for clause in _task_clauses(paper)]
    tallies = queries.board_by_clause(clauses)
    rows = [
        (paper, [(each, tallies[each.pk]) for each in _task_clauses(paper)])
        for paper in listed
    ]
    context = {"tabs": _tabs(request), "listed": listed, "rows": rows}
    return page(request, "plans/dispatched.html", context)


@login_required
@require_GET
def task(request: ActorRequest, task_id: int) -> HttpResponse:
    """Show a task: its six clear things, its bodies, their answers."""
    found = get_object_or_404(
        queries.visible_to(request.actor).select_related(
            "clause__paper__type", "clause__paper__issuer", "dispatcher", "derived_from"
        ),
        pk=task_id,
    )
    parties = list(queries.parties_of_task(found))
    own = [p for p in parties if rules.RECEIVE.allows(request.actor, p)]
    context = {
        "crumbs": crumbs(found.clause),
        "task": found,
        "parties": parties,
        "own": own[0] if own else None,
        "may_read_journal": request.actor.may(_JOURNAL),
        "six": boards.six_clear_things(found, parties),
        **surroundings(request.actor, found, parties, timezone.localdate()),
    }
    return page(request, "plans/task.html", context)


@login_required
@require_GET
def clause(request: ActorRequest, clause_id: int) -> HttpResponse:
    """Show how far a clause has come at every body: a map, a list, the answers."""
    require_anywhere(request.actor, rules.READ_OWN.capability)
    found = get_object_or_404(
        Clause.objects.select_related("paper__type", "paper__issuer"), pk=clause_id
    )
    state = _asked_state(request)
    text = request.GET.get("q", "").strip()
    every = list(queries.parties_of_clause(found, actor=request.actor))
    if not every:
        return _no_tasks(request, found)
    shown = boards.only(every, state, text)
    listed = Paginator(shown, _ROWS).get_page(request.GET.get("page"))
    on = timezone.localdate(every[0].task.dispatched_at)
    context = {
        "crumbs": crumbs(),
        "clause": found,
        "figures": _figures(every),
        "may_read_journal": request.actor.may(_JOURNAL),
        "map": boards.map_of(every, on),
        "legend": ["sent", "received", "acknowledged"],
        "filters": _states(every, state),
        "state": state,
        "text": text,
        "listed": listed,
    }
    return page(request, "plans/clause.html", context, part="list")


def _no_tasks(request: ActorRequest, clause: Clause) -> HttpResponse:
    """Say that the clause set no task that the actor may see.

    Raises:
        Http404: the actor may not even read the paper.
    """
    if not papers.visible_to(request.actor).filter(pk=clause.paper_id).exists():
        raise Http404
    context = {"crumbs": crumbs(), "clause": clause}
    return page(request, "plans/no_tasks.html", context)


def _tabs(request: ActorRequest) -> list[Link]:
    named = [("plans:inbox", _("Nhiệm vụ đến"))]
    if request.actor.may(rules.DISPATCH.capability):
        named.append(("plans:dispatched", _("Đã giao")))
    if request.actor.may(rules.ACCEPT.capability):
        named.append(("plans:to_judge", _("Chờ nghiệm thu")))
    named.append(("plans:national", _("Tình hình thực hiện")))
    return [
        Link(label=label, href=reverse(name), current=request.path == reverse(name))
        for name, label in named
    ]


def _filters(tally: queries.Tally, *, waiting_only: bool) -> list[Link]:
    here = reverse("plans:inbox")
    waiting = tally.total - tally.acknowledged
    return [
        Link(label=_("Tất cả"), href=here, current=not waiting_only, count=tally.total),
        Link(
            label=_("Chờ xác nhận"),
            href=f"{here}?xem=cho",
            current=waiting_only,
            count=waiting,
        ),
    ]


def _task_clauses(paper: Paper) -> list[Clause]:
    clauses: list[Clause] = paper.task_clauses  # type: ignore[attr-defined]
    return clauses


def _asked_state(request: ActorRequest) -> PartyState | None:
    said = request.GET.get("tinh-trang", "")
    return PartyState(said) if said in PartyState.values else None


def _states(parties: list[TaskParty], asked: PartyState | None) -> list[Link]:
    counts = boards.count_states(parties)
    every = Link(label=_("Tất cả"), href="?", current=asked is None, count=len(parties))
    return [
        every,
        *(
            Link(
                label=state.label,
                href=f"?tinh-trang={state.value}",
                current=asked == state,
                count=counts[state],
            )
            for state in PartyState
        ),
    ]


def _figures(parties: list[TaskParty]) -> list[Figure]:
    total = len(parties)
    received = sum(p.received_at is not None for p in parties)
    acknowledged = sum(p.acknowledged_at is not None for p in parties)
    answered = sum(bool(p.answers.all()) for p in parties)
    return [
        Figure(value=received, whole=total, label=_("cơ quan đã nhận")),
        Figure(value=acknowledged, whole=total, label=_("cơ quan đã xác nhận")),
        Figure(value=answered, whole=total, label=_("cơ quan có ý kiến")),
    ]
