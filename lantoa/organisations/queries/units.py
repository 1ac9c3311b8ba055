"""Units at a date, and what became of them."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from lantoa.organisations.models import Body, Succession, Unit, UnitName
from lantoa.organisations.vocabulary import LAST_THREE_LEVEL_DAY, Extent, Level

if TYPE_CHECKING:
    from lantoa.organisations.models.units import NamedUnit as NamedUnit  # noqa: PLC0414 -- for others
else:
    NamedUnit = Unit


def tree_shown(on: date) -> date:
    """Return the day whose tree is shown for *on*.

    The many smaller changes of districts and communes before 2025 are not recorded,
    so every earlier day shows the tree of 30 June 2025, under the names of its day.
    """
    return max(on, LAST_THREE_LEVEL_DAY)


def units_at(on: date, level: Level | None = None) -> "QuerySet[NamedUnit]":
    """Return the units that exist on a day under their names, in dictionary order."""
    rows = Unit.objects.on(on).named(on).order_by("sort_key", "code")
    return rows.filter(level=level) if level else rows


def province_list(on: date) -> "QuerySet[NamedUnit]":
    """Return the 63 or 34 provinces of a day in the order of their official codes."""
    return units_at(on, Level.PROVINCE).order_by("code")


def children(unit: Unit, on: date) -> "QuerySet[NamedUnit]":
    """Return the units directly below, each with ``has_children``."""
    inside = Unit.objects.on(on).filter(parent=OuterRef("pk"))
    return units_at(on).filter(parent=unit).annotate(has_children=Exists(inside))


def unit_named(unit_id: int, on: date) -> NamedUnit | None:
    """Return the unit under its name of a day, or else under a name it once bore."""
    unit = Unit.objects.named(on).filter(pk=unit_id).first()
    if unit is None or unit.full_name:
        return unit
    last = UnitName.objects.filter(unit=unit_id).order_by("-valid_from").first()
    if last:
        unit.kind, unit.name = last.kind, last.name
        unit.full_name, unit.sort_key = last.full_name, last.sort_key
    return unit


def lineage(unit: Unit, on: date) -> list[NamedUnit]:
    """Return the units above, from the province down, under their names of a day."""
    parent = unit.parent
    ids = [up.pk for up in (parent.parent if parent else None, parent) if up]
    found = {row.pk: row for row in Unit.objects.named(on).filter(pk__in=ids)}
    return [found[pk] for pk in ids]


def _named_ends() -> "list[Prefetch[Any]]":
    names = UnitName.objects.order_by("valid_from")
    return [Prefetch("old__names", names), Prefetch("new__names", names)]


def successors(unit: Unit) -> QuerySet[Succession]:
    """Return what the unit became: the whole, or its parts with the main one first."""
    return (
        Succession.objects.filter(old=unit)
        .select_related("old", "new")
        .prefetch_related(*_named_ends())
        .order_by("effective_on", "-main_part", "new__code")
    )


def predecessors(unit: Unit) -> QuerySet[Succession]:
    """Return what the unit was formed from, whole units first."""
    return (
        Succession.objects.filter(new=unit)
        .select_related("old", "new")
        .prefetch_related(*_named_ends())
        .order_by("effective_on", "-extent", "old__code")
    )


def carried_to(unit: Unit, on: date) -> dict[Unit, Extent]:
    """Return the units of a later day that hold the old unit's territory.

    A unit that still exists holds its own; ``Extent.WHOLE`` only where nothing was
    divided on the way. An abolished unit without a successor gives {}.
    """
    if unit.holds_on(on):
        return {unit: Extent.WHOLE}
    found: dict[Unit, Extent] = {}
    waiting = [(unit, Extent.WHOLE)]
    while waiting:
        current, so_far = waiting.pop()
        moves = Succession.objects.filter(old=current, effective_on__lte=on)
        for move in moves.select_related("new"):
            extent = so_far if move.extent == Extent.WHOLE else Extent.PART
            if move.new.holds_on(on):
                found[move.new] = extent
            else:
                waiting.append((move.new, extent))
    return found


def places(units: Collection[Unit], on: date) -> dict[int, str]:
    """Return where each unit lies, "Huyện Cao Lộc, Tỉnh Lạng Sơn", by its id.

    The units come with ``parent`` loaded; names are fetched in one statement.
    """
    above = {unit.pk: [unit.parent_id] for unit in units if unit.parent_id}
    for unit in units:
        if unit.parent and unit.parent.parent_id:
            above[unit.pk].append(unit.parent.parent_id)
    ids = {pk for each in above.values() for pk in each}
    names = dict(
        Unit.objects.named(on).filter(pk__in=ids).values_list("pk", "full_name")
    )
    return {
        pk: ", ".join(names[up] for up in ups if up and names.get(up))
        for pk, ups in above.items()
    }


def places_of(bodies: Collection[Body], on: date) -> dict[int, str]:
    """Return where each body's territory lies, "Tỉnh Lạng Sơn", by the body's id.

    Many communes of one name have bodies of one name; this tells them apart.
    """
    units = Unit.objects.filter(pk__in={body.territory_id for body in bodies})
    lie = places(list(units.select_related("parent__parent")), on)
    return {body.pk: lie.get(body.territory_id or 0, "") for body in bodies}


def now_in(unit: Unit) -> QuerySet[UnitName]:
    """Return the names of the units formed on the territory of the units below."""
    formed = Succession.objects.filter(old__parent=unit).values("new")
    return (
        UnitName.objects.filter(unit__in=formed)
        .select_related("unit")
        .order_by("sort_key", "unit__code")
    )
