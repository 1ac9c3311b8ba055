"""Units of both eras as facts: 63/696/10,035 and 34/3,321, and which became which."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache

from lantoa.organisations.data.rows import rows
from lantoa.organisations.vocabulary import (
    TWO_LEVELS_FROM,
    Extent,
    Level,
    UnitKind,
)

UnitKey = tuple[str, str, date | None]  # level, code, valid_from

HUE = "46"
HUE_CITY_FROM = date(2025, 1, 1)
HUE_BASIS = "Nghị quyết số 175/2024/QH15 ngày 30/11/2024 của Quốc hội"
PROVINCE_BASIS = "Nghị quyết số 202/2025/QH15 ngày 12/6/2025 của Quốc hội"
COMMUNE_BASIS = (
    "Nghị quyết của Ủy ban Thường vụ Quốc hội về sắp xếp các đơn vị hành chính "
    "cấp xã năm 2025"
)
KINDS = sorted(UnitKind, key=lambda kind: -len(kind.label))


@dataclass(frozen=True, slots=True)
class NameFact:
    """A name borne for a time."""

    kind: UnitKind
    name: str
    full_name: str
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A unit with its names; ``parent`` is the key of the unit above."""

    key: UnitKey
    parent: UnitKey | None
    valid_until: date | None
    names: tuple[NameFact, ...]


@dataclass(frozen=True, slots=True)
class SuccessionFact:
    """An old unit became, wholly or in part, a new one."""

    old: UnitKey
    new: UnitKey
    extent: Extent
    main_part: bool
    basis: str
    effective_on: date = TWO_LEVELS_FROM


def split_name(full_name: str) -> NameFact:
    """Return kind and bare name; the kind is read from the name, which is exact."""
    for kind in KINDS:
        word = str(kind.label)
        if full_name.lower().startswith(f"{word} "):
            return NameFact(kind, full_name[len(word) + 1 :], full_name)
    raise ValueError(f"no kind of unit in {full_name!r}")


@cache
def lasting_provinces() -> frozenset[str]:
    """Return the codes of the provinces that the mergers of 2025 left as they were."""
    moves = [row for row in rows("succession_2025-07-01") if row["level"] == "province"]
    into = Counter(row["new_code"] for row in moves)
    return frozenset(
        row["old_code"]
        for row in moves
        if row["old_code"] == row["new_code"] and into[row["new_code"]] == 1
    )


def unit_key(level: str, code: str, *, new: bool) -> UnitKey:
    """Return the key of the unit that bears *code* in the old or the new era."""
    lasts = level == Level.PROVINCE and code in lasting_provinces()
    return level, code, TWO_LEVELS_FROM if new and not lasts else None


def _names(level: str, code: str, full_name: str) -> tuple[NameFact, ...]:
    if (level, code) == (Level.PROVINCE, HUE):
        before = split_name("Tỉnh Thừa Thiên Huế")
        after = split_name(full_name)
        return (
            NameFact(before.kind, before.name, before.full_name, None, HUE_CITY_FROM),
            NameFact(after.kind, after.name, after.full_name, HUE_CITY_FROM, None),
        )
    return (split_name(full_name),)


def units_of_three_levels() -> list[UnitFact]:
    """Return the tree of 30 June 2025, provinces first, with the names of 2020."""
    above = {Level.DISTRICT: Level.PROVINCE, Level.COMMUNE: Level.DISTRICT}
    return [
        UnitFact(
            key=unit_key(row["level"], row["code"], new=False),
            parent=unit_key(above[Level(row["level"])], row["parent_code"], new=False)
            if row["parent_code"]
            else None,
            valid_until=None
            if row["level"] == Level.PROVINCE and row["code"] in lasting_provinces()
            else TWO_LEVELS_FROM,
            names=_names(row["level"], row["code"], row["name"]),
        )
        for row in rows("units_to_2025-06-30")
    ]


def units_of_two_levels() -> list[UnitFact]:
    """Return the tree since 1 July 2025 without the provinces that lasted."""
    return [
        UnitFact(
            key=unit_key(row["level"], row["code"], new=True),
            parent=unit_key(Level.PROVINCE, row["parent_code"], new=True)
            if row["parent_code"]
            else None,
            valid_until=None,
            names=(split_name(row["name"]),),
        )
        for row in rows("units_from_2025-07-01")
        if row["level"] == Level.COMMUNE or row["code"] not in lasting_provinces()
    ]


def unit_successions() -> list[SuccessionFact]:
    """Return what became what on 1 July 2025; lasting provinces succeed nobody."""
    found: list[SuccessionFact] = []
    for row in rows("succession_2025-07-01"):
        level = row["level"]
        if level == Level.PROVINCE and row["old_code"] in lasting_provinces():
            continue
        # Five island districts without communes became special zones.
        new_level = Level.COMMUNE if level == Level.DISTRICT else level
        found.append(
            SuccessionFact(
                old=unit_key(level, row["old_code"], new=False),
                new=unit_key(new_level, row["new_code"], new=True),
                extent=Extent(row["extent"]),
                main_part=row["main_part"] == "main",
                basis=PROVINCE_BASIS if level == Level.PROVINCE else COMMUNE_BASIS,
            )
        )
    return found
