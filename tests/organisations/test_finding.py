from datetime import date

import pytest

from lantoa.organisations import queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

THE_DAY = date(2020, 12, 15)
TODAY = date(2026, 11, 1)


def names(found):
    return [unit.full_name for unit in found.units], [
        body.name for body in found.bodies
    ]


@pytest.mark.parametrize("text", ["cao loc", "Cao Lộc", "CAO LỘC", "  cao   lộc "])
def test_cao_loc_is_found_with_and_without_diacritics(text):
    assert names(queries.search(text, THE_DAY)) == (
        ["Huyện Cao Lộc", "Thị trấn Cao Lộc"],
        [
            "Phòng Tư pháp huyện Cao Lộc",
            "Ủy ban nhân dân huyện Cao Lộc",
            "Ủy ban nhân dân thị trấn Cao Lộc",
            "Hội đồng phối hợp phổ biến, giáo dục pháp luật huyện Cao Lộc",
        ],
    )


@pytest.mark.parametrize("text", ["lang son", "Lạng Sơn", "tỉnh lạng sơn"])
def test_the_province_stands_before_everything_that_is_like_it(text):
    found = queries.search(text, THE_DAY)
    assert found.units[0].full_name == "Tỉnh Lạng Sơn"


def test_what_is_typed_with_diacritics_stands_before_what_is_not_written_so():
    """Hà Giang and Hạ Giang fold alike; the one typed comes first."""
    found = queries.search("Phường Hà Giang 1", TODAY)
    assert found.units[0].full_name == "Phường Hà Giang 1"
    spelled = [unit.full_name for unit in queries.search("xã tân lập", THE_DAY).units]
    exact = [name.lower() == "xã tân lập" for name in spelled]
    assert exact[0]
    assert exact == sorted(exact, reverse=True)


def test_a_name_is_found_only_on_its_days():
    assert names(queries.search("huyện cao lộc", TODAY))[0] == []
    assert names(queries.search("thừa thiên huế", THE_DAY))[0] == [
        "Tỉnh Thừa Thiên Huế"
    ]
    assert names(queries.search("tỉnh thừa thiên huế", TODAY))[0] == []


def test_bodies_are_found_by_their_short_names():
    found = queries.search("vtv", THE_DAY)
    assert names(found)[1] == ["Đài Truyền hình Việt Nam"]


@pytest.mark.parametrize("text", ["", "   ", "không có tên này đâu"])
def test_nothing_is_found_for_nothing(text):
    assert names(queries.search(text, THE_DAY)) == ([], [])


def test_a_sign_of_like_is_only_a_sign():
    assert names(queries.search("%", THE_DAY)) == ([], [])


def test_a_long_list_is_cut_and_says_so():
    found = queries.search("xã", TODAY)
    assert (len(found.units), found.more) == (40, True)


PASTED = """
1. Hà Nội
2) TP. Hồ Chí Minh
 - Thừa Thiên - Huế
• BR-VT
lang son
UBND tỉnh Cao Bằng
Sở Tư pháp tỉnh Lạng Sơn; Phòng Tư pháp huyện Cao Lộc
Bộ Văn hóa, Thể thao và Du lịch
VCCI
bo nong nghiep va phat trien nong thon
Tỉnh Không Có
"""


def test_a_pasted_list_is_read_as_bodies():
    read = queries.parse_pasted_names(PASTED, THE_DAY)
    assert [(each.line, each.body and each.body.slug) for each in read] == [
        ("Hà Nội", "ubnd-01"),
        ("TP. Hồ Chí Minh", "ubnd-79"),
        ("Thừa Thiên - Huế", "ubnd-46"),
        ("BR-VT", "ubnd-77"),
        ("lang son", "ubnd-20"),
        ("UBND tỉnh Cao Bằng", "ubnd-04"),
        ("Sở Tư pháp tỉnh Lạng Sơn", "so-tu-phap-20"),
        ("Phòng Tư pháp huyện Cao Lộc", "phong-tu-phap-183"),
        ("Bộ Văn hóa, Thể thao và Du lịch", "bo-van-hoa-the-thao-va-du-lich"),
        ("VCCI", "phong-thuong-mai-va-cong-nghiep"),
        (
            "bo nong nghiep va phat trien nong thon",
            "bo-nong-nghiep-va-phat-trien-nong-thon",
        ),
        ("Tỉnh Không Có", None),
    ]
    assert [each.unit.full_name for each in read if each.unit][:3] == [
        "Thành phố Hà Nội",
        "Thành phố Hồ Chí Minh",
        "Tỉnh Thừa Thiên Huế",
    ]


@pytest.mark.parametrize(("on", "count"), [(THE_DAY, 63), (TODAY, 34)])
@pytest.mark.parametrize("bare", [True, False])
def test_all_provinces_may_be_pasted_bare_or_in_full(on, count, bare):
    listed = [
        unit.name if bare else unit.full_name for unit in queries.province_list(on)
    ]
    read = queries.parse_pasted_names("\n".join(listed), on)
    assert len({each.body for each in read}) == count
    assert all(each.body for each in read)


def test_two_bodies_of_one_name_make_a_line_ambiguous():
    from tests.factories import BodyFactory

    BodyFactory(name="Trường Chính trị", slug="truong-1")
    BodyFactory(name="Trường Chính Trị", slug="truong-2")
    BodyFactory(name="Truông Chinh Tri", slug="truong-3")
    [one] = queries.parse_pasted_names("truong chinh tri", TODAY)
    assert (one.body, one.ambiguous, len(one.candidates)) == (None, True, 3)
    [typed] = queries.parse_pasted_names("truông chinh tri", TODAY)
    assert typed.body.slug == "truong-3"


def test_reading_a_list_costs_the_same_however_long(django_assert_num_queries):
    for lines in (1, 63):
        text = "\n".join(["Lạng Sơn"] * lines)
        with django_assert_num_queries(3):
            assert len(queries.parse_pasted_names(text, THE_DAY)) == lines
