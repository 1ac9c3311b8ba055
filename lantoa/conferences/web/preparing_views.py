"""The list of conferences, a conference's overview, and what it says of itself."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.conferences.actions import preparing
from lantoa.conferences.models import Conference
from lantoa.conferences.queries import conferences as queries
from lantoa.conferences.queries.agenda import timeline
from lantoa.conferences.queries.preparation import steps
from lantoa.conferences.vocabulary import NotPreparing
from lantoa.conferences.web.forms import (
    ConferenceForm,
    FollowingForm,
    unset,
    week_later,
)
from lantoa.conferences.web.pages import TONES, around, crumbs
from lantoa.conferences.web.pickers import Picker, papers_picker
from lantoa.kernel.rule import require_anywhere
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

PREPARE = "conferences.prepare"


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Show the conferences that the actor has to do with, and those open to all."""
    mine = list(queries.listed(queries.attended_by(request.actor)))
    others = queries.listed(queries.watched_by_all())
    context = {
        "mine": [(each, TONES[each.state]) for each in mine],
        "others": [
            (each, TONES[each.state])
            for each in others.exclude(pk__in=[row.pk for row in mine])
        ],
        "may_prepare": request.actor.may(PREPARE),
    }
    return page(request, "conferences/index.html", context)


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Open a conference for preparation."""
    require_anywhere(request.actor, PREPARE)
    form = ConferenceForm(
        request.POST or None, actor=request.actor, initial={"open_to_public": True}
    )
    if request.method == "POST" and "find" not in request.POST and form.is_valid():
        conference = preparing.prepare_conference(
            actor=request.actor, at=timezone.now(), **form.said()
        )
        return redirect("conferences:conference", conference.pk)
    return _form_page(request, form, {"crumbs": crumbs()}, {})


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Change what a conference says of itself."""
    conference = get_object_or_404(queries.prepared_by(request.actor), pk=pk)
    if not conference.preparing:
        raise NotPreparing
    chosen = [row.paper_id for row in queries.directives(conference)]
    fields = ["title", "purpose", "chair_office", "place", "open_to_public"]
    initial = {name: getattr(conference, name) for name in fields}
    form = ConferenceForm(
        request.POST or None,
        actor=request.actor,
        fixed=True,
        initial=initial | unset(conference.planned_start),
    )
    if request.method == "POST" and "find" not in request.POST and form.is_valid():
        preparing.revise_conference(
            actor=request.actor,
            conference=conference,
            at=timezone.now(),
            **form.said(),
        )
        return redirect("conferences:conference", conference.pk)
    frame = around(request, conference, "conference")
    return _form_page(request, form, frame, {"directives": chosen})


@require_http_methods(["GET", "POST"])
def following(request: ActorRequest, pk: int) -> HttpResponse:
    """Open the next conference with this one's words, papers and agenda."""
    conference = get_object_or_404(queries.prepared_by(request.actor), pk=pk)
    form = FollowingForm(
        request.POST or None,
        initial={"title": conference.title}
        | unset(week_later(max(timezone.now(), conference.planned_start))),
    )
    if request.method == "POST" and form.is_valid():
        opened = preparing.prepare_next(
            actor=request.actor,
            conference=conference,
            title=form.cleaned_data["title"],
            planned_start=form.start(),
            at=timezone.now(),
        )
        return redirect("conferences:conference", opened.pk)
    context = around(request, conference, "conference") | {"form": form}
    status = 422 if form.is_bound else 200
    return page(request, "conferences/prepare_next.html", context, status=status)


@require_GET
def overview(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what is done, what is next, and the ways to the consoles."""
    rows = queries.attended_by(request.actor) | queries.watched_by_all()
    conference = get_object_or_404(
        rows.select_related("host", "paper__type", "prepared_from"), pk=pk
    )
    context = around(request, conference, "conference")
    context["directives"] = queries.directives(conference).select_related("paper__type")
    context["own_venues"] = queries.spoken_for(request.actor).filter(
        conference=conference
    )
    context["rows"] = [row for row in timeline(conference) if not row.depth]
    if context["may_run"]:
        context["steps"] = steps(conference, may_edit=context["may_prepare"])
    return page(request, "conferences/prepare_overview.html", context)


def _form_page(
    request: ActorRequest,
    form: ConferenceForm,
    frame: dict[str, Any],
    chosen: dict[str, Any],
) -> HttpResponse:
    finding = "find" in request.POST
    if finding:  # nothing is judged while somebody looks for a paper
        form = _unjudged(form, request)
    context = frame | {
        "form": form,
        "picker": _directives(request, chosen),
    }
    status = 422 if form.is_bound and form.errors else 200
    return page(request, "conferences/prepare_form.html", context, status=status)


def _unjudged(form: ConferenceForm, request: ActorRequest) -> ConferenceForm:
    return ConferenceForm(
        actor=request.actor,
        fixed="host" not in form.fields,
        initial=request.POST.dict(),
    )


def _directives(request: ActorRequest, chosen: dict[str, Any]) -> Picker:
    data: QueryDict | dict[str, Any] = request.POST or chosen
    return papers_picker(
        request.actor,
        name="directives",
        data=data,
        label=_("Văn bản triển khai"),
        hint=_("ví dụ: 1521"),
        help=_("Những văn bản mà hội nghị triển khai thực hiện."),
    )


def conference_or_404(request: ActorRequest, pk: int) -> Conference:
    """Return the conference if the actor has anything to do with it."""
    rows = queries.attended_by(request.actor) | queries.watched_by_all()
    return get_object_or_404(rows, pk=pk)
