"""The reorganisation of 1 July 2025, run from what the register knows."""

from datetime import UTC, date, datetime

import pytest

from lantoa.access.models import Mandate
from lantoa.access.vocabulary import Role
from lantoa.conferences.models import Venue
from lantoa.organisations import actions, consequences, queries
from lantoa.organisations.models import Body, BodySuccession, Change, ReportsTo
from lantoa.organisations.queries.reorganisations import plan_of
from lantoa.organisations.vocabulary import ChangeKind, Level
from tests.factories import MandateFactory
from tests.factories.conferences import ConferenceFactory, VenueFactory
from tests.organisations.reorganising import KEEPER, applied, draft, dump, taken_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

THE_DAY = date(2025, 7, 1)
AT = datetime(2026, 3, 10, 2, tzinfo=UTC)


def taken(row, **narrowed):
    return actions.take_known_successions(
        actor=KEEPER, reorganisation=row, at=AT, **narrowed
    )


def body(slug):
    return Body.objects.get(slug=slug)


def test_everything_that_the_register_knows_of_the_day_is_taken_over_once():
    row = draft(on=THE_DAY)
    known = BodySuccession.objects.filter(effective_on=THE_DAY).count()
    assert taken(row) == known
    assert taken(row) == 0
    kinds = set(Change.objects.values_list("kind", flat=True))
    assert ChangeKind.MERGER in kinds
    plan = plan_of(row)
    assert (plan.problems, plan.founded) == ([], [])
    assert len(plan.moves) == 52 * 5 + 696 * 2 + 22


def test_it_is_narrowed_to_a_level_and_a_province():
    row = draft(on=THE_DAY)
    lang_son = body("ubnd-20").territory
    taken(row, level=Level.COMMUNE, province=lang_son)
    olds = {change.old for change in Change.objects.select_related("old")}
    assert {each.territory.parent.code for each in olds} == {"183"}
    taken(row, province=lang_son)
    assert Change.objects.filter(old__slug="phong-tu-phap-183").exists()
    assert not Change.objects.filter(old__slug="ubnd-02").exists()


def test_the_country_goes_from_63_to_34_and_back_exactly():
    """People of old bodies go on with the takers; both maps stay true."""
    people = {
        slug: MandateFactory(body=body(slug), role=Role.OFFICER)
        for slug in ("ubnd-02", "ubnd-08", "phong-tu-phap-183", "ubnd-183", "ubnd-20")
    }
    coming = ConferenceFactory(invited=True)
    for place, slug in enumerate(("ubnd-02", "ubnd-08", "ubnd-20"), start=1):
        VenueFactory(conference=coming, body=body(slug), position=place, name=slug)
    row = draft(on=THE_DAY)
    taken(row)
    consequences.rebuild_derived(AT)
    before = dump()
    lines = ReportsTo.objects.count()

    applied(row, AT)

    assert ReportsTo.objects.count() == lines
    assert {
        slug: Mandate.objects.get(person=mandate.person, ends_on=None).body.slug
        for slug, mandate in people.items()
    } == {
        "ubnd-02": "ubnd-08-2025",
        "ubnd-08": "ubnd-08-2025",
        "phong-tu-phap-183": "so-tu-phap-20",
        "ubnd-183": "ubnd-20",
        "ubnd-20": "ubnd-20",
    }
    names = Venue.objects.filter(conference=coming).order_by("position")
    assert list(names.values_list("name", flat=True)) == ["Tuyên Quang", "ubnd-20"]
    old = list(Body.objects.filter(territory__level="province").values_list("pk"))
    assert (
        len(set(queries.province_on_map([pk for (pk,) in old], THE_DAY).values())) == 34
    )

    taken_back(row, AT)
    assert dump() == before


def test_a_preview_reads_as_much_however_much_moves(django_assert_max_num_queries):
    row = draft(on=THE_DAY)
    taken(row)
    for slug in ("ubnd-02", "ubnd-183", "ubnd-024"):
        MandateFactory(body=body(slug))
    with django_assert_max_num_queries(30):
        plan = plan_of(row)
        for each in consequences.registered():
            each.preview(plan.moves, plan.on)
