"""The tile map of the country: one tile per province, and the two archipelagos."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from lantoa.organisations.data.rows import rows
from lantoa.organisations.queries.units import province_list
from lantoa.organisations.vocabulary import TWO_LEVELS_FROM


@dataclass(frozen=True, slots=True)
class Tile:
    """A square of the map; columns and rows count from 1 in the north-west.

    An archipelago has no ``code`` of its own: it ``belongs_to`` a province and takes
    that province's state. ``unit_id`` is that of the province in both cases.
    """

    unit_id: int
    code: str
    column: int
    row: int
    name: str
    short_name: str
    abbreviation: str
    belongs_to: str = ""

    @property
    def is_archipelago(self) -> bool:
        """Return whether this is a tile of islands and not of a province."""
        return bool(self.belongs_to)

    @property
    def span(self) -> int:
        """Return how many columns the tile takes; an archipelago's name is long."""
        return 2 if self.belongs_to else 1


@dataclass(frozen=True, slots=True)
class TileMap:
    """The tiles and the size of the grid they stand in."""

    columns: int
    rows: int
    tiles: tuple[Tile, ...]


@cache
def _layout(provinces: int) -> list[dict[str, str]]:
    return rows(f"tiles_{provinces}")


def tile_map(on: date) -> TileMap:
    """Return the map of a day: 63 provinces to 30 June 2025, 34 since."""
    layout = _layout(34 if on >= TWO_LEVELS_FROM else 63)
    units = {unit.code: unit for unit in province_list(on)}
    tiles = tuple(
        Tile(
            unit_id=units[row["code"] or row["belongs_to"]].pk,
            code=row["code"],
            column=int(row["column"]),
            row=int(row["row"]),
            name=row["short_name"]
            if row["belongs_to"]
            else units[row["code"]].full_name,
            short_name=row["short_name"],
            abbreviation=row["abbreviation"],
            belongs_to=row["belongs_to"],
        )
        for row in layout
        if (row["code"] or row["belongs_to"]) in units
    )
    return TileMap(
        columns=max((tile.column + tile.span - 1 for tile in tiles), default=0),
        rows=max((tile.row for tile in tiles), default=0),
        tiles=tiles,
    )
