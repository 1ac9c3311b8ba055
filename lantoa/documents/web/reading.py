"""The register and its papers, as far as the reader may see them."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from lantoa.documents import queries, rules
from lantoa.documents.differences import differences
from lantoa.documents.models import Clause, Paper
from lantoa.documents.web import terms
from lantoa.documents.web.forms import FilterForm
from lantoa.files.serving import attachment
from lantoa.ui.parts import Link
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

_PAGE = 20  # papers


def seen(request: ActorRequest, paper_id: int) -> Paper:
    """Return a paper that the reader may see.

    Raises:
        Http404: there is none.
    """
    papers = queries.visible_to(request.actor).select_related("file", "keeper")
    return get_object_or_404(papers, pk=paper_id)


def _ways_on(request: ActorRequest) -> dict[str, bool]:
    """Return which pages of other packages the reader would be let in to."""
    actor = request.actor
    return {
        "may_read_journal": actor.may("journal.read"),
        "may_read_tasks": actor.may("tasks.read"),
    }


def crumbs(paper: Paper | None = None) -> list[Link]:
    """Return the way to the register, and to *paper*."""
    way = [Link(label=_("Văn bản"), href=reverse("documents:register"))]
    if paper is not None:
        way.append(Link(label=paper.code, href=paper.get_absolute_url()))
    return way


@require_GET
def register(request: ActorRequest) -> HttpResponse:
    """Show the register, searched and filtered."""
    form = FilterForm(request.GET, actor=request.actor)
    found = queries.register(request.actor, **form.asked())
    listed = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "papers": listed,
        "filtered": any(form.asked().values()),
        "may_enter": request.actor.may(rules.REGISTER.capability),
    }
    return page(request, "documents/register.html", context, part="found")


@require_GET
def paper(request: ActorRequest, paper_id: int) -> HttpResponse:
    """Show a paper: what it says, the chain it stands in, its versions."""
    found = seen(request, paper_id)
    chain = queries.chain(request.actor, found)
    clauses = list(queries.clauses_of(found))
    context = {
        "crumbs": crumbs(),
        "paper": found,
        "title": terms.title_of(found),
        "terms": terms.of_paper(found),
        "chain": chain if sum(len(step.papers) for step in chain) > 1 else [],
        "clauses": clauses,
        "printable": terms.is_printable(found, clauses),
        **_ways_on(request),
        "subjects": found.subject_matters.all(),
        "moments": terms.of_versions(found),
        "may_correct": rules.REGISTER.allows(request.actor, found),
    }
    return page(request, "documents/paper.html", context)


@require_GET
def clause(request: ActorRequest, paper_id: int, label: str) -> HttpResponse:
    """Show one clause at its own address, with its neighbours."""
    found = seen(request, paper_id)
    this = get_object_or_404(Clause, paper=found, label=label)
    standing = list(queries.clauses_of(found))
    at = standing.index(this) if this in standing else None
    context = {
        "crumbs": crumbs(found),
        "paper": found,
        "clause": this,
        "before": standing[at - 1] if at else None,
        "after": standing[at + 1]
        if at is not None and at + 1 < len(standing)
        else None,
        **_ways_on(request),
        "address": request.build_absolute_uri(this.get_absolute_url()),
    }
    return page(request, "documents/clause.html", context)


@require_GET
def version(request: ActorRequest, paper_id: int, number: int) -> HttpResponse:
    """Show what a version says otherwise than the one before."""
    found = seen(request, paper_id)
    held = {each.number: each for each in found.versions.filter(number__lte=number)}
    if number not in held:
        raise Http404
    before = held.get(number - 1)
    context = {
        "crumbs": crumbs(found),
        "paper": found,
        "version": held[number],
        "changes": differences(before.content, held[number].content) if before else [],
    }
    return page(request, "documents/version.html", context)


@require_GET
def printed(request: ActorRequest, paper_id: int) -> HttpResponse:
    """Show a paper as it is printed, laid out as Decree 30/2020/NĐ-CP has it."""
    found = seen(request, paper_id)
    clauses = list(queries.clauses_of(found))
    if not terms.is_printable(found, clauses):
        raise Http404
    context = {
        "paper": found,
        "clauses": clauses,
        "recipients": found.recipients.order_by("sort_key"),
        **terms.for_print(found),
    }
    return page(request, "documents/print.html", context)


@require_safe
def file(request: ActorRequest, paper_id: int) -> HttpResponse:
    """Hand out a paper's file to whoever may read the paper."""
    found = seen(request, paper_id)
    if found.file is None:
        raise Http404
    return attachment(found.file)
