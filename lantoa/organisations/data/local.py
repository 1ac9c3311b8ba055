"""The local bodies of both eras as facts, made from the units and their names."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, product

from lantoa.organisations.data.bodies import BodyFact, BodySuccessionFact, LineFact
from lantoa.organisations.data.units import (
    HUE_BASIS,
    HUE_CITY_FROM,
    NameFact,
    SuccessionFact,
    UnitFact,
    UnitKey,
)
from lantoa.organisations.vocabulary import (
    TWO_LEVELS_FROM,
    BodyKind,
    Extent,
    Level,
    Line,
)

LANG_SON = "20"  # the province of the article: its district councils are entered, too
CAO_LOC = "183"
DISTRICTS_BASIS = "Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày 16/6/2025"
COUNCIL_NAME = "Hội đồng phối hợp phổ biến, giáo dục pháp luật"

PROVINCIAL = (
    ("ubnd", BodyKind.PEOPLES_COMMITTEE, "Ủy ban nhân dân", "UBND"),
    ("hdnd", BodyKind.PEOPLES_COUNCIL, "Hội đồng nhân dân", "HĐND"),
    ("so-tu-phap", BodyKind.DEPARTMENT, "Sở Tư pháp", "Sở Tư pháp"),
    (
        "mttq",
        BodyKind.FRONT_COMMITTEE,
        "Ủy ban Mặt trận Tổ quốc Việt Nam",
        "Ủy ban MTTQ",
    ),
    ("hdph", BodyKind.COUNCIL, COUNCIL_NAME, "HĐPH PBGDPL"),
)
DISTRICT = (
    ("ubnd", BodyKind.PEOPLES_COMMITTEE, "Ủy ban nhân dân", "UBND"),
    ("phong-tu-phap", BodyKind.OFFICE, "Phòng Tư pháp", "Phòng Tư pháp"),
)
DISTRICT_COUNCIL = (("hdph", BodyKind.COUNCIL, COUNCIL_NAME, "HĐPH PBGDPL"),)
COMMUNE = (("ubnd", BodyKind.PEOPLES_COMMITTEE, "Ủy ban nhân dân", "UBND"),)
# No unit followed the districts; the province took their work over where no special
# zone did.
TO_THE_PROVINCE = {
    BodyKind.PEOPLES_COMMITTEE: BodyKind.PEOPLES_COMMITTEE,
    BodyKind.OFFICE: BodyKind.DEPARTMENT,
}
LINES = {
    Level.PROVINCE: (
        ("ubnd", "chinh-phu", Line.TERRITORIAL),
        ("so-tu-phap", "bo-tu-phap", Line.JUSTICE),
        ("so-tu-phap", "ubnd-{own}", Line.TERRITORIAL),
        ("hdph", "hdph-trung-uong", Line.COUNCIL),
    ),
    Level.DISTRICT: (
        ("ubnd", "ubnd-{above}", Line.TERRITORIAL),
        ("phong-tu-phap", "so-tu-phap-{above}", Line.JUSTICE),
        ("phong-tu-phap", "ubnd-{own}", Line.TERRITORIAL),
        ("hdph", "hdph-{above}", Line.COUNCIL),
    ),
    Level.COMMUNE: (
        ("ubnd", "ubnd-{above}", Line.TERRITORIAL),
        ("ubnd", "{justice}-{above}", Line.JUSTICE),
    ),
}


def _place(name: NameFact) -> str:
    """Return the territory as it stands inside a body's name."""
    if name.name == "Hồ Chí Minh":  # written with a capital by the city itself
        return name.full_name
    return f"{name.kind.label} {name.name}"


def _suffix(unit: UnitFact, name: NameFact) -> str:
    started = name.valid_from or unit.key[2]
    return f"{unit.key[1]}-{started.year}" if started else unit.key[1]


def _offices(unit: UnitFact) -> tuple[tuple[str, BodyKind, str, str], ...]:
    if unit.key[0] == Level.PROVINCE:
        return PROVINCIAL
    if unit.key[0] == Level.COMMUNE:
        return COMMUNE
    ours = unit.parent is not None and unit.parent[1] == LANG_SON
    return DISTRICT + DISTRICT_COUNCIL if ours else DISTRICT


def units_with_bodies(units: Iterable[UnitFact]) -> list[UnitFact]:
    """Return the units whose bodies are entered.

    All provinces, all districts to 30 June 2025, all communes of today; of the 10,035
    communes before, those of Cao Lộc.
    """
    return [
        unit
        for unit in units
        if unit.key[0] != Level.COMMUNE
        or unit.key[2]
        or (unit.parent and unit.parent[1] == CAO_LOC)
    ]


def local_bodies(units: Iterable[UnitFact]) -> Iterator[BodyFact]:
    """Yield the bodies of each unit, once per name it bears."""
    for unit in units:
        for name in unit.names:
            for stem, kind, long, short in _offices(unit):
                yield BodyFact(
                    slug=f"{stem}-{_suffix(unit, name)}",
                    kind=kind,
                    name=f"{long} {_place(name)}",
                    short_name=f"{short} {_place(name)}",
                    territory=unit.key,
                    valid_from=name.valid_from or unit.key[2],
                    valid_until=name.valid_until or unit.valid_until,
                )


def local_lines(units: Sequence[UnitFact]) -> Iterator[LineFact]:
    """Yield who reports to whom in each unit, under each name of the unit above.

    A line of two bodies that never were at one time holds on no day; it is left out
    when the lines are entered.
    """
    suffixes = {
        unit.key: [_suffix(unit, name) for name in unit.names] for unit in units
    }
    for unit in units:
        stems = {stem for stem, *_ in _offices(unit)}
        justice = "so-tu-phap" if unit.key[2] else "phong-tu-phap"
        above = suffixes[unit.parent] if unit.parent else [""]
        for own, (stem, superior, line) in product(
            suffixes[unit.key], LINES[Level(unit.key[0])]
        ):
            named = {
                superior.format(own=own, above=a, justice=justice): 0 for a in above
            }
            if stem in stems:
                yield from (LineFact(f"{stem}-{own}", slug, line) for slug in named)


def local_successions(
    bodies: Sequence[BodyFact],
    units: Sequence[UnitFact],
    moves: Sequence[SuccessionFact],
) -> Iterator[BodySuccessionFact]:
    """Yield what renamings, mergers and the end of the districts mean for *bodies*."""
    at: dict[tuple[UnitKey | None, BodyKind], list[BodyFact]] = {}
    for body in bodies:
        at.setdefault((body.territory, body.kind), []).append(body)
    yield from _renamed(at.values())
    followed = list(_followed(at, moves))
    yield from followed
    provinces = {move.old: move.new for move in moves if move.old[0] == Level.PROVINCE}
    settled = {each.old for each in followed}
    yield from _districts(at, units, provinces, settled)


_At = dict[tuple[UnitKey | None, BodyKind], list[BodyFact]]


def _renamed(bodies: Iterable[list[BodyFact]]) -> Iterator[BodySuccessionFact]:
    """Yield that a body goes on when its unit gets another name."""
    for each in bodies:
        for old, new in pairwise(each):
            yield BodySuccessionFact(
                old.slug, new.slug, HUE_CITY_FROM, Extent.WHOLE, basis=HUE_BASIS
            )


def _followed(at: _At, moves: Iterable[SuccessionFact]) -> Iterator[BodySuccessionFact]:
    """Yield that a body becomes that of its kind where its unit became another."""
    for move in moves:
        for kind in BodyKind:
            for old in at.get((move.old, kind), [])[-1:]:
                for new in at.get((move.new, kind), [])[:1]:
                    yield BodySuccessionFact(
                        old.slug,
                        new.slug,
                        TWO_LEVELS_FROM,
                        move.extent,
                        move.main_part,
                        move.basis,
                    )


def _districts(
    at: _At,
    units: Iterable[UnitFact],
    provinces: dict[UnitKey, UnitKey],
    settled: set[str],
) -> Iterator[BodySuccessionFact]:
    """Yield that the province takes over where no unit followed a district."""
    for unit in units:
        if unit.key[0] != Level.DISTRICT or unit.parent is None:
            continue
        province = provinces.get(unit.parent, unit.parent)
        for kind, above in TO_THE_PROVINCE.items():
            old, new = at[unit.key, kind][-1].slug, at[province, above][-1].slug
            if old not in settled:
                yield BodySuccessionFact(
                    old, new, TWO_LEVELS_FROM, Extent.WHOLE, basis=DISTRICTS_BASIS
                )
