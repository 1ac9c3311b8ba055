"""Bodies of both eras as facts: the central ones, from a table, and the councils."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from lantoa.organisations.data.rows import day, rows
from lantoa.organisations.data.units import (
    UnitKey,
)
from lantoa.organisations.vocabulary import (
    BodyKind,
    CouncilLevel,
    Extent,
    Level,
    Line,
    SeatRole,
)


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
    main_part: bool = False
    basis: str = ""


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
