"""Reading a pasted list of names, with or without diacritics, as bodies."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from lantoa.kernel.text import fold
from lantoa.organisations.models import Body
from lantoa.organisations.queries.tiles import tile_map
from lantoa.organisations.queries.units import NamedUnit, units_at
from lantoa.organisations.vocabulary import BodyKind, Level

_NUMBERING = re.compile(r"^\s*(?:\d{1,3}\s*[.)/:]|[-–—•*+])\s*")
_SHORT = [
    (re.compile(r"\bubnd\b"), "uy ban nhan dan"),
    (re.compile(r"\bhdnd\b"), "hoi dong nhan dan"),
    (re.compile(r"\btp\b"), "thanh pho"),
    (re.compile(r"\btx\b"), "thi xa"),
    (re.compile(r"^diem cau\b"), ""),
]


@dataclass(frozen=True, slots=True)
class PastedName:
    """One line of a pasted list and what it names.

    ``body`` is set when exactly one is meant; several ``candidates`` make the line
    ambiguous, none leave it unmatched. ``unit`` is set when a territory was named:
    the body is then its people's committee.
    """

    line: str
    body: Body | None = None
    unit: NamedUnit | None = None
    candidates: list[Body] = field(default_factory=list)

    @property
    def ambiguous(self) -> bool:
        """Return whether more than one body may be meant."""
        return len(self.candidates) > 1


@dataclass(frozen=True, slots=True)
class _Names:
    """All names of a day: normalised → what bears it, in the writing of each."""

    bodies: dict[str, list[tuple[str, Body]]]
    units: dict[str, list[tuple[str, NamedUnit]]]
    committees: dict[int | None, Body]


def _normal(text: str) -> str:
    plain = re.sub(r"[^0-9a-z]+", " ", fold(text)).strip()
    for pattern, words in _SHORT:
        plain = pattern.sub(words, plain).strip()
    return " ".join(plain.split())


def _names_of(on: date) -> _Names:
    bodies: dict[str, list[tuple[str, Body]]] = {}
    committees: dict[int | None, Body] = {}
    for body in Body.objects.on(on):
        for name in {body.name, body.short_name} - {""}:
            bodies.setdefault(_normal(name), []).append((name, body))
        if body.kind == BodyKind.PEOPLES_COMMITTEE:
            committees[body.territory_id] = body
    units: dict[str, list[tuple[str, NamedUnit]]] = {}
    provinces: dict[int, NamedUnit] = {}
    for unit in units_at(on).filter(pk__in=[pk for pk in committees if pk]):
        written = {unit.full_name}
        if unit.level == Level.PROVINCE:
            provinces[unit.pk] = unit
            written.add(unit.name)
        for name in written:
            units.setdefault(_normal(name), []).append((name, unit))
    for tile in tile_map(on).tiles:
        if not tile.is_archipelago and tile.unit_id in provinces:
            unit = provinces[tile.unit_id]
            for name in (tile.short_name, tile.abbreviation):
                units.setdefault(_normal(name), []).append((name, unit))
    return _Names(bodies, units, committees)


def _as_written(line: str, found: Iterable[tuple[str, Body]]) -> list[Body]:
    """Return the bodies found; only those written just so, if there are such."""
    pairs = list(found)
    exact = [body for name, body in pairs if name.casefold() == line.casefold()]
    chosen = exact or [body for _, body in pairs]
    return list(dict.fromkeys(chosen))


def _match(line: str, names: _Names) -> PastedName:
    key = _normal(line)
    named = [
        (name, names.committees[unit.pk])
        for name, unit in names.units.get(key, [])
        if unit.pk in names.committees
    ]
    candidates = _as_written(line, [*names.bodies.get(key, []), *named])
    if len(candidates) != 1:
        return PastedName(line, candidates=candidates)
    body = candidates[0]
    units = {unit.pk: unit for _, unit in names.units.get(key, [])}
    unit = units.get(body.territory_id or 0)
    return PastedName(line, body, unit, candidates)


def parse_pasted_names(text: str, on: date) -> list[PastedName]:
    """Return what each line of *text* names on a day, in the order of the lines.

    Lines are divided by new lines, semicolons and tabs; numbering and dashes in front
    are dropped, empty lines skipped. A province is known by its bare name, full name
    and usual short forms ("TP.HCM", "BR-VT"), other units by their full names.
    """
    lines = (_NUMBERING.sub("", part).strip() for part in re.split(r"[\n;\t]", text))
    names = _names_of(on)
    return [_match(line, names) for line in lines if line]
