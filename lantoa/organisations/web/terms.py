"""What is known of a unit, a body or a council, as terms of a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from lantoa.kernel.dates import short_date
from lantoa.organisations.models import (
    Body,
    BodySuccession,
    Council,
    CouncilSeat,
    ReportsTo,
    Succession,
    Unit,
)
from lantoa.organisations.queries import NamedUnit
from lantoa.organisations.vocabulary import BodyKind, Line, SeatRole
from lantoa.ui.parts import Term


def life(valid_from: date | None, valid_until: date | None) -> str:
    """Return when something existed, in words; "" if no date is recorded."""
    if valid_from and valid_until:
        return _("từ %(begin)s đến trước %(end)s") % {
            "begin": short_date(valid_from),
            "end": short_date(valid_until),
        }
    if valid_from:
        return _("từ %(begin)s") % {"begin": short_date(valid_from)}
    if valid_until:
        return _("đến trước %(end)s; chưa ghi nhận ngày bắt đầu") % {
            "end": short_date(valid_until)
        }
    return ""


def of_unit(row: Unit) -> list[Term]:
    """Return the terms of a unit."""
    return [
        Term(term=_("Cấp"), text=capfirst(row.get_level_display())),
        Term(term=_("Mã đơn vị hành chính"), text=row.code),
        Term(term=_("Tồn tại"), text=life(row.valid_from, row.valid_until)),
    ]


def of_body(
    row: Body, place: NamedUnit | None, council: Council | None, query: str
) -> list[Term]:
    """Return the terms of a body and, if it is one, of its council."""
    found = [
        Term(term=_("Loại"), text=capfirst(row.get_kind_display())),
        Term(term=_("Tồn tại"), text=life(row.valid_from, row.valid_until)),
    ]
    if row.short_name:
        found.insert(1, Term(term=_("Tên gọi tắt"), text=row.short_name))
    if place:
        href = reverse("organisations:unit", args=[place.pk]) + query
        found.append(Term(term=_("Địa bàn"), text=place.full_name, href=href))
    if council:
        agency = council.standing_agency
        found += [
            Term(
                term=_("Cơ quan thường trực"),
                text=agency.name if agency else "",
                href=reverse("organisations:body", args=[agency.pk]) + query
                if agency
                else "",
            ),
            Term(term=_("Quyết định thành lập"), text=council.founding_decision),
        ]
        if council.note:
            found.append(Term(term=_("Ghi chú"), text=council.note))
    return found


def by_kind(bodies: Iterable[Body]) -> list[tuple[str, list[Body]]]:
    """Return bodies under the words of their kinds, in the order of the kinds."""
    found: dict[str, list[Body]] = {kind: [] for kind in BodyKind}
    for row in bodies:
        found[row.kind].append(row)
    return [(str(kind.label), found[kind]) for kind in BodyKind if found[kind]]


def by_line(rows: Iterable[ReportsTo]) -> list[tuple[Line, list[ReportsTo]]]:
    """Return lines downward, by line of work."""
    found: dict[str, list[ReportsTo]] = {line: [] for line in Line}
    for row in rows:
        found[row.line].append(row)
    return [(line, found[line]) for line in Line if found[line]]


@dataclass(frozen=True, slots=True)
class Move:
    """One row of what became what: the other end, how much, since when, and why."""

    name: str
    href: str
    row: Succession | BodySuccession


def unit_moves(rows: Iterable[Succession], *, forward: bool) -> list[Move]:
    """Return successions of units with the end that is not the page's own.

    An old unit is called as it was last, a new one as it was first.
    """
    found: list[Move] = []
    for row in rows:
        end = row.new if forward else row.old
        names = list(end.names.all())
        name = names[0 if forward else -1].full_name
        href = reverse("organisations:unit", args=[end.pk])
        found.append(Move(name, href, row))
    return found


def body_moves(rows: Iterable[BodySuccession], *, forward: bool) -> list[Move]:
    """Return successions of bodies with the end that is not the page's own."""
    ends = [(row.new if forward else row.old, row) for row in rows]
    return [
        Move(end.name, reverse("organisations:body", args=[end.pk]), row)
        for end, row in ends
    ]


@dataclass(frozen=True, slots=True)
class CouncilRow:
    """A council and who holds its seats; nothing known is None or []."""

    council: Council

    def _held(self, role: SeatRole) -> list[CouncilSeat]:
        held: list[CouncilSeat] = getattr(self.council, "held", [])
        return [seat for seat in held if seat.role == role]

    @property
    def chair(self) -> CouncilSeat | None:
        """Return the seat of the chair."""
        return next(iter(self._held(SeatRole.CHAIR)), None)

    @property
    def standing_vice_chair(self) -> CouncilSeat | None:
        """Return the seat of the standing vice-chair."""
        return next(iter(self._held(SeatRole.STANDING_VICE_CHAIR)), None)

    @property
    def others(self) -> int:
        """Return how many other seats are known."""
        leading = {SeatRole.CHAIR, SeatRole.STANDING_VICE_CHAIR}
        return sum(len(self._held(role)) for role in SeatRole if role not in leading)
