"""The list behind every number: filtered, sorted, searched, printed, as a sheet."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lantoa.kernel.actor import Actor
from lantoa.kernel.rule import require_anywhere
from lantoa.plans import queries, rules
from lantoa.plans.models import Obligation
from lantoa.plans.queries import Asked, boards
from lantoa.plans.queries.lists import ORDERS, SeenObligation
from lantoa.plans.vocabulary import MapView, Stage, WorkState
from lantoa.plans.web import exports, filters
from lantoa.ui.parts import Link
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest

_PAGE = 50  # rows
_PAPERS = 100  # to choose from


@dataclass(frozen=True, slots=True)
class Line:
    """An obligation as a list shows it."""

    row: SeenObligation
    state: WorkState
    successor: Obligation | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column: what sorts by it, and how it is sorted now."""

    label: str
    href: str = ""
    sorted: str = ""  # ascending, descending or ""


def lines(rows: list[SeenObligation]) -> list[Line]:
    """Return the rows with their states, and what took over those passed on."""
    after = queries.successors_of(rows)
    return [Line(row, WorkState(row.state), after.get(row.pk)) for row in rows]


@login_required
@require_GET
def obligations(request: ActorRequest) -> HttpResponse:
    """Show the obligations that the address asks for."""
    actor = request.actor
    require_anywhere(actor, rules.READ_OWN.capability)
    on = timezone.localdate()
    asked = filters.read(request.GET)
    rows = queries.with_names(queries.listed(actor, asked, on))
    listed = Paginator(rows, _PAGE).get_page(_page_of(request))
    counted = boards.counts(actor, filters.in_state(asked), on)
    said = filters.said(actor, asked, on)
    context = {
        "asked": asked,
        "said": said,
        "told": filters.in_one_line(said),
        "listed": listed,
        "lines": lines(list(listed.object_list)),
        "counted": counted,
        "shares": filters.shares(counted, asked, zeros=bool(asked.states)),
        "every": filters.address(filters.in_state(asked)),
        "headings": headings(asked),
        "hidden": _hidden(asked),
        "choices": _choices(actor, asked),
        "sheet": filters.address(asked, "plans:list_xlsx"),
        "now": timezone.now(),
    }
    return page(request, "plans/list.html", context, part="found")


@login_required
@require_GET
def sheet(request: ActorRequest) -> FileResponse:
    """Send the obligations that the address asks for as a spreadsheet."""
    actor = request.actor
    require_anywhere(actor, rules.READ_OWN.capability)
    on = timezone.localdate()
    asked = filters.read(request.GET)
    rows = queries.listed(actor, asked, on)
    told = filters.in_one_line(filters.said(actor, asked, on))
    return exports.answer(
        exports.obligations_sheet(rows, told, timezone.now()), f"nhiem-vu-{on}.xlsx"
    )


def headings(asked: Asked) -> list[Heading]:
    """Return the heads of the columns in their order."""
    columns = [
        ("tinh-trang", _("Tình trạng")),
        ("", _("Nhiệm vụ")),
        ("co-quan", _("Cơ quan chủ trì")),
        ("dieu-khoan", _("Văn bản")),
        ("han", _("Thời hạn")),
        ("hoan-thanh", _("Hoàn thành")),
    ]
    return [_heading(asked, key, label) for key, label in columns]


def _heading(asked: Asked, key: str, label: str) -> Heading:
    if key not in ORDERS:
        return Heading(label)
    now = asked.order or "han"
    turned = f"-{key}" if now == key else key
    by = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    return Heading(label, filters.address(asked.but(order=turned)), by)


def _page_of(request: ActorRequest) -> str:
    return request.GET.get("trang") or request.GET.get("page") or "1"


def _hidden(asked: Asked) -> list[tuple[str, str]]:
    """Return what a search keeps that its form has no field for."""
    fields = {"q", "van-ban", "cap", "ban-do"}
    return [pair for pair in filters.parameters(asked) if pair[0] not in fields]


def _choices(actor: Actor, asked: Asked) -> list[dict[str, Any]]:
    """Return the fields of the form, each with what may be chosen."""
    papers = boards.papers_at_work(actor)[:_PAPERS]
    return [
        _field("van-ban", _("Văn bản"), [(p.pk, str(p)) for p in papers], asked.paper),
        _field("cap", _("Cách giao"), Stage.choices, asked.stage),
        _field("ban-do", _("Bản đồ"), MapView.choices, asked.view),
    ]


def _field(
    name: str, label: str, choices: list[tuple[Any, Any]], chosen: object
) -> dict[str, Any]:
    options = [
        Link(label=word, href=str(value), current=str(value) == str(chosen))
        for value, word in choices
    ]
    return {"name": name, "label": label, "options": options}
