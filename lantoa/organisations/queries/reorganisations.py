"""Reorganisations: what one says, what stands in its way, who takes over from whom."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from lantoa.kernel.dates import short_date
from lantoa.organisations.consequences import Move, Moves
from lantoa.organisations.models import (
    Body,
    BodySuccession,
    Change,
    CouncilSeat,
    FoundedBody,
    Reorganisation,
    ReportsTo,
    Unit,
    valid_on,
)
from lantoa.organisations.vocabulary import ChangeKind, Extent, Level


@dataclass(frozen=True)
class Plan:
    """What a reorganisation says, read once.

    Attributes:
        ending: the bodies that end, by number.
        moves: who takes over their open work.
        problems: why it cannot be applied.
        warnings: what to mind.
    """

    reorganisation: Reorganisation
    changes: list[Change]
    founded: list[FoundedBody]
    ending: dict[int, Body]
    moves: Moves
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def on(self) -> date:
        """Return the day from which it holds."""
        return self.reorganisation.effective_on

    def of_kind(self, *kinds: ChangeKind) -> list[Change]:
        """Return the changes of some kinds."""
        return [each for each in self.changes if each.kind in kinds]


def reorganisations() -> QuerySet[Reorganisation]:
    """Return all of them, the latest first, with the number of changes."""
    return (
        Reorganisation.objects.defer("effects")
        .annotate(size=Count("changes"))
        .order_by("-effective_on", "-pk")
    )


def changes_of(reorganisation: Reorganisation) -> QuerySet[Change]:
    """Return the changes, those that lead to one body together."""
    return (
        Change.objects.filter(reorganisation=reorganisation)
        .select_related("old__territory", "new", "founded")
        .order_by("kind", "new__sort_key", "new", "founded", "old__sort_key", "pk")
    )


def plan_of(reorganisation: Reorganisation) -> Plan:
    """Return what applying *reorganisation* means for the register of bodies."""
    changes = list(changes_of(reorganisation))
    founded = list(
        FoundedBody.objects.filter(reorganisation=reorganisation)
        .select_related("superior", "justice_superior", "territory", "body")
        .order_by("pk")
    )
    passing = [each for each in changes if each.passes]
    names = {each.old_id: each.old.label for each in passing}
    names |= {each.new.pk: each.new.label for each in passing if each.new}
    names |= {taker_id(each): each.founded.name for each in passing if each.founded}
    moves = [
        Move(each.old_id, taker_id(each), whole=each.extent == Extent.WHOLE)
        for each in passing
    ]
    plan = Plan(
        reorganisation,
        changes,
        founded,
        {each.old_id: each.old for each in passing},
        Moves(moves, names),
    )
    plan.problems.extend(dict.fromkeys(_problems(plan)))
    plan.warnings.extend(_warnings(plan))
    return plan


def taker_id(change: Change) -> int:
    """Return the body that a change leads to; below zero while it is only described."""
    if change.new_id is not None:
        return change.new_id
    if change.founded is None:
        raise ValueError(change.pk)
    return change.founded.body_id or -change.founded.pk


def _problems(plan: Plan) -> Iterator[str]:
    day = short_date(plan.on)
    for each in plan.changes:
        words = {"body": each.old.name, "day": day}
        if not _lives_until(each.old, plan.on):
            yield _("%(body)s không còn hoạt động trước ngày %(day)s.") % words
        elif each.kind == ChangeKind.MOVE and each.old_id in plan.ending:
            yield (
                _(
                    "%(body)s vừa kết thúc hoạt động vừa chuyển cơ quan cấp trên; "
                    "hãy bỏ một trong hai thay đổi."
                )
                % words
            )
        if each.new is None:
            continue
        words = {"body": each.new.name, "day": day}
        if not each.new.holds_on(plan.on):
            yield _("%(body)s không hoạt động vào ngày %(day)s.") % words
        elif each.new_id in plan.ending:
            yield (
                _(
                    "%(body)s vừa kết thúc vừa tiếp nhận trong cùng một đợt; "
                    "hãy chọn cơ quan tiếp nhận sau cùng."
                )
                % words
            )
    yield from _said_otherwise(plan)


def _lives_until(body: Body, on: date) -> bool:
    """Return whether the body is in being on the day before."""
    return (body.valid_from is None or body.valid_from < on) and (
        body.valid_until is None or body.valid_until >= on
    )


def _said_otherwise(plan: Plan) -> Iterator[str]:
    """Yield the bodies of which the register knows another taker already."""
    rows = BodySuccession.objects.filter(old__in=plan.ending, effective_on=plan.on)
    for row in rows.select_related("old", "new"):
        main = row.extent == Extent.WHOLE or row.main_part
        if main and row.new_id != plan.moves.takers[row.old_id]:
            yield _(
                "Sổ tổ chức đã ghi %(taker)s tiếp nhận %(body)s từ ngày %(day)s."
            ) % {
                "taker": row.new.name,
                "body": row.old.name,
                "day": short_date(plan.on),
            }


def _warnings(plan: Plan) -> Iterator[str]:
    changed = plan.of_kind(ChangeKind.SPLIT, ChangeKind.MERGER)
    for body in {each.old_id: each.old for each in changed}.values():
        if body.pk in plan.ending:
            continue
        if body.valid_until == plan.on:
            said = _(
                "%(body)s kết thúc mà chưa có phần chính: chức danh và nhiệm vụ đang "
                "mở không chuyển đi đâu."
            )
        else:
            said = _(
                "%(body)s chỉ chuyển đi một phần nên tiếp tục hoạt động; chức danh và "
                "nhiệm vụ đang mở ở lại."
            )
        yield said % {"body": body.name}


@dataclass(frozen=True, slots=True)
class RegisterTouched:
    """How much of the register itself a reorganisation writes."""

    ending: int
    founded: int
    lines: int
    seats: int


def register_touched(plan: Plan) -> RegisterTouched:
    """Return how many bodies end and begin, and how many lines and seats change."""
    ended = list(plan.ending)
    lines = ReportsTo.objects.filter(valid_on(plan.on))
    seats = CouncilSeat.objects.filter(valid_on(plan.on))
    return RegisterTouched(
        ending=len(ended),
        founded=len(plan.founded),
        lines=lines.filter(Q(body__in=ended) | Q(superior__in=ended)).count()
        + len(plan.of_kind(ChangeKind.MOVE)),
        seats=seats.filter(Q(body__in=ended) | Q(council__in=ended)).count(),
    )


def known_successions(
    on: date, level: Level | None = None, province: Unit | None = None
) -> QuerySet[BodySuccession]:
    """Return the successions that the register knows of a day.

    Args:
        on: the day on which they take effect.
        level: only of bodies of territories of this level.
        province: only of bodies on the territory of this province, old or new.
    """
    rows = BodySuccession.objects.filter(effective_on=on)
    if level:
        rows = rows.filter(old__territory__level=level)
    if province:
        inside = Q()
        for end in ("old", "new"):
            for path in ("", "__parent", "__parent__parent"):
                inside |= Q(**{f"{end}__territory{path}": province})
        rows = rows.filter(inside)
    return rows.select_related("old", "new").order_by("pk")


def kind_of(rows: Iterable[BodySuccession]) -> dict[int, ChangeKind]:
    """Return how each succession is called, by its number.

    Several into one is a merger, one into several a split, one into one a renaming
    where nothing else changes than the body's name.
    """
    rows = list(rows)
    into, out_of = Counter(r.new_id for r in rows), Counter(r.old_id for r in rows)
    found: dict[int, ChangeKind] = {}
    for row in rows:
        if out_of[row.old_id] > 1:
            found[row.pk] = ChangeKind.SPLIT
        elif into[row.new_id] == 1 and row.new.valid_from == row.effective_on:
            found[row.pk] = ChangeKind.RENAMING
        else:
            found[row.pk] = ChangeKind.MERGER
    return found
