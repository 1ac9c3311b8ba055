"""The list of the silent, for whoever has to chase them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lantoa.documents.models import Paper
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.kernel.rule import require_anywhere
from lantoa.organisations.models import Body
from lantoa.plans import actions, rules
from lantoa.plans.queries import Asked, silence
from lantoa.plans.queries.silence import Silence
from lantoa.plans.web import exports, filters
from lantoa.ui.parts import Link
from lantoa.ui.rendering import page, toast
from lantoa.ui.requests import ActorRequest

if TYPE_CHECKING:
    from lantoa.plans.queries.silence import Groups

_PAGE = 50  # rows


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for."""

    own: bool
    unopened: bool
    text: str
    order: str

    def address(self, name: str = "plans:silent", **changed: object) -> str:
        """Return the address of this list with something changed."""
        given = {
            "xem": "" if self.own else "tat-ca",
            "chi": "chua-nhan" if self.unopened else "",
            "q": self.text,
            "xep": self.order,
        } | changed
        query = QueryDict(mutable=True)
        for key, value in given.items():
            if value:
                query[key] = str(value)
        return f"{reverse(name)}?{query.urlencode()}" if query else reverse(name)


@login_required
@require_GET
def silent(request: ActorRequest) -> HttpResponse:
    """Show who has not received or not acknowledged, since when, for how long."""
    actor = request.actor
    require_anywhere(actor, rules.READ_DISPATCHED.capability)
    wanted = _wanted(request)
    on = timezone.localdate()
    asked = _asked(actor, wanted)
    groups = _groups(request, wanted, on)
    listed = Paginator(groups, _PAGE).get_page(
        request.GET.get("trang") or request.GET.get("page")
    )
    context = {
        "wanted": wanted,
        "may_chase": wanted.own and actor.may(rules.DISPATCH.capability),
        "listed": listed,
        "rows": [_row(asked, each) for each in silence.named(listed.object_list, on)],
        "whose": _whose(wanted),
        "which": _which(wanted),
        "orders": _orders(wanted),
        "sheet": wanted.address("plans:silent_xlsx"),
        "now": timezone.now(),
    }
    return page(request, "plans/silent.html", context)


@login_required
@require_GET
def silent_sheet(request: ActorRequest) -> FileResponse:
    """Send the same list as a spreadsheet."""
    require_anywhere(request.actor, rules.READ_DISPATCHED.capability)
    wanted = _wanted(request)
    on = timezone.localdate()
    columns = [
        exports.Column(_("STT"), 6),
        exports.Column(_("Cơ quan"), 40),
        exports.Column(_("Văn bản"), 30),
        exports.Column(_("Số nhiệm vụ"), 12),
        exports.Column(_("Trong đó chưa nhận"), 14),
        exports.Column(_("Giao từ ngày"), 12),
        exports.Column(_("Số ngày làm việc"), 12),
    ]
    rows = (
        (
            number,
            each.body.name,
            str(each.paper),
            each.number,
            each.unreceived,
            each.since.astimezone(HANOI).date(),
            each.working_days,
        )
        for number, each in enumerate(
            silence.named(_groups(request, wanted, on), on), start=1
        )
    )
    link = _whose(wanted)[0 if wanted.own else 1]
    told = f"{link.label}; “{wanted.text}”" if wanted.text else str(link.label)
    file = exports.sheet(_("Nơi chưa xác nhận"), told, timezone.now(), columns, rows)
    return exports.answer(file, f"noi-chua-xac-nhan-{on}.xlsx")


@require_POST
def chase(request: ActorRequest, body_id: int, paper_id: int) -> HttpResponse:
    """Remind a body of what the actor's own one gave it by a paper."""
    number = actions.chase(
        actor=request.actor,
        dispatcher=get_object_or_404(Body, pk=request.actor.body_id or 0),
        body=get_object_or_404(Body, pk=body_id),
        paper=get_object_or_404(Paper, pk=paper_id),
        at=timezone.now(),
    )
    if not number:
        return toast(_("Cơ quan này đã xác nhận đủ."), tone="info", status=200)
    said = _("Đã nhắc cơ quan xác nhận %(number)s nhiệm vụ.") % {"number": number}
    return toast(said, tone="good", status=200)


def _wanted(request: ActorRequest) -> Wanted:
    """Return what is asked for; who dispatches nothing looks at everybody's."""
    query = request.GET
    dispatches = request.actor.may(rules.DISPATCH.capability)
    order = query.get("xep", "")
    return Wanted(
        own=dispatches and query.get("xem") != "tat-ca",
        unopened=query.get("chi") == "chua-nhan",
        text=query.get("q", "").replace("\0", "").strip()[: filters.LONGEST],
        order=order if order in silence.ORDERS else "",
    )


def _asked(actor: Actor, wanted: Wanted) -> Asked:
    return Asked(
        silent=True,
        text=wanted.text,
        dispatcher=actor.body_id if wanted.own else None,
    )


def _groups(request: ActorRequest, wanted: Wanted, on: date) -> "Groups":
    return silence.silent_groups(
        request.actor,
        _asked(request.actor, wanted),
        on,
        order=wanted.order,
        unopened=wanted.unopened,
    )


def _row(asked: Asked, each: Silence) -> tuple[Silence, str]:
    """Return the group and the list of its obligations."""
    its = asked.but(paper=each.paper.pk, body=each.body.pk, text="")
    return each, filters.address(its)


def _whose(wanted: Wanted) -> list[Link]:
    return [
        Link(
            label=_("Việc cơ quan tôi giao"),
            href=wanted.address(xem=""),
            current=wanted.own,
        ),
        Link(
            label=_("Cả việc cấp dưới giao"),
            href=wanted.address(xem="tat-ca"),
            current=not wanted.own,
        ),
    ]


def _which(wanted: Wanted) -> list[Link]:
    return [
        Link(
            label=_("Chưa xác nhận"),
            href=wanted.address(chi=""),
            current=not wanted.unopened,
        ),
        Link(
            label=_("Chưa nhận"),
            href=wanted.address(chi="chua-nhan"),
            current=wanted.unopened,
        ),
    ]


def _orders(wanted: Wanted) -> list[Link]:
    named = {
        "": _("Lâu nhất trước"),
        "so-viec": _("Nhiều việc trước"),
        "co-quan": _("Theo tên cơ quan"),
    }
    return [
        Link(
            label=label,
            href=wanted.address(xep=key),
            current=wanted.order.removeprefix("lau") == key,
        )
        for key, label in named.items()
    ]
