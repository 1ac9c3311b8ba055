"""A tile map of the 63 provinces of 2020, close enough to the country to be read.

The catalogue's own sample: seven columns, so that a tile is wide enough for a finger on
a phone, and an eighth for the archipelagos.
"""

from typing import NamedTuple


class Tile(NamedTuple):
    """Where a province stands, and its name, long and short."""

    row: int
    column: int
    name: str
    code: str


_ROWS = """
1: 4 Hà Giang HG, 5 Cao Bằng CB
2: 1 Lai Châu LC, 2 Lào Cai LCa, 3 Yên Bái YB, 4 Tuyên Quang TQ
2: 5 Bắc Kạn BK, 6 Lạng Sơn LS
3: 1 Điện Biên DB, 2 Sơn La SL, 3 Phú Thọ PT, 4 Vĩnh Phúc VP
3: 5 Thái Nguyên TNg, 6 Bắc Giang BG, 7 Quảng Ninh QN
4: 3 Hòa Bình HB, 4 Hà Nội HN, 5 Bắc Ninh BN, 6 Hải Dương HD, 7 Hải Phòng HP
5: 4 Hà Nam HNa, 5 Hưng Yên HY, 6 Thái Bình TB
6: 3 Thanh Hóa TH, 4 Ninh Bình NB, 5 Nam Định ND
7: 3 Nghệ An NA, 4 Hà Tĩnh HT
8: 4 Quảng Bình QB, 5 Quảng Trị QT
9: 5 Thừa Thiên Huế TTH, 6 Đà Nẵng DNa
10: 5 Quảng Nam QNa, 6 Quảng Ngãi QNg
11: 5 Kon Tum KT, 6 Bình Định BD
12: 5 Gia Lai GL, 6 Phú Yên PY
13: 4 Đắk Nông DNo, 5 Đắk Lắk DL, 6 Khánh Hòa KH
14: 3 Bình Phước BPh, 4 Đồng Nai DN, 5 Lâm Đồng LD, 6 Ninh Thuận NT
15: 2 Tây Ninh TN, 3 Bình Dương BDu, 4 Bà Rịa - Vũng Tàu VT, 5 Bình Thuận BTh
16: 1 An Giang AG, 2 Long An LA, 3 TP. Hồ Chí Minh HCM, 4 Tiền Giang TG
17: 1 Kiên Giang KG, 2 Đồng Tháp DT, 3 Vĩnh Long VL, 4 Bến Tre BTr
18: 1 Hậu Giang HGi, 2 Cần Thơ CT, 3 Trà Vinh TV
19: 1 Cà Mau CM, 2 Bạc Liêu BL, 3 Sóc Trăng ST
"""


def _read(text: str) -> list[Tile]:
    tiles = []
    for line in text.strip().splitlines():
        row, places = line.split(": ")
        for place in places.split(", "):
            column, *name, code = place.split()
            tiles.append(Tile(int(row), int(column), " ".join(name), code))
    return tiles


TILES = _read(_ROWS)
