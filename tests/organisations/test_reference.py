from collections import Counter
from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from lantoa.journal.models import Entry
from lantoa.kernel.actor import ANONYMOUS, system_actor
from lantoa.kernel.refusal import NotPermitted
from lantoa.kernel.text import vietnamese_key
from lantoa.organisations import actions, queries
from lantoa.organisations.models import (
    Body,
    BodySuccession,
    Council,
    ReportsTo,
    Succession,
    Unit,
    UnitName,
    valid_on,
)
from lantoa.organisations.vocabulary import (
    BodyKind,
    BodyRule,
    Extent,
    Level,
    Line,
    UnitKind,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

THE_DAY = date(2020, 12, 15)
LAST_OF_OLD = date(2025, 6, 30)
FIRST_OF_NEW = date(2025, 7, 1)
KEEPER = system_actor("organisations.keep")


def unit(code, on=THE_DAY, level=Level.PROVINCE):
    return queries.units_at(on, level).get(code=code)


@pytest.mark.parametrize(
    ("on", "counts"),
    [
        (THE_DAY, {"province": 63, "district": 696, "commune": 10_035}),
        (LAST_OF_OLD, {"province": 63, "district": 696, "commune": 10_035}),
        (FIRST_OF_NEW, {"province": 34, "commune": 3_321}),
    ],
)
def test_each_day_has_its_tree(on, counts):
    assert Counter(queries.units_at(on).values_list("level", flat=True)) == counts


def test_every_unit_has_just_one_name_on_each_day():
    for on in (THE_DAY, FIRST_OF_NEW):
        names = queries.units_at(on).values_list("full_name", flat=True)
        assert len(names) == Unit.objects.on(on).count()
        assert None not in names


def test_every_unit_lies_in_a_unit_of_its_own_time():
    for on in (THE_DAY, FIRST_OF_NEW):
        lost = (
            Unit.objects.on(on)
            .exclude(level="province")
            .exclude(valid_on(on, "parent"))
        )
        assert list(lost) == []


def test_hue_was_a_province_until_the_end_of_2024():
    names = {
        on: unit("46", on).full_name
        for on in (THE_DAY, date(2024, 12, 31), date(2025, 1, 1))
    }
    assert list(names.values()) == ["Tỉnh Thừa Thiên Huế"] * 2 + ["Thành phố Huế"]


def test_eleven_provinces_last_and_the_others_become_23():
    both = set(queries.province_list(THE_DAY)) & set(
        queries.province_list(FIRST_OF_NEW)
    )
    moves = Succession.objects.filter(old__level="province")
    assert len(both) == 11
    assert (moves.count(), len(set(moves.values_list("new", flat=True)))) == (52, 23)


def test_every_old_province_and_commune_is_found_on_the_new_map():
    """What the table says, set against the trees: nothing is lost, nothing comes from nowhere."""
    for level in (Level.PROVINCE, Level.COMMUNE):
        old = set(queries.units_at(LAST_OF_OLD, level).values_list("pk", flat=True))
        new = set(queries.units_at(FIRST_OF_NEW, level).values_list("pk", flat=True))
        lasting = old & new
        moves = Succession.objects.filter(new__level=level)
        assert (
            set(moves.filter(old__level=level).values_list("old", flat=True))
            == old - lasting
        )
        assert set(moves.values_list("new", flat=True)) == new - lasting


def test_471_communes_were_divided_each_with_one_main_part():
    parts = Succession.objects.filter(extent=Extent.PART)
    assert parts.count() == 1033
    assert len(set(parts.values_list("old", flat=True))) == 471
    assert parts.filter(main_part=True).count() == 471


def test_an_island_district_became_a_special_zone():
    [move] = queries.successors(unit("498", level=Level.DISTRICT))
    assert (move.extent, move.new.names.get().full_name) == (
        "whole",
        "Đặc khu Hoàng Sa",
    )


def test_a_merged_province_is_carried_to_the_new_one_and_a_lasting_one_to_itself():
    ha_giang, lang_son = unit("02"), unit("20")
    [(tuyen_quang, extent)] = queries.carried_to(ha_giang, FIRST_OF_NEW).items()
    assert (tuyen_quang.code, extent) == ("08", "whole")
    assert queries.carried_to(lang_son, FIRST_OF_NEW) == {lang_son: Extent.WHOLE}


@settings(deadline=None, max_examples=25)
@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_on_any_day_there_are_as_many_provinces_as_tiles_and_committees(on):
    provinces = list(queries.province_list(on))
    tiles = [tile for tile in queries.tile_map(on).tiles if not tile.is_archipelago]
    ruled = queries.bodies_by_rule(BodyRule.PROVINCES, on)
    assert len(provinces) == (63 if on < FIRST_OF_NEW else 34)
    assert {tile.unit_id for tile in tiles} == {each.pk for each in provinces}
    assert [each.unit for each in ruled] == provinces
    assert all(each.body.holds_on(on) for each in ruled)


def test_the_committees_of_2020_bear_the_names_of_2020():
    names = {
        each.unit.code: each.body.name
        for each in queries.bodies_by_rule(BodyRule.PROVINCES, THE_DAY)
    }
    assert [names[code] for code in ("01", "20", "46", "79")] == [
        "Ủy ban nhân dân thành phố Hà Nội",
        "Ủy ban nhân dân tỉnh Lạng Sơn",
        "Ủy ban nhân dân tỉnh Thừa Thiên Huế",
        "Ủy ban nhân dân Thành phố Hồ Chí Minh",
    ]


@pytest.mark.parametrize(
    ("on", "ministries", "agencies"),
    [(THE_DAY, 18, 4), (date(2025, 2, 28), 18, 4), (date(2025, 3, 1), 14, 3)],
)
def test_the_government_of_each_day(on, ministries, agencies):
    kinds = Counter(
        each.body.kind for each in queries.bodies_by_rule(BodyRule.MINISTRIES, on)
    )
    assert kinds == {"ministry": ministries, "ministerial_agency": agencies}


def test_each_province_has_its_five_bodies_and_a_council_served_by_justice():
    for on, provinces in ((THE_DAY, 63), (FIRST_OF_NEW, 34)):
        local = Body.objects.on(on).filter(territory__level="province")
        assert Counter(local.values_list("kind", flat=True)) == dict.fromkeys(
            [
                "peoples_committee",
                "peoples_council",
                "department",
                "front_committee",
                "council",
            ],
            provinces,
        )
        councils = Council.objects.filter(valid_on(on, "body"), level="province")
        assert set(councils.values_list("standing_agency__kind", flat=True)) == {
            "department"
        }
        assert councils.count() == provinces


def test_provincial_bodies_follow_their_provinces():
    old = Body.objects.get(slug="so-tu-phap-02")
    [move] = queries.body_successors(old)
    assert (move.new.name, move.effective_on) == (
        "Sở Tư pháp tỉnh Tuyên Quang",
        FIRST_OF_NEW,
    )
    ended = Body.objects.filter(valid_until=FIRST_OF_NEW, territory__level="province")
    assert set(ended) == {m.old for m in BodySuccession.objects.filter(old__in=ended)}


def test_the_justice_line_of_2020_reaches_the_communes_of_cao_loc():
    ministry = Body.objects.get(slug="bo-tu-phap")
    below = queries.below(ministry, Line.JUSTICE, THE_DAY)
    assert Counter(below.values_list("kind", flat=True)) == {
        "department": 63,
        "office": 696,
        "peoples_committee": 22,
    }
    today = queries.below(ministry, Line.JUSTICE, FIRST_OF_NEW)
    assert Counter(today.values_list("kind", flat=True)) == {
        "department": 34,
        "peoples_committee": 3_321,
    }


def test_the_territorial_line_reaches_every_committee_of_each_era():
    government = Body.objects.get(slug="chinh-phu")
    for on, committees in ((THE_DAY, 63 + 696 + 22), (FIRST_OF_NEW, 34 + 3_321)):
        below = queries.below(government, Line.TERRITORIAL, on)
        assert below.filter(kind=BodyKind.PEOPLES_COMMITTEE).count() == committees


def test_the_districts_of_hue_changed_their_superior_with_its_name():
    office = Body.objects.get(slug="ubnd-474")
    names = {
        on: queries.superiors(office, on).get(line="territorial").superior.name
        for on in (date(2024, 12, 31), date(2025, 1, 1), LAST_OF_OLD)
    }
    assert list(names.values()) == [
        "Ủy ban nhân dân tỉnh Thừa Thiên Huế",
        "Ủy ban nhân dân thành phố Huế",
        "Ủy ban nhân dân thành phố Huế",
    ]
    assert list(queries.superiors(office, FIRST_OF_NEW)) == []


def test_a_districts_work_goes_to_its_province_and_an_islands_to_its_special_zone():
    became = {
        move.old.slug: (move.new.slug, move.extent)
        for move in BodySuccession.objects.select_related("old", "new")
    }
    assert became["ubnd-183"] == ("ubnd-20", "whole")
    assert became["phong-tu-phap-183"] == ("so-tu-phap-20", "whole")
    assert became["ubnd-024"] == ("ubnd-08-2025", "whole")  # Hà Giang's capital
    assert became["ubnd-498"] == ("ubnd-20333-2025", "whole")
    assert became["phong-tu-phap-498"] == ("so-tu-phap-48-2025", "whole")


def test_every_ended_committee_and_justice_office_has_one_taker_in_being():
    ended = Body.objects.filter(
        valid_until=FIRST_OF_NEW,
        kind__in=[BodyKind.PEOPLES_COMMITTEE, BodyKind.OFFICE, BodyKind.DEPARTMENT],
    )
    ids = list(ended.values_list("pk", flat=True))
    takers = queries.current_holder(ids, FIRST_OF_NEW)
    assert len(ids) == 52 + 696 + 22 + 696 + 52
    assert takers.keys() == set(ids)
    assert all(taker.holds_on(FIRST_OF_NEW) for taker in takers.values())


def test_the_holder_of_work_is_found_in_one_statement(django_assert_num_queries):
    slugs = ["so-tu-phap-02", "so-tu-phap-20", "ubnd-46", "bo-ke-hoach-va-dau-tu"]
    ids = {Body.objects.get(slug=slug).pk: slug for slug in slugs}
    with django_assert_num_queries(1):
        found = queries.current_holder(ids, date(2026, 1, 1))
    assert {ids[old]: new.slug for old, new in found.items()} == {
        "so-tu-phap-02": "so-tu-phap-08-2025",
        "so-tu-phap-20": "so-tu-phap-20",
        "ubnd-46": "ubnd-46-2025",
        "bo-ke-hoach-va-dau-tu": "bo-tai-chinh",
    }
    assert set(queries.current_holder(ids, THE_DAY)) == set(ids)


def test_both_maps_hold_every_old_body_of_a_territory(django_assert_num_queries):
    local = Body.objects.on(THE_DAY).exclude(territory=None)
    old = list(local.values_list("pk", flat=True))
    for on, provinces in ((THE_DAY, 63), (FIRST_OF_NEW, 34)):
        with django_assert_num_queries(1):
            held = queries.province_on_map(old, on)
        on_map = {tile.unit_id for tile in queries.tile_map(on).tiles}
        assert held.keys() == set(old)
        assert set(held.values()) == on_map
        assert len(on_map) == provinces
    cao_loc = Body.objects.get(slug="phong-tu-phap-183")
    assert queries.province_on_map([cao_loc.pk], FIRST_OF_NEW) == {
        cao_loc.pk: unit("20").pk
    }


def test_what_is_below_comes_alike_as_rows_and_as_ids():
    ministry = Body.objects.get(slug="bo-tu-phap")
    rows = queries.below(ministry, Line.JUSTICE, THE_DAY)
    assert queries.below_ids([ministry.pk], Line.JUSTICE, THE_DAY) == {
        b.pk for b in rows
    }


def test_a_successor_knows_all_whose_work_came_to_it():
    tuyen_quang = Body.objects.get(slug="ubnd-08-2025")
    before = Body.objects.filter(pk__in=queries.predecessor_ids([tuyen_quang.pk]))
    provinces = before.filter(territory__level=Level.PROVINCE)
    assert {body.slug for body in provinces} == {"ubnd-02", "ubnd-08"}
    assert before.count() == 2 + 11 + 7  # with the districts of both


def test_no_line_outlives_the_bodies_it_joins():
    for row in ReportsTo.objects.select_related("body", "superior"):
        for body in (row.body, row.superior):
            assert (body.valid_from or date.min) <= (row.valid_from or date.min)
            assert (row.valid_until or date.max) <= (body.valid_until or date.max)


def test_the_central_council_of_2020_and_of_today():
    offices = {
        on: {
            seat.role: seat.office
            for seat in queries.seats(on).filter(council__body__slug="hdph-trung-uong")
            if seat.role in {"chair", "standing_vice_chair"}
        }
        for on in (THE_DAY, date(2026, 1, 1))
    }
    assert offices == {
        THE_DAY: {
            "chair": "Phó Thủ tướng Chính phủ",
            "standing_vice_chair": "Thứ trưởng Bộ Tư pháp",
        },
        date(2026, 1, 1): {
            "chair": "Phó Thủ tướng Chính phủ",
            "standing_vice_chair": "Bộ trưởng Bộ Tư pháp",
        },
    }


def test_the_stored_order_is_that_of_the_dictionary():
    stored = list(
        queries.province_list(THE_DAY)
        .order_by("sort_key")
        .values_list("name", flat=True)
    )
    assert stored == sorted(stored, key=vietnamese_key)
    assert stored[:4] == ["An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang"]


def test_wards_named_by_number_stand_in_the_order_of_numbers():
    first = unit("760", level=Level.DISTRICT)  # Quận 1 has names, Quận 4 numbers
    names = [
        each.name
        for each in queries.children(unit("773", level=Level.DISTRICT), THE_DAY)
    ]
    assert first.full_name == "Quận 1"
    numbers = [int(name) for name in names if name.isdigit()]
    assert numbers == sorted(numbers)
    assert len(numbers) > 3


def test_loading_again_changes_nothing_and_keeps_what_was_entered_since():
    actions.rename_unit(
        actor=KEEPER,
        unit=unit("75", FIRST_OF_NEW),
        kind=UnitKind.CITY,
        name="Đồng Nai",
        on=date(2026, 5, 1),
        at=timezone.now(),
    )
    before = Entry.objects.count()
    actions.load_reference(actor=KEEPER, at=timezone.now())
    assert Entry.objects.count() == before
    assert (
        UnitName.objects.filter(unit__code="75", unit__valid_from=FIRST_OF_NEW).count()
        == 2
    )


def test_each_batch_leaves_one_fact_with_its_counts():
    facts = Entry.objects.filter(name="organisations.reference_entered")
    counts = {fact.payload["source"]: fact.payload["counts"] for fact in facts}
    assert len(facts) == len(counts) == 7
    assert counts["units_to_2025-06-30"] == {
        "province": 63,
        "district": 696,
        "commune": 10_035,
    }
    assert counts["succession_2025-07-01"] == {"whole": 9621, "part": 1033}


def test_only_who_keeps_the_register_may_load_it():
    with pytest.raises(NotPermitted):
        actions.load_reference(actor=ANONYMOUS, at=timezone.now())


def test_bodies_of_lang_son_are_there_for_the_demo():
    offices = Body.objects.on(THE_DAY).filter(
        kind=BodyKind.OFFICE, territory__parent__code="20"
    )
    assert offices.count() == 11
    assert offices.get(slug="phong-tu-phap-183").name == "Phòng Tư pháp huyện Cao Lộc"
    assert (
        offices.get(slug="phong-tu-phap-178").name == "Phòng Tư pháp thành phố Lạng Sơn"
    )
