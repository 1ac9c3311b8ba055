from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from lantoa.journal.models import Entry
from lantoa.kernel.actor import ANONYMOUS, Actor, FixedReach, system_actor
from lantoa.kernel.refusal import NotPermitted
from lantoa.organisations import actions, queries
from lantoa.organisations.models import Body, ReportsTo, UnitName
from lantoa.organisations.vocabulary import (
    AlreadyEnded,
    BodyKind,
    DatesOverlap,
    EndsBeforeItBegins,
    Line,
    NotInBeing,
    ReportsInACircle,
    SeatRole,
    UnitKind,
)
from tests.factories import BodyFactory
from tests.factories.organisations import (
    CouncilFactory,
    CouncilSeatFactory,
    ProvinceFactory,
    ReportsToFactory,
    SuccessionFactory,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
DAY = date(2026, 1, 1)
KEEPER = system_actor("organisations.keep")


def keeper_of(*bodies):
    grants = {"organisations.keep": frozenset(body.pk for body in bodies)}
    return Actor(office="Quản trị", reach=FixedReach(grants), person_id=7)


def facts():
    return list(Entry.objects.order_by("pk").values_list("name", flat=True))


def test_a_body_is_entered_below_its_superior():
    above = BodyFactory()
    body = actions.enter_body(
        actor=keeper_of(above),
        kind=BodyKind.SUBUNIT,
        name="Vụ Pháp chế",
        superior=above,
        at=NOW,
    )
    assert (body.slug, body.folded) == ("vu-phap-che", "vu phap che")
    assert list(queries.superiors(body, DAY).values_list("superior", "line")) == [
        (above.pk, "territorial")
    ]
    assert facts() == ["organisations.body_entered", "organisations.superior_set"]


def test_two_bodies_of_one_name_get_slugs_of_their_own():
    slugs = [
        actions.enter_body(
            actor=KEEPER, kind=BodyKind.SUBUNIT, name="Vụ Pháp chế", at=NOW
        ).slug
        for _ in range(3)
    ]
    assert slugs == ["vu-phap-che", "vu-phap-che-2", "vu-phap-che-3"]


def test_only_the_keeper_of_everything_enters_a_body_without_superior():
    mine = BodyFactory()
    for actor in (ANONYMOUS, keeper_of(mine)):
        with pytest.raises(NotPermitted):
            actions.enter_body(actor=actor, kind=BodyKind.MINISTRY, name="Bộ", at=NOW)
    assert Body.objects.count() == 1


def test_a_new_superior_ends_the_line_before():
    line = ReportsToFactory()
    new = BodyFactory()
    actions.set_reports_to(
        actor=keeper_of(line.body, new),
        body=line.body,
        superior=new,
        line=Line.JUSTICE,
        valid_from=DAY,
        at=NOW,
    )
    rows = ReportsTo.objects.filter(body=line.body).order_by("pk")
    assert list(rows.values_list("superior", "valid_from", "valid_until")) == [
        (line.superior_id, None, DAY),
        (new.pk, DAY, None),
    ]


def test_nobody_stands_below_itself():
    low = ReportsToFactory()
    high = ReportsToFactory(body=low.superior)
    for body, superior in ((high.superior, low.body), (low.body, low.body)):
        with pytest.raises(ReportsInACircle):
            actions.set_reports_to(
                actor=KEEPER,
                body=body,
                superior=superior,
                line=Line.JUSTICE,
                valid_from=DAY,
                at=NOW,
            )


def test_a_line_joins_only_bodies_in_being_and_is_not_written_over():
    old = BodyFactory(valid_until=DAY)
    line = ReportsToFactory(valid_from=date(2026, 2, 1))
    for superior, refusal in ((old, NotInBeing), (BodyFactory(), DatesOverlap)):
        with pytest.raises(refusal):
            actions.set_reports_to(
                actor=KEEPER,
                body=line.body,
                superior=superior,
                line=Line.JUSTICE,
                valid_from=DAY,
                at=NOW,
            )


def test_a_line_ends_once_and_after_it_began():
    line = ReportsToFactory(valid_from=DAY)
    with pytest.raises(EndsBeforeItBegins):
        actions.end_reports_to(actor=KEEPER, row=line, valid_until=DAY, at=NOW)
    ended = actions.end_reports_to(
        actor=KEEPER, row=line, valid_until=date(2026, 3, 1), at=NOW
    )
    with pytest.raises(AlreadyEnded):
        actions.end_reports_to(
            actor=KEEPER, row=ended, valid_until=date(2026, 4, 1), at=NOW
        )
    assert facts() == ["organisations.superior_ended"]


def test_a_body_ends_with_its_lines_and_seats():
    line = ReportsToFactory()
    seat = CouncilSeatFactory(body=line.body)
    actions.end_body(
        actor=keeper_of(line.body),
        body=line.body,
        valid_until=DAY,
        basis="Quyết định",
        at=NOW,
    )
    for row in (line, seat, line.body):
        row.refresh_from_db()
        assert row.valid_until == DAY
    with pytest.raises(AlreadyEnded):
        actions.end_body(
            actor=KEEPER, body=line.body, valid_until=date(2027, 1, 1), basis="", at=NOW
        )


def test_a_renamed_body_goes_on_as_a_successor_with_lines_seats_and_councils():
    up, down = ReportsToFactory(), ReportsToFactory()
    ReportsTo.objects.filter(pk=down.pk).update(superior=up.body)
    seat = CouncilSeatFactory(body=up.body)
    council = CouncilFactory(standing_agency=up.body)

    new = actions.rename_body(
        actor=keeper_of(up.body),
        body=up.body,
        name="Cơ quan mới",
        on=DAY,
        basis="QĐ 1",
        at=NOW,
    )

    day_before = date(2025, 12, 31)
    assert [r.superior for r in queries.superiors(new, DAY)] == [up.superior]
    assert [r.body for r in queries.subordinates(new, DAY)] == [down.body]
    assert [r.superior for r in queries.superiors(up.body, day_before)] == [up.superior]
    assert [s.body for s in queries.seats(DAY).filter(council=seat.council)] == [new]
    council.refresh_from_db()
    assert council.standing_agency == new
    assert queries.predecessor_ids([new.pk]) == {up.body.pk}
    assert facts() == ["organisations.body_renamed"]


def test_a_renamed_council_keeps_its_seats():
    seat = CouncilSeatFactory(role=SeatRole.CHAIR)
    new = actions.rename_body(
        actor=KEEPER,
        body=seat.council.body,
        name="Hội đồng mới",
        on=DAY,
        basis="QĐ 1",
        at=NOW,
    )
    assert [s.office for s in queries.seats(DAY).filter(council=new.pk)] == [
        seat.office
    ]


def test_a_council_has_one_chair_at_a_time():
    council = CouncilFactory()
    seat = actions.seat_office(
        actor=keeper_of(council.body),
        council=council,
        role=SeatRole.CHAIR,
        body=BodyFactory(),
        office="Phó Chủ tịch Ủy ban nhân dân tỉnh",
        valid_from=DAY,
        at=NOW,
    )
    again = {
        "actor": KEEPER,
        "council": council,
        "role": SeatRole.CHAIR,
        "body": BodyFactory(),
        "office": "Chủ tịch",
        "at": NOW,
    }
    for since in (None, DAY, date(2026, 5, 1)):
        with pytest.raises(DatesOverlap):
            actions.seat_office(**again, valid_from=since)
    actions.vacate_seat(actor=KEEPER, seat=seat, valid_until=date(2026, 5, 1), at=NOW)
    actions.seat_office(**again, valid_from=date(2026, 5, 1))
    assert facts() == [
        "organisations.seat_filled",
        "organisations.seat_vacated",
        "organisations.seat_filled",
    ]


def test_a_unit_is_renamed_from_a_day_on():
    province = ProvinceFactory(name="Đồng Nai")
    actions.rename_unit(
        actor=KEEPER, unit=province, kind=UnitKind.CITY, name="Đồng Nai", on=DAY, at=NOW
    )
    for day, name in (
        (date(2025, 12, 31), "Tỉnh Đồng Nai"),
        (DAY, "Thành phố Đồng Nai"),
    ):
        assert queries.unit_named(province.pk, day).full_name == name
    with pytest.raises(EndsBeforeItBegins):
        actions.rename_unit(
            actor=KEEPER,
            unit=province,
            kind=UnitKind.PROVINCE,
            name="X",
            on=DAY,
            at=NOW,
        )
    with pytest.raises(NotPermitted):
        actions.rename_unit(
            actor=ANONYMOUS,
            unit=province,
            kind=UnitKind.PROVINCE,
            name="X",
            on=NOW.date(),
            at=NOW,
        )


DAYS = st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2000, 1, 20)))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(DAYS, DAYS), min_size=2, max_size=2))
def test_the_database_holds_names_apart_just_when_their_days_overlap(periods):
    """The constraint against the plain meaning of two half-open periods."""

    def days(begin, end):
        return {
            day
            for day in range(
                date(1999, 12, 1).toordinal(), date(2000, 2, 1).toordinal()
            )
            if (begin is None or begin.toordinal() <= day)
            and (end is None or day < end.toordinal())
        }

    (a, b), (c, d) = periods
    if not days(a, b) or not days(c, d):
        return
    province = ProvinceFactory()
    UnitName.objects.all().delete()
    refused = False
    try:
        with transaction.atomic():
            for begin, end in periods:
                UnitName.objects.create(
                    unit=province,
                    kind=UnitKind.PROVINCE,
                    name="A",
                    full_name="Tỉnh A",
                    valid_from=begin,
                    valid_until=end,
                )
    except IntegrityError:
        refused = True
    assert refused == bool(days(a, b) & days(c, d))


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 2), min_size=1, max_size=5))
def test_what_was_whole_on_the_way_is_whole_and_one_part_makes_all_a_part(steps):
    """A chain of mergers: 0 and 1 are whole, 2 is a part with the seat."""
    units = ProvinceFactory.create_batch(len(steps) + 1)
    for n, step in enumerate(steps):
        effective = date(2001 + n, 1, 1)
        units[n].valid_until = effective
        units[n].save()
        SuccessionFactory(
            old=units[n],
            new=units[n + 1],
            effective_on=effective,
            extent="part" if step == 2 else "whole",
            main_part=step == 2,
        )
    [(last, extent)] = queries.carried_to(units[0], date(2050, 1, 1)).items()
    assert last == units[-1]
    assert extent == ("part" if 2 in steps else "whole")


def test_a_diamond_of_mergers_ends():
    first, left, right, last = ProvinceFactory.create_batch(4)
    for unit, until in ((first, 2001), (left, 2002), (right, 2002)):
        unit.valid_until = date(until, 1, 1)
        unit.save()
    for old, new, year, main in (
        (first, left, 2001, True),
        (first, right, 2001, False),
    ):
        SuccessionFactory(
            old=old,
            new=new,
            effective_on=date(year, 1, 1),
            extent="part",
            main_part=main,
        )
    for old in (left, right):
        SuccessionFactory(old=old, new=last, effective_on=date(2002, 1, 1))
    assert queries.carried_to(first, date(2010, 1, 1)) == {last: "part"}


def test_below_ends_even_in_a_circle():
    """The database cannot forbid a circle; reading one must still end."""
    a, b = BodyFactory.create_batch(2)
    ReportsToFactory(body=a, superior=b)
    ReportsToFactory(body=b, superior=a)
    assert queries.below_ids([a.pk], Line.JUSTICE, DAY) == {a.pk, b.pk}
