"""Bodies of both eras as facts: central ones from a table, local ones by unit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from lantoa.organisations.data.rows import day, rows
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
    CouncilLevel,
    Extent,
    Level,
    Line,
    SeatRole,
)

LANG_SON = "20"  # the province of the article: its local bodies are entered, too
CAO_LOC = "183"
COUNCIL_NAME = "Hội đồng phối hợp phổ biến, giáo dục pháp luật"


@dataclass(frozen=True, slots=True)
class BodyFact:
    """A body under one name."""

    slug: str
    kind: BodyKind
    name: str
    short_name: str = ""
    territory: UnitKey | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class LineFact:
    """Who reports to whom, by slug; it holds as long as both are in being."""

    body: str
    superior: str
    line: Line


@dataclass(frozen=True, slots=True)
class BodySuccessionFact:
    """Whose work went over to whom, by slug."""

    old: str
    new: str
    effective_on: date
    extent: Extent
    main_part: bool
    basis: str


@dataclass(frozen=True, slots=True)
class CouncilFact:
    """A council and the body that serves it ("" = not recorded), by slug."""

    body: str
    level: CouncilLevel
    standing_agency: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SeatFact:
    """A seat on a council."""

    council: str
    role: SeatRole
    body: str
    office: str
    valid_from: date | None
    valid_until: date | None
    source: str


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
    ("hdph", BodyKind.COUNCIL, COUNCIL_NAME, "HĐPH PBGDPL"),
)
COMMUNE = (("ubnd", BodyKind.PEOPLES_COMMITTEE, "Ủy ban nhân dân", "UBND"),)
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
}


def _place(name: NameFact) -> str:
    """Return the territory as it stands inside a body's name."""
    if name.name == "Hồ Chí Minh":  # written with a capital by the city itself
        return name.full_name
    return f"{name.kind.label} {name.name}"


def _suffix(unit: UnitFact, name: NameFact) -> str:
    started = name.valid_from or unit.key[2]
    return f"{unit.key[1]}-{started.year}" if started else unit.key[1]


def local_bodies(units: Iterable[UnitFact]) -> Iterator[BodyFact]:
    """Yield the bodies of each unit, once per name it bears."""
    sets = {
        Level.PROVINCE: PROVINCIAL,
        Level.DISTRICT: DISTRICT,
        Level.COMMUNE: COMMUNE,
    }
    for unit in units:
        for name in unit.names:
            for stem, kind, long, short in sets[Level(unit.key[0])]:
                yield BodyFact(
                    slug=f"{stem}-{_suffix(unit, name)}",
                    kind=kind,
                    name=f"{long} {_place(name)}",
                    short_name=f"{short} {_place(name)}",
                    territory=unit.key,
                    valid_from=name.valid_from or unit.key[2],
                    valid_until=name.valid_until or unit.valid_until,
                )


def local_lines(units: Iterable[UnitFact]) -> Iterator[LineFact]:
    """Yield who reports to whom in each unit of the levels province and district."""
    for unit in units:
        above = unit.parent[1] if unit.parent else ""
        for name in unit.names:
            own = _suffix(unit, name)
            for stem, superior, line in LINES[Level(unit.key[0])]:
                yield LineFact(
                    f"{stem}-{own}", superior.format(own=own, above=above), line
                )


def commune_lines(units: Iterable[UnitFact]) -> Iterator[LineFact]:
    """Yield the two lines of commune committees, which differ by era."""
    for unit in units:
        above = unit.parent[1] if unit.parent else ""
        own = f"ubnd-{_suffix(unit, unit.names[0])}"
        justice = "so-tu-phap" if unit.key[2] else "phong-tu-phap"
        yield LineFact(own, f"ubnd-{above}", Line.TERRITORIAL)
        yield LineFact(own, f"{justice}-{above}", Line.JUSTICE)


def of_lang_son(units: Iterable[UnitFact]) -> list[UnitFact]:
    """Return the units of Lạng Sơn whose bodies are entered.

    All districts to 30 June 2025, the communes of Cao Lộc, and the communes of today.
    """
    return [
        unit
        for unit in units
        if unit.parent
        and unit.parent[1]
        == (CAO_LOC if unit.key[0] == Level.COMMUNE and not unit.key[2] else LANG_SON)
    ]


def central_bodies() -> list[BodyFact]:
    """Return central bodies of 2020 and today, superiors before those below them."""
    return [
        BodyFact(
            slug=row["slug"],
            kind=BodyKind(row["kind"]),
            name=row["name"],
            short_name=row["short_name"],
            valid_from=day(row["valid_from"]),
            valid_until=day(row["valid_until"]),
        )
        for row in rows("central_bodies")
    ]


def central_lines() -> list[LineFact]:
    """Return who reports to whom among central bodies."""
    return [
        LineFact(row["slug"], row["reports_to"], Line(row["line"]))
        for row in rows("central_bodies")
        if row["line"]
    ]


def central_successions() -> list[BodySuccessionFact]:
    """Return the reorganisations of central bodies that are certain."""
    return [
        BodySuccessionFact(
            old=row["old"],
            new=row["new"],
            effective_on=date.fromisoformat(row["effective_on"]),
            extent=Extent(row["extent"]),
            main_part=row["main_part"] == "main",
            basis=row["basis"],
        )
        for row in rows("central_successions")
    ]


def local_successions(
    bodies: Iterable[BodyFact], units: Iterable[SuccessionFact]
) -> Iterator[BodySuccessionFact]:
    """Yield what the successions of *units* mean for *bodies* of the same kind."""
    at: dict[tuple[UnitKey | None, BodyKind], list[BodyFact]] = {}
    for body in bodies:
        at.setdefault((body.territory, body.kind), []).append(body)
    for each in at.values():
        for old, new in pairwise(each):  # the unit was renamed
            yield BodySuccessionFact(
                old=old.slug,
                new=new.slug,
                effective_on=HUE_CITY_FROM,
                extent=Extent.WHOLE,
                main_part=False,
                basis=HUE_BASIS,
            )
    for move in units:
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


def councils(bodies: Iterable[BodyFact]) -> Iterator[CouncilFact]:
    """Yield the councils among *bodies* with the body that serves each."""
    for body in bodies:
        if body.kind != BodyKind.COUNCIL:
            continue
        if body.territory is None:
            continue
        stem, level = (
            ("so-tu-phap", CouncilLevel.PROVINCE)
            if body.territory[0] == Level.PROVINCE
            else ("phong-tu-phap", CouncilLevel.DISTRICT)
        )
        yield CouncilFact(body.slug, level, f"{stem}-{body.slug.removeprefix('hdph-')}")
    yield CouncilFact(
        "hdph-trung-uong",
        CouncilLevel.CENTRAL,
        "bo-tu-phap",
        "Thành phần và nhiệm vụ theo các Quyết định số 27/2013/QĐ-TTg, "
        "42/2017/QĐ-TTg, 21/2021/QĐ-TTg và 26/2025/QĐ-TTg.",
    )
    yield CouncilFact(
        "hdph-bo-tai-chinh",
        CouncilLevel.MINISTRY,
        "",
        "Họp 6 tháng một lần hoặc đột xuất.",
    )


def council_seats() -> list[SeatFact]:
    """Return the seats that a source confirms; all others are not recorded."""
    return [
        SeatFact(
            council=row["council"],
            role=SeatRole(row["role"]),
            body=row["body"],
            office=row["office"],
            valid_from=day(row["valid_from"]),
            valid_until=day(row["valid_until"]),
            source=row["source"],
        )
        for row in rows("council_seats")
    ]
