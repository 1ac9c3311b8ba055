"""Making a received task concrete: what it says, and whom it goes to."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantoa.kernel.refusal import NotPermitted, Refused
from lantoa.organisations.models import Body
from lantoa.plans import actions, queries, rules
from lantoa.plans.models import Task, TaskParty
from lantoa.plans.queries import derivation
from lantoa.plans.queries.derivation import Group
from lantoa.plans.vocabulary import NotOfThatBody, PartyRole, RevisedMeanwhile
from lantoa.plans.web import boards, deriving_forms
from lantoa.plans.web.deriving_forms import DeriveForm
from lantoa.plans.web.reading import crumbs
from lantoa.ui.parts import Link
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

_WRONG = 422
_NAMED = 60  # bodies that the preview names


@dataclass(slots=True)
class Choice:
    """Whom a task goes to, as the page shows it; what was chosen stays chosen."""

    own: Body
    chosen: dict[int, Body]
    coordinating: dict[int, Body]
    groups: list[Group] = field(default_factory=list)
    found: list[Body] = field(default_factory=list)
    within: list[Body] = field(default_factory=list)
    inside: Body | None = None
    query: str = ""

    @property
    def shown(self) -> set[int]:
        """Return the bodies that stand on the page with a box of their own."""
        listed = {body.pk for group in self.groups for body in group.bodies}
        return listed | {body.pk for body in self.found} | {self.own.pk}

    @property
    def found_ids(self) -> set[int]:
        """Return what the search found: it stands there, and not in its group."""
        return {body.pk for body in self.found}

    @property
    def elsewhere(self) -> list[Body]:
        """Return the chosen bodies that no list on the page shows just now."""
        return [body for pk, body in self.chosen.items() if pk not in self.shown]


@login_required
@require_http_methods(["GET", "POST"])
def derive(request: ActorRequest, task_id: int) -> HttpResponse:
    """Word the task for the bodies below, choose them, look at it, and give it."""
    task, own = _mine(request, task_id)
    on = timezone.localdate()
    if request.method == "GET":
        start = deriving_forms.initial_of(task) | {
            "recurrence": task.recurrence,
            "seen": task.version,
        }
        return _editor(
            request, task, _choice(own, QueryDict(), on), DeriveForm(initial=start)
        )
    press = request.POST.get("do", "preview")
    choice = _choice(own, _pressed(request.POST, press, own, on), on)
    form = DeriveForm(request.POST, on=on)
    if press not in {"preview", "send"}:
        form = DeriveForm(initial=request.POST.dict())
        return _editor(request, task, choice, form)
    if not choice.chosen:
        form.add_error(None, _("Hãy chọn ít nhất một cơ quan chủ trì."))
    if not form.is_valid():
        return _editor(request, task, choice, form, status=_WRONG)
    if press == "preview":
        return _preview(request, task, choice, form)
    return _send(request, task, choice, form)


def _mine(request: ActorRequest, task_id: int) -> tuple[Task, Body]:
    """Return a task that the actor may see, and its lead body, theirs to act for.

    Raises:
        Http404: the actor may not even see it.
        NotPermitted, NotOfThatBody: another body leads it.
    """
    rows = queries.visible_to(request.actor).select_related(
        "clause__paper__type", "clause__paper__issuer", "dispatcher", "acceptor"
    )
    task = get_object_or_404(rows, pk=task_id)
    part = TaskParty.objects.select_related("body").get(task=task, role=PartyRole.LEAD)
    if not rules.DISPATCH.allows(request.actor, Task(dispatcher=part.body)):
        others = task.parties.filter(body=request.actor.body_id or 0)
        if request.actor.may(rules.DISPATCH.capability) and others.exists():
            raise NotOfThatBody
        raise NotPermitted
    return task, part.body


def _send(
    request: ActorRequest, task: Task, choice: Choice, form: DeriveForm
) -> HttpResponse:
    try:
        actions.derive(
            actor=request.actor,
            task=task,
            wording=form.wording(),
            leads=list(choice.chosen.values()),
            coordinating=list(choice.coordinating.values()),
            recurrence=form.cleaned_data["recurrence"],
            seen=form.cleaned_data["seen"],
            at=timezone.now(),
        )
    except NotPermitted:
        raise
    except RevisedMeanwhile as refusal:
        task.refresh_from_db()
        shown = DeriveForm(request.POST.dict() | {"seen": task.version})
        shown.add_error(None, str(refusal))
        return _editor(request, task, choice, shown, status=_WRONG)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _editor(request, task, choice, form, status=_WRONG)
    return redirect(f"{task.get_absolute_url()}#giao-tiep")


def _preview(
    request: ActorRequest, task: Task, choice: Choice, form: DeriveForm
) -> HttpResponse:
    """Show what would go out, and to how many; nothing is written yet."""
    draft = Task(
        **vars_of(form), recurrence=form.cleaned_data["recurrence"], clause=task.clause
    )
    leads = list(choice.chosen.values())
    context = {
        "crumbs": _crumbs(task),
        "task": task,
        "six": boards.six_clear_things(draft, [])[1:],
        "leads": leads,
        "named": leads[:_NAMED],
        "more": len(leads) - _NAMED,
        "coordinating": list(choice.coordinating.values()),
        "own": choice.own if choice.own.pk in choice.chosen else None,
        "fields": _carried(request.POST, choice, form),
    }
    return page(request, "plans/derive_preview.html", context)


def vars_of(form: DeriveForm) -> dict[str, object]:
    """Return the wording of a valid form as fields of a task."""
    said = form.wording().tidy()
    return {name: getattr(said, name) for name in deriving_forms.NAMES}


def _carried(
    data: QueryDict, choice: Choice, form: DeriveForm
) -> list[tuple[str, str]]:
    """Return the fields that the preview's form must send on."""
    fields = [(name, str(data.get(name, ""))) for name in form.fields]
    fields += [("lead", str(pk)) for pk in choice.chosen]
    fields += [("coordinating", str(pk)) for pk in choice.coordinating]
    return [*fields, ("inside", str(choice.inside.pk) if choice.inside else "")]


def _editor(
    request: ActorRequest,
    task: Task,
    choice: Choice,
    form: DeriveForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "crumbs": _crumbs(task),
        "task": task,
        "choice": choice,
        "form": form,
        "due": max(
            (o.due_on for o in task.obligations.all() if o.due_on and o.open),
            default=None,
        ),
    }
    return page(request, "plans/derive.html", context, status=status)


def _pressed(data: QueryDict, press: str, own: Body, on: date) -> QueryDict:
    """Return what was sent after a press of "all-<group>", "none-<group>", "clear"."""
    deed, _dash, key = press.partition("-")
    sent = data.copy()
    if deed == "clear":
        sent.setlist("lead", [])
    if deed not in {"all", "none"}:
        return sent
    inside = _number(data.get("inside", "")) or own.pk
    members = [
        str(body.pk)
        for group in derivation.directly_below(inside, on)
        if key == group.key
        for body in group.bodies
    ]
    chosen = dict.fromkeys(data.getlist("lead"))
    if deed == "all":
        chosen |= dict.fromkeys(members)
    else:
        chosen = {pk: None for pk in chosen if pk not in set(members)}
    sent.setlist("lead", list(chosen))
    return sent


def _choice(own: Body, data: QueryDict, on: date) -> Choice:
    """Return who is chosen and who can be."""
    leads = [_number(str(value)) for value in data.getlist("lead")]
    beside = [_number(str(value)) for value in data.getlist("coordinating")]
    known = Body.objects.in_bulk({*leads, *beside} - {0})
    first = derivation.directly_below(own.pk, on)
    direct = [body.pk for group in first for body in group.bodies]
    choice = Choice(
        own,
        {pk: known[pk] for pk in leads if pk in known},
        {pk: known[pk] for pk in beside if pk in known},
        groups=first,
        within=derivation.with_bodies_below(direct, on),
        query=data.get("q", "").strip(),
    )
    asked = _number(data.get("inside", ""))
    choice.inside = next((b for b in choice.within if b.pk == asked), None)
    if choice.inside is not None:
        choice.groups = derivation.directly_below(choice.inside.pk, on)
    choice.found = derivation.named_below(own, choice.query, on)
    return choice


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0  # noqa: PLR2004


def _crumbs(task: Task) -> list[Link]:
    return [
        *crumbs(task.clause),
        Link(label=task.work[:60], href=task.get_absolute_url()),
    ]
