"""The page of what a body owes for a period: plan, evidence, verdicts, and its way."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from lantoa.files.serving import attachment
from lantoa.kernel.actor import Actor
from lantoa.plans import queries, rules
from lantoa.plans.models import Obligation, Task
from lantoa.plans.queries.boards import counts
from lantoa.plans.queries.work import Owed
from lantoa.plans.vocabulary import Decision, PartyRole, WorkState
from lantoa.plans.web import boards, filters, work_words
from lantoa.plans.web.work_roadmap import roadmap
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

_REPORTS = 20  # on a page
_DERIVED = 12  # named on the page; the others stand in the list


def seen(request: ActorRequest, obligation_id: int) -> Owed:
    """Return an obligation that the reader may see.

    Raises:
        Http404: there is none.
    """
    rows = queries.owed(request.actor, timezone.localdate())
    return get_object_or_404(rows, pk=obligation_id)


@login_required
@require_GET
def obligation(request: ActorRequest, obligation_id: int) -> HttpResponse:
    """Show one obligation: how far it is, what proves it, and what may be done now."""
    actor, today = request.actor, timezone.localdate()
    owed = seen(request, obligation_id)
    parties = list(queries.parties_of_task(owed.task))
    milestones = queries.milestones_of(owed)
    waiting = queries.waiting_about(owed)
    extensions = list(owed.extensions.all())
    reports = Paginator(queries.evidence_of(owed), _REPORTS)
    words, tone = work_words.due_words(owed, today)
    way = queries.way_down(actor, owed.task)
    context = {
        "crumbs": work_words.crumbs(owed),
        "owed": owed,
        "title": owed.task.work,
        "state": queries.state_of(owed),
        "due_words": words,
        "due_tone": tone,
        "six": boards.six_clear_things(owed.task, parties),
        "way": work_words.way_to(owed.task, way),
        "own": next(
            (
                party
                for party in parties
                if party.role == PartyRole.LEAD and rules.RECEIVE.allows(actor, party)
            ),
            None,
        ),
        "roadmap": roadmap(owed, milestones, waiting, today) if milestones else None,
        "versions": owed.plan_versions.count() if milestones else 0,
        "waiting": waiting,
        "returned": queries.returned_last(owed),
        "extensions": extensions,
        "asked": next((e for e in extensions if e.decision == Decision.PENDING), None),
        "reports": reports.get_page(request.GET.get("page")),
        "successor": queries.successor_of(owed),
        "predecessor": queries.predecessor_of(owed),
        "may_read_journal": actor.may("journal.read"),
        **_derived(actor, owed, today),
        **_ways_on(actor, owed),
    }
    return page(request, "plans/work.html", context)


@login_required
@require_safe
def evidence(request: ActorRequest, progress_id: int) -> HttpResponse:
    """Hand out the file of a report, to whoever may read the work it is about."""
    found = queries.evidence_visible_to(request.actor)
    report = get_object_or_404(found, pk=progress_id)
    if report.file is None:  # the query leaves those out
        raise AssertionError
    return attachment(report.file)


def _ways_on(actor: Actor, owed: Obligation) -> dict[str, bool]:
    """Return what the reader may do now."""
    works = rules.CARRY_OUT.allows(actor, owed)
    return {
        "may_work": works and owed.open,
        "may_judge": rules.ACCEPT.allows(actor, owed) and owed.open,
        "may_derive": owed.open
        and rules.DISPATCH.allows(actor, Task(dispatcher=owed.party.body)),
    }


def _derived(actor: Actor, owed: Obligation, today: date) -> dict[str, object]:
    """Return what was derived from the task here, as far as the reader may see it."""
    rows = list(queries.derived_here(actor, owed, today)[: _DERIVED + 1])
    if not rows:
        return {"derived": []}
    asked = queries.Asked(origin=owed.task_id)
    return {
        "derived": [(row, WorkState(row.state)) for row in rows[:_DERIVED]],
        "shares": filters.shares(counts(actor, asked, today), asked),
        "all_derived": filters.address(asked),
        "derived_more": len(rows) > _DERIVED,
    }
