"""Finding units and bodies by name, with or without diacritics, at a date."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from lantoa.kernel.text import fold
from lantoa.organisations.models import Body
from lantoa.organisations.queries.units import NamedUnit, units_at

LIMIT = 40  # of units, and of bodies


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first; ``more`` says that there is more of it."""

    units: list[NamedUnit]
    bodies: list[Body]
    more: bool = False


def _rank(text: str, name: str, folded: str) -> Case:
    """Rank as typed before without diacritics, whole before beginning before inside."""
    plain = fold(text)
    return Case(
        When(**{f"{name}__iexact": text}, then=Value(0)),
        When(**{f"{name}__iendswith": f" {text}"}, then=Value(1)),
        When(**{f"{folded}__endswith": f" {plain}"}, then=Value(2)),
        When(**{f"{name}__icontains": text}, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )


def _level_rank() -> Case:
    return Case(
        When(level="province", then=Value(0)),
        When(level="district", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _all_words(field: str, text: str) -> Q:
    match = Q()
    for word in fold(text).split():
        match &= Q(**{f"{field}__contains": word})
    return match


def units_named(text: str, on: date) -> "QuerySet[NamedUnit]":
    """Return the units whose name of a day holds every word of *text*, best first."""
    return (
        units_at(on)
        .filter(_all_words("bears__folded", text))
        .select_related("parent")
        .order_by(
            _rank(text, "bears__full_name", "bears__folded"),
            _level_rank(),
            "sort_key",
            "code",
        )
    )


def bodies_named(text: str, on: date) -> QuerySet[Body]:
    """Return the bodies in being on a day whose name holds every word of *text*."""
    return (
        Body.objects.on(on)
        .filter(_all_words("folded", text))
        .order_by(_rank(text, "name", "folded"), Length("name"), "sort_key")
    )


def search(text: str, on: date) -> Found:
    """Return units and bodies of a day whose names hold every word of *text*."""
    text = " ".join(text.split())
    if not fold(text):
        return Found([], [])
    units = list(units_named(text, on)[: LIMIT + 1])
    bodies = list(bodies_named(text, on)[: LIMIT + 1])
    return Found(
        units[:LIMIT],
        bodies[:LIMIT],
        more=len(units) > LIMIT or len(bodies) > LIMIT,
    )
