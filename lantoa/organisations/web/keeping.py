"""Pages of who keeps the register: each a form over one action."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from lantoa.kernel.refusal import NotPermitted
from lantoa.organisations import actions, queries
from lantoa.organisations.models import Body, Council, CouncilSeat, ReportsTo, Unit
from lantoa.organisations.rules import KEEP
from lantoa.organisations.web import forms
from lantoa.ui.rendering import page
from lantoa.ui.requests import ActorRequest


def _body_page(body_id: int) -> str:
    return reverse("organisations:body", args=[body_id])


def _unit_page(unit_id: int) -> str:
    return reverse("organisations:unit", args=[unit_id])


def _kept_body(request: ActorRequest, body_id: int) -> Body:
    return get_object_or_404(KEEP.scope(request.actor, Body.objects.all()), pk=body_id)


def fill_in(
    request: ActorRequest,
    kind: type[forms.KeepingForm],
    *,
    title: str | Promise,
    about: str,
    back: str,
    perform: Callable[..., str],
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show the form; once it is right, perform it and go where that leads."""
    today = timezone.localdate()
    posted = request.POST if request.method == "POST" else None
    form = kind(posted, on=today, initial=initial)
    if form.is_valid():
        return redirect(
            perform(actor=request.actor, at=timezone.now(), **form.cleaned_data)
        )
    context = {"form": form, "title": title, "about": about, "back": back}
    return page(
        request,
        "organisations/keep.html",
        context,
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
def rename_unit(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Enter another kind or name of a unit."""
    if not request.actor.reach.covers(KEEP.capability, None):
        raise NotPermitted
    unit = get_object_or_404(Unit, pk=unit_id)
    named = queries.unit_named(unit.pk, timezone.localdate())
    about = named.full_name if named else ""

    def perform(**said: Any) -> str:
        actions.rename_unit(unit=unit, **said)
        return _unit_page(unit.pk)

    return fill_in(
        request,
        forms.RenameUnitForm,
        title=_("Ghi nhận tên mới"),
        about=about,
        back=_unit_page(unit.pk),
        perform=perform,
        initial={"kind": named.kind, "name": named.name} if named else None,
    )


@require_http_methods(["GET", "POST"])
def enter_body(request: ActorRequest, unit_id: int) -> HttpResponse:
    """Enter a body of a territory."""
    if not request.actor.may(KEEP.capability):
        raise NotPermitted
    unit = get_object_or_404(Unit, pk=unit_id)
    today = timezone.localdate()
    named, above = (
        queries.unit_named(unit.pk, today),
        queries.representative(unit, today),
    )

    def perform(**said: Any) -> str:
        return _body_page(actions.enter_body(territory=unit, **said).pk)

    return fill_in(
        request,
        forms.EnterBodyForm,
        title=_("Thêm cơ quan, tổ chức"),
        about=named.full_name if named else "",
        back=_unit_page(unit.pk),
        perform=perform,
        initial={"superior": above.name} if above else None,
    )


@require_http_methods(["GET", "POST"])
def rename_body(request: ActorRequest, body_id: int) -> HttpResponse:
    """Enter another name of a body; it goes on as a successor."""
    body = _kept_body(request, body_id)

    def perform(**said: Any) -> str:
        return _body_page(actions.rename_body(body=body, **said).pk)

    return fill_in(
        request,
        forms.RenameBodyForm,
        title=_("Đổi tên"),
        about=body.name,
        back=_body_page(body.pk),
        perform=perform,
    )


@require_http_methods(["GET", "POST"])
def end_body(request: ActorRequest, body_id: int) -> HttpResponse:
    """Enter the end of a body."""
    body = _kept_body(request, body_id)

    def perform(**said: Any) -> str:
        actions.end_body(body=body, **said)
        return _body_page(body.pk)

    return fill_in(
        request,
        forms.EndBodyForm,
        title=_("Kết thúc hoạt động"),
        about=body.name,
        back=_body_page(body.pk),
        perform=perform,
    )


@require_http_methods(["GET", "POST"])
def set_superior(request: ActorRequest, body_id: int) -> HttpResponse:
    """Enter who a body reports to."""
    body = _kept_body(request, body_id)

    def perform(**said: Any) -> str:
        actions.set_reports_to(body=body, **said)
        return _body_page(body.pk)

    return fill_in(
        request,
        forms.SuperiorForm,
        title=_("Đặt cơ quan cấp trên"),
        about=body.name,
        back=_body_page(body.pk),
        perform=perform,
    )


@require_http_methods(["GET", "POST"])
def end_superior(request: ActorRequest, line_id: int) -> HttpResponse:
    """Enter the end of a line."""
    row = get_object_or_404(
        ReportsTo.objects.select_related("body", "superior"), pk=line_id
    )
    body = _kept_body(request, row.body_id)

    def perform(**said: Any) -> str:
        actions.end_reports_to(row=row, **said)
        return _body_page(body.pk)

    return fill_in(
        request,
        forms.EndForm,
        title=_("Kết thúc quan hệ với cơ quan cấp trên"),
        about=f"{body.name} – {row.superior.name}",
        back=_body_page(body.pk),
        perform=perform,
    )


@require_http_methods(["GET", "POST"])
def seat_office(request: ActorRequest, body_id: int) -> HttpResponse:
    """Enter an office that sits on a council."""
    body = _kept_body(request, body_id)
    council = get_object_or_404(Council, pk=body.pk)

    def perform(**said: Any) -> str:
        actions.seat_office(council=council, **said)
        return _body_page(body.pk)

    return fill_in(
        request,
        forms.SeatForm,
        title=_("Thêm thành viên hội đồng"),
        about=body.name,
        back=_body_page(body.pk),
        perform=perform,
    )


@require_http_methods(["GET", "POST"])
def vacate_seat(request: ActorRequest, seat_id: int) -> HttpResponse:
    """Enter the end of a seat."""
    seat = get_object_or_404(CouncilSeat, pk=seat_id)
    body = _kept_body(request, seat.council_id)

    def perform(**said: Any) -> str:
        actions.vacate_seat(seat=seat, **said)
        return _body_page(body.pk)

    return fill_in(
        request,
        forms.EndForm,
        title=_("Kết thúc tham gia hội đồng"),
        about=f"{seat.get_role_display()}: {seat.office}",
        back=_body_page(body.pk),
        perform=perform,
    )
