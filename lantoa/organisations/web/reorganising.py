"""Pages of reorganisations: draft, see what it touches, apply, take back."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lantoa.kernel.refusal import NotPermitted
from lantoa.organisations import actions, consequences
from lantoa.organisations.models import Change, Reorganisation
from lantoa.organisations.queries.reorganisations import (
    changes_of,
    plan_of,
    register_touched,
    reorganisations,
)
from lantoa.organisations.rules import KEEP
from lantoa.organisations.vocabulary import ChangeKind, Extent, Level
from lantoa.organisations.web.picking import NUMBER
from lantoa.organisations.web.reorganisation_forms import (
    ChangeForm,
    DraftForm,
    KnownForm,
)
from lantoa.ui.parts import Figure, Link
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

A_PAGE = 20  # takers on a page of changes
SHOWN = 8  # old bodies of one taker
KINDS = {
    "hop-nhat": ChangeKind.MERGER,
    "chia-tach": ChangeKind.SPLIT,
    "doi-ten": ChangeKind.RENAMING,
    "chuyen": ChangeKind.MOVE,
}


@dataclass(frozen=True, slots=True)
class Group:
    """The changes that lead to one body."""

    kind: ChangeKind
    name: str
    href: str
    changes: list[Change]

    @property
    def ids(self) -> str:
        """Return the numbers of the changes, for the button that takes them out."""
        return ",".join(str(each.pk) for each in self.changes)

    @property
    def shown(self) -> list[Change]:
        """Return the first of them."""
        return self.changes[:SHOWN]

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return max(0, len(self.changes) - SHOWN)


def _kept(request: ActorRequest) -> None:
    if not request.actor.reach.covers(KEEP.capability, None):
        raise NotPermitted


def _row(request: ActorRequest, pk: int) -> Reorganisation:
    _kept(request)
    return get_object_or_404(Reorganisation.objects.defer("effects"), pk=pk)


def _crumbs(*more: Link) -> list[Link]:
    return [
        Link(label=_("Tổ chức"), href=reverse("organisations:home")),
        Link(label=_("Sắp xếp"), href=reverse("organisations:reorganisations")),
        *more,
    ]


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """List the reorganisations, the latest first."""
    _kept(request)
    found = Paginator(reorganisations(), 25).get_page(request.GET.get("page"))
    context = {"found": found, "crumbs": _crumbs()[:1]}
    return page(request, "organisations/reorganisations.html", context)


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Begin a reorganisation."""
    _kept(request)
    form = DraftForm(request.POST or None, on=timezone.localdate())
    if form.is_valid():
        row = actions.draft_reorganisation(
            actor=request.actor, at=timezone.now(), **form.cleaned_data
        )
        return redirect("organisations:reorganisation", row.pk)
    context = {
        "form": form,
        "title": _("Soạn đợt sắp xếp"),
        "about": _("Sau đó thêm từng thay đổi, xem trước tác động rồi mới áp dụng."),
        "back": reverse("organisations:reorganisations"),
    }
    status = 422 if form.is_bound else 200
    return page(request, "organisations/keep.html", context, status=status)


@require_http_methods(["GET", "POST"])
def amend(request: ActorRequest, pk: int) -> HttpResponse:
    """Say title, basis or day anew."""
    row = _row(request, pk)
    said = {name: getattr(row, name) for name in DraftForm.base_fields}
    form = DraftForm(request.POST or None, on=timezone.localdate(), initial=said)
    if form.is_valid():
        actions.amend_reorganisation(
            actor=request.actor,
            reorganisation=row,
            at=timezone.now(),
            **form.cleaned_data,
        )
        return redirect("organisations:reorganisation", row.pk)
    context = {
        "form": form,
        "title": _("Sửa đợt sắp xếp"),
        "about": row.title,
        "back": reverse("organisations:reorganisation", args=[row.pk]),
    }
    status = 422 if form.is_bound else 200
    return page(request, "organisations/keep.html", context, status=status)


@require_GET
def reorganisation(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a reorganisation: its changes, what to do next, and what it would touch."""
    row = _row(request, pk)
    groups = _groups(row)
    context = {
        "row": row,
        "crumbs": _crumbs(),
        "groups": Paginator(groups, A_PAGE).get_page(request.GET.get("page")),
        "size": sum(len(each.changes) for each in groups),
        "kinds": [(word, kind.label) for word, kind in KINDS.items()],
        "known": KnownForm(on=row.effective_on),
    }
    return page(request, "organisations/reorganisation.html", context)


def _groups(row: Reorganisation) -> list[Group]:
    def key(each: Change) -> tuple[str, int, int]:
        return each.kind, each.new_id or 0, each.founded_id or 0

    found: list[Group] = []
    for _key, each in groupby(changes_of(row), key):
        changes = list(each)
        first = changes[0]
        name, href = "", ""
        if first.new:
            name = first.new.name
            href = reverse("organisations:body", args=[first.new.pk])
        elif first.founded:
            name = first.founded.name
            if first.founded.body_id:
                href = reverse("organisations:body", args=[first.founded.body_id])
        found.append(Group(ChangeKind(first.kind), name, href, changes))
    return found


@require_GET
def preview(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what applying touches; the page of the reorganisation fetches it."""
    row = _row(request, pk)
    if row.applied:  # nothing is left that it would touch
        return redirect("organisations:reorganisation", pk)
    plan = plan_of(row)
    touched = [
        each
        for consequence in consequences.registered()
        for each in consequence.preview(plan.moves, plan.on)
    ]
    written = register_touched(plan)
    figures = [
        Figure(value=written.ending, label=_("cơ quan kết thúc hoạt động")),
        Figure(value=written.founded, label=_("cơ quan được thành lập")),
        Figure(value=written.lines, label=_("quan hệ cấp trên – cấp dưới đổi")),
        *(
            Figure(
                value=each.count,
                label=each.label,
                href=f"#tac-dong-{number}" if each.count else "",
            )
            for number, each in enumerate(touched, start=1)
        ),
    ]
    context = {
        "row": row,
        "plan": plan,
        "figures": figures,
        "touched": touched,
        "sample": consequences.SAMPLE,
        "crumbs": _crumbs(
            Link(
                label=row.title,
                href=reverse("organisations:reorganisation", args=[row.pk]),
            )
        ),
    }
    template = "organisations/reorganisation_preview.html"
    return page(request, template, context, part="touched")


@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """Add a change of one kind."""
    row = _row(request, pk)
    if kind not in KINDS:
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = ChangeForm(KINDS[kind], row, data)
    if form.is_valid():
        _enter(request, row, form)
        messages.success(request, _("Đã thêm thay đổi."))
        return redirect("organisations:reorganisation", row.pk)
    context = {
        "row": row,
        "form": form,
        "title": ChangeKind(form.kind).label,
        "back": reverse("organisations:reorganisation", args=[row.pk]),
        "crumbs": _crumbs(),
    }
    status = 422 if form.bound else 200
    return page(request, "organisations/change.html", context, status=status)


def _enter(request: ActorRequest, row: Reorganisation, form: ChangeForm) -> None:
    at = timezone.now()
    olds = form.old.chosen
    taker = form.new.chosen[0] if form.new and form.new.chosen else None
    if form.line is not None and taker is not None:
        actions.enter_move(
            actor=request.actor,
            reorganisation=row,
            body=olds[0],
            superior=taker,
            line=form.line.cleaned_data["line"],
            at=at,
        )
        return
    split = form.main is not None
    actions.enter_passing(
        actor=request.actor,
        reorganisation=row,
        kind=form.kind,
        olds=olds,
        new=taker,
        founding=form.founding.founding(olds[0]) if form.founding else None,
        extent=Extent.PART if split else Extent.WHOLE,
        main_part=bool(form.main and form.main.cleaned_data["main_part"]),
        at=at,
    )


@require_POST
def take_known(request: ActorRequest, pk: int) -> HttpResponse:
    """Take over the successions that the register knows of the day."""
    row = _row(request, pk)
    form = KnownForm(request.POST, on=row.effective_on)
    form.is_valid()
    level = form.cleaned_data.get("level")
    count = actions.take_known_successions(
        actor=request.actor,
        reorganisation=row,
        level=Level(level) if level else None,
        province=form.cleaned_data.get("province"),
        at=timezone.now(),
    )
    if count:
        messages.success(request, _("Đã lấy %(count)s kế thừa.") % {"count": count})
    else:
        text = _("Sổ tổ chức không có kế thừa nào khác của ngày này.")
        messages.info(request, text)
    return redirect("organisations:reorganisation", row.pk)


@require_POST
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take changes out of a draft."""
    row = _row(request, pk)
    said = request.POST.get("changes", "").split(",")
    actions.remove_changes(
        actor=request.actor,
        reorganisation=row,
        changes=[int(each) for each in said if NUMBER.fullmatch(each)],
        at=timezone.now(),
    )
    messages.success(request, _("Đã bỏ khỏi đợt sắp xếp."))
    return redirect("organisations:reorganisation", row.pk)


@require_POST
def discard(request: ActorRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    row = _row(request, pk)
    actions.discard_reorganisation(
        actor=request.actor, reorganisation=row, at=timezone.now()
    )
    messages.success(request, _("Đã xóa dự thảo."))
    return redirect("organisations:reorganisations")


@require_POST
def apply(request: ActorRequest, pk: int) -> HttpResponse:
    """Apply a reorganisation with all its consequences."""
    row = _row(request, pk)
    actions.apply_reorganisation(
        actor=request.actor, reorganisation=row, at=timezone.now()
    )
    messages.success(request, _("Đã áp dụng đợt sắp xếp."))
    return redirect("organisations:reorganisation", row.pk)


@require_POST
def take_back(request: ActorRequest, pk: int) -> HttpResponse:
    """Put everything as it was before a reorganisation was applied."""
    row = _row(request, pk)
    actions.take_back_reorganisation(
        actor=request.actor,
        reorganisation=row,
        reason=request.POST.get("reason", "")[:500],
        at=timezone.now(),
    )
    messages.success(request, _("Đã hoàn tác; mọi thứ trở lại như trước."))
    return redirect("organisations:reorganisation", row.pk)
