from datetime import date

import pytest
from django.urls import reverse

from lantoa.organisations.models import Body, Succession, Unit
from tests.factories import BodyFactory
from tests.factories.organisations import (
    CouncilFactory,
    CouncilSeatFactory,
    DistrictFactory,
    ProvinceFactory,
    ReportsToFactory,
    SuccessionFactory,
)

THEN = "?ngay=2020-12-15"


@pytest.fixture
def get(client):
    def read(name, *args, query="", status=200, **headers):
        response = client.get(
            reverse(f"organisations:{name}", args=args) + query, headers=headers
        )
        assert response.status_code == status
        return response.content.decode()

    return read


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
class TestWithAllFacts:
    def test_the_front_page_shows_the_country_of_the_day(self, get):
        then, today = get("home", query=THEN), get("home", query="?ngay=2026-01-01")
        assert then.count('class="venue-tile ') == 63 + 2
        assert today.count('class="venue-tile ') == 34 + 2
        assert "Hoàng Sa (Đà Nẵng)" in then
        assert "Trường Sa (Khánh Hòa)" in today
        assert "Tỉnh Thừa Thiên Huế" in then
        assert "Bộ Thông tin và Truyền thông" in then
        assert "Bộ Thông tin và Truyền thông" not in today

    def test_an_earlier_day_says_which_tree_is_shown(self, get):
        words = "như tại ngày 30/6/2025"
        assert words in get("home", query=THEN)
        assert words not in get("home", query="?ngay=2025-06-30")
        assert words not in get("home", query="?ngay=2026-01-01")

    def test_a_branch_is_fetched_when_opened(self, get):
        lang_son = Unit.objects.get(level="province", code="20")
        branch = get("children", lang_son.pk, query=THEN, hx_request="true")
        assert branch.count("hx-get=") == 11
        assert "<html" not in branch
        today = get(
            "children", lang_son.pk, query="?ngay=2026-01-01", hx_request="true"
        )
        assert (today.count("<li>"), today.count("hx-get=")) == (65, 0)

    def test_search_says_where_a_unit_lies(self, get):
        page = get("search", query=f"{THEN}&q=cao+loc")
        assert "Thị trấn Cao Lộc" in page
        assert "Huyện Cao Lộc, Tỉnh Lạng Sơn" in page
        assert "Không tìm thấy" in get("search", query="?q=khong-co-ten-nay")

    def test_an_abolished_district_shows_its_last_day_and_what_is_there_now(self, get):
        cao_loc = Unit.objects.get(level="district", code="183")
        page = get("unit", cao_loc.pk, query="?ngay=2026-01-01")
        assert "tại ngày cuối cùng, 30/6/2025" in page
        assert "Xã Đồng Đăng" in page
        assert "Thị trấn Đồng Đăng" in page
        assert "Phòng Tư pháp huyện Cao Lộc" in page

    def test_a_divided_commune_tells_its_parts(self, get):
        move = Succession.objects.filter(main_part=True).order_by("pk").first()
        page = get("unit", move.old_id)
        assert "Một phần" in page
        assert "(phần đặt trụ sở)" in page

    def test_a_merged_province_tells_what_it_was(self, get):
        page = get(
            "unit",
            Unit.objects.get(
                level="province", code="08", valid_from=date(2025, 7, 1)
            ).pk,
        )
        assert "Hình thành từ" in page
        assert "Tỉnh Hà Giang" in page
        assert "202/2025/QH15" in page

    def test_a_council_shows_offices_and_what_is_not_recorded(self, get):
        central = get("body", Body.objects.get(slug="hdph-trung-uong").pk, query=THEN)
        assert "Thứ trưởng Bộ Tư pháp" in central
        assert "chưa ghi nhận" in central
        lang_son = get("body", Body.objects.get(slug="hdph-20").pk, query=THEN)
        assert "Thành viên: chưa ghi nhận." in lang_son
        assert "Sở Tư pháp tỉnh Lạng Sơn" in lang_son

    def test_the_councils_of_a_day_stand_by_level(self, get):
        then, today = (
            get("councils", query=THEN),
            get("councils", query="?ngay=2026-01-01"),
        )
        assert [
            then.count(f'id="{level}-title"')
            for level in ("central", "ministry", "province", "district")
        ] == [1] * 4
        assert 'id="district-title"' not in today
        assert "HĐPH PBGDPL huyện Cao Lộc" in then


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "?ngay=",
        "?ngay=2020-13-45",
        "?ngay=%3Cscript%3E",
        "?ngay=0001-01-01",
        "?ngay=9999-12-31",
    ],
)
def test_any_day_may_be_asked_for(get, query):
    unit = ProvinceFactory(valid_from=date(2025, 7, 1))
    for name, args in (
        ("home", []),
        ("councils", []),
        ("search", []),
        ("unit", [unit.pk]),
    ):
        get(name, *args, query=query)


@pytest.mark.django_db
def test_what_does_not_exist_is_not_found(get):
    for name in ("unit", "body", "children"):
        get(name, 999_999, status=404)


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
class TestQueriesStayFew:
    def test_of_the_front_page(self, get, rows, django_assert_num_queries):
        ProvinceFactory.create_batch(rows)
        BodyFactory.create_batch(rows)
        with django_assert_num_queries(4):
            get("home")

    def test_of_a_branch(self, get, rows, django_assert_num_queries):
        province = ProvinceFactory()
        DistrictFactory.create_batch(rows, parent=province)
        with django_assert_num_queries(2):
            get("children", province.pk)

    def test_of_a_search(self, get, rows, django_assert_num_queries):
        for _ in range(rows):
            DistrictFactory(name="Cao Lộc")
        BodyFactory.create_batch(rows, name="Cao Lộc")
        with django_assert_num_queries(3):
            assert get("search", query="?q=cao+loc").count("Huyện Cao Lộc") == rows

    def test_of_a_unit(self, get, rows, django_assert_num_queries):
        province = ProvinceFactory()
        SuccessionFactory.create_batch(rows, new=province)
        DistrictFactory.create_batch(rows, parent=province)
        BodyFactory.create_batch(rows, territory=province)
        with django_assert_num_queries(9):
            get("unit", province.pk)

    def test_of_a_body(self, get, rows, django_assert_num_queries):
        body = BodyFactory(territory=ProvinceFactory())
        ReportsToFactory.create_batch(rows, superior=body)
        CouncilSeatFactory.create_batch(rows, body=body)
        with django_assert_num_queries(8):
            get("body", body.pk)

    def test_of_the_councils(self, get, rows, django_assert_num_queries):
        for _ in range(rows):
            council = CouncilFactory(standing_agency=BodyFactory())
            CouncilSeatFactory.create_batch(rows, council=council)
        with django_assert_num_queries(2):
            get("councils")
