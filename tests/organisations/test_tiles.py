import csv
from statistics import correlation

import pytest

from lantoa.organisations.data.rows import HERE, rows

CASES = [(63, "units_to_2025-06-30"), (34, "units_from_2025-07-01")]


def ranks(values):
    """Return each value's rank, ties sharing their middle one."""
    order = sorted(values)
    return [order.index(value) + (order.count(value) - 1) / 2 for value in values]


def tiles(count):
    return rows(f"tiles_{count}")


def provinces(table):
    with (HERE / f"{table}.csv").open(encoding="utf-8") as file:
        return {
            row["code"]: row
            for row in csv.DictReader(file)
            if row["level"] == "province"
        }


@pytest.mark.parametrize(("count", "table"), CASES)
def test_every_province_has_one_tile_and_a_cell_of_its_own(count, table):
    cells = [(tile["column"], tile["row"]) for tile in tiles(count)]
    codes = [tile["code"] for tile in tiles(count) if tile["code"]]
    assert len(set(cells)) == len(cells) == count + 2
    assert sorted(codes) == sorted(provinces(table))


@pytest.mark.parametrize(("count", "table"), CASES)
def test_the_tiles_stand_as_the_provinces_lie(count, table):
    """Rank correlation with the centre points, north to south and west to east."""
    places = provinces(table)
    land = [tile for tile in tiles(count) if tile["code"]]
    southward = [-float(places[tile["code"]]["lat"]) for tile in land]
    eastward = [float(places[tile["code"]]["lon"]) for tile in land]
    downward = [int(tile["row"]) for tile in land]
    rightward = [int(tile["column"]) for tile in land]
    assert correlation(ranks(downward), ranks(southward)) > 0.99
    assert correlation(ranks(rightward), ranks(eastward)) > 0.92


@pytest.mark.parametrize(("count", "table"), CASES)
def test_the_archipelagos_belong_to_the_country_and_to_their_provinces(count, table):
    isles = {t["short_name"]: t for t in tiles(count) if not t["code"]}
    assert {name: t["belongs_to"] for name, t in isles.items()} == {
        "Hoàng Sa (Đà Nẵng)": "48",
        "Trường Sa (Khánh Hòa)": "56",
    }
    land = {(int(t["column"]), int(t["row"])) for t in tiles(count) if t["code"]}
    for tile in isles.values():
        column, row = int(tile["column"]), int(tile["row"])
        assert not {(column, row), (column + 1, row)} & land  # they are two wide
        assert column > max(c for c, r in land if r == row)


@pytest.mark.parametrize(("count", "table"), CASES)
def test_abbreviations_are_short_and_unique(count, table):
    short = [tile["abbreviation"] for tile in tiles(count)]
    assert len(set(short)) == len(short)
    assert all(2 <= len(text) <= 3 for text in short)


@pytest.mark.parametrize(
    ("count", "one", "other"),
    [
        (63, "Lạng Sơn", "Cao Bằng"),
        (63, "Lạng Sơn", "Bắc Giang"),
        (63, "Lạng Sơn", "Quảng Ninh"),
        (63, "Hà Nội", "Bắc Ninh"),
        (63, "TP. HCM", "Long An"),
        (63, "TP. HCM", "Đồng Nai"),
        (63, "TT-Huế", "Đà Nẵng"),
        (34, "Lạng Sơn", "Quảng Ninh"),
        (34, "Huế", "Đà Nẵng"),
        (34, "An Giang", "Cà Mau"),
    ],
)
def test_neighbours_touch(count, one, other):
    cells = {t["short_name"]: (int(t["column"]), int(t["row"])) for t in tiles(count)}
    (a, b), (c, d) = cells[one], cells[other]
    assert max(abs(a - c), abs(b - d)) == 1
