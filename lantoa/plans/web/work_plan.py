"""Planning owed work, and what its plan said before."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lantoa.kernel.refusal import NotPermitted, Refused
from lantoa.plans import actions, queries, rules
from lantoa.plans.models import Milestone, Obligation, Progress
from lantoa.plans.queries.work import Owed
from lantoa.plans.vocabulary import NotInPlan, PlanMovedOn, WorkClosed
from lantoa.plans.web import work_forms, work_words
from lantoa.plans.web.work import seen
from lantoa.plans.web.work_forms import PlanForm, Row
from lantoa.plans.web.work_history import history_of
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

_WRONG = 422
_FIRST_ROWS = 2  # empty ones, for who plans for the first time


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: ActorRequest, obligation_id: int) -> HttpResponse:
    """Set the milestones of an obligation; every press keeps what was typed."""
    owed = seen(request, obligation_id)
    rules.CARRY_OUT.require(request.actor, owed)
    if not owed.open:
        raise WorkClosed
    milestones = queries.milestones_of(owed)
    if request.method == "GET":
        rows = [work_forms.row_of(each) for each in milestones]
        rows = rows or [work_forms.EMPTY] * _FIRST_ROWS
        seen_now = {"seen": owed.plan_versions.count()}
        form = PlanForm(initial=seen_now, replanning=bool(milestones))
        return _editor(request, owed, milestones, rows, form)
    press = request.POST.get("do", "save")
    rows = work_forms.typed_rows(request.POST)
    form = PlanForm(request.POST, replanning=bool(milestones))
    if press != "save":
        form = PlanForm(initial=_as_typed(request), replanning=bool(milestones))
        rows = work_forms.rearranged(rows, press)
        return _editor(request, owed, milestones, rows, form)
    return _save(request, owed, milestones, rows, form)


def _save(
    request: ActorRequest,
    owed: Owed,
    milestones: list[Milestone],
    rows: list[Row],
    form: PlanForm,
) -> HttpResponse:
    rows = [row for row in rows if not work_forms.is_blank(row)]
    typed = work_forms.forms_of(rows, {}, checked=True)
    if form.is_valid() and all(each.is_valid() for each in typed):
        try:
            actions.set_plan(
                actor=request.actor,
                obligation=owed,
                milestones=[each.said() for each in typed],
                at=timezone.now(),
                **form.cleaned_data,
            )
        except NotPermitted:
            raise
        except (PlanMovedOn, NotInPlan):
            return _moved_on(request, owed, rows, form.cleaned_data["seen"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(owed)
    rows = rows or [work_forms.EMPTY] * _FIRST_ROWS
    return _editor(request, owed, milestones, rows, form, status=_WRONG)


def _moved_on(
    request: ActorRequest, owed: Owed, rows: list[Row], before: int | None
) -> HttpResponse:
    """Show what was typed together with what others have planned meanwhile."""
    current = queries.milestones_of(owed)
    rows = _brought_together(owed, current, rows, before)
    said = {**_as_typed(request), "seen": str(owed.plan_versions.count())}
    form = PlanForm(said, replanning=True)
    form.add_error(None, str(PlanMovedOn.message))
    return _editor(request, owed, current, rows, form, status=_WRONG, others=current)


def _editor(
    request: ActorRequest,
    owed: Owed,
    milestones: list[Milestone],
    rows: list[Row],
    form: PlanForm,
    *,
    status: int = 200,
    others: Sequence[Milestone] = (),
) -> HttpResponse:
    """Show the form; what is wrong in rows only when they were sent to be saved."""
    fixed = _fixed(milestones, queries.waiting_about(owed))
    context = {
        "crumbs": work_words.crumbs_below(owed),
        "owed": owed,
        "form": form,
        "rows": work_forms.forms_of(rows, fixed, checked=status == _WRONG),
        "replanning": bool(milestones),
        "others": others,
    }
    return page(request, "plans/work_plan.html", context, status=status)


def _as_typed(request: ActorRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in PlanForm.base_fields}


def _fixed(milestones: list[Milestone], waiting: list[Progress]) -> dict[str, str]:
    """Return why milestones may not be changed, by id as the form has it."""
    fixed = {str(each.milestone_id): _("Đang chờ nghiệm thu") for each in waiting}
    done = [each for each in milestones if each.accepted_at is not None]
    return fixed | {str(each.pk): _("Đã nghiệm thu") for each in done}


def _brought_together(
    obligation: Obligation,
    current: list[Milestone],
    rows: list[Row],
    before: int | None,
) -> list[Row]:
    """Return what was typed, followed by what others have planned meanwhile.

    A typed row whose milestone the others have dropped is a new one now.
    """
    version = obligation.plan_versions.filter(number=before or 0).first()
    known = {str(each["id"]) for each in version.milestones} if version else set()
    now = {str(each.pk): each for each in current}
    typed = [{**row, "id": row["id"] if row["id"] in now else ""} for row in rows]
    held = {row["id"] for row in typed}
    new = [pk for pk in now if pk not in known and pk not in held]
    return [*typed, *(work_forms.row_of(now[pk]) for pk in new)]


@login_required
@require_GET
def history(request: ActorRequest, obligation_id: int) -> HttpResponse:
    """Show every version of a plan, the newest first, and what each changed."""
    owed = seen(request, obligation_id)
    context = {
        "crumbs": work_words.crumbs_below(owed),
        "owed": owed,
        "versions": history_of(list(owed.plan_versions.all())),
    }
    return page(request, "plans/work_history.html", context)
