from datetime import date

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from lantoa.access.models import Mandate, Reach
from lantoa.access.reach import actor_under
from lantoa.access.vocabulary import Role
from lantoa.conferences.models import Delegate, Delegation, Venue
from lantoa.journal.models import Entry
from lantoa.kernel.actor import ANONYMOUS, system_actor
from lantoa.kernel.refusal import NotPermitted, Refused
from lantoa.notices.actions import SEND, notify
from lantoa.notices.models import Notice
from lantoa.notices.vocabulary import Holders
from lantoa.organisations import actions, consequences, queries
from lantoa.organisations.models import (
    Body,
    BodySuccession,
    Change,
    Council,
    CouncilSeat,
    Reorganisation,
    ReportsTo,
)
from lantoa.organisations.queries.reorganisations import plan_of
from lantoa.organisations.vocabulary import (
    AppliedAlready,
    BodyKind,
    CannotApply,
    ChangeKind,
    ChangeSaidAlready,
    Extent,
    Line,
    NotApplied,
    NothingToApply,
    ReorganisationState,
    ReportsInACircle,
)
from tests.factories import (
    BodyFactory,
    MandateFactory,
    actor_as,
    actor_with,
    below,
)
from tests.factories.conferences import ConferenceFactory, ItemFactory, VenueFactory
from tests.factories.organisations import CouncilFactory, CouncilSeatFactory
from tests.factories.racing import race
from tests.organisations.reorganising import (
    AT,
    DAY,
    KEEPER,
    applied,
    draft,
    dump,
    passing,
    taken_back,
)

pytestmark = pytest.mark.django_db

THE_EVE = date(2026, 2, 28)


def founding(name="Sở Tư pháp mới", **given):
    return actions.Founding(kind=BodyKind.DEPARTMENT, name=name, **given)


def test_a_merger_ends_the_old_and_its_lines_go_on_with_the_new():
    ministry = BodyFactory()
    one, two = below(ministry), below(ministry)
    village = below(two)
    row = draft()
    passing(row, [one, two], founding=founding())

    applied(row)

    new = Body.objects.get(name="Sở Tư pháp mới")
    assert (new.slug, new.valid_from) == ("so-tu-phap-moi", DAY)
    assert set(Body.objects.filter(valid_until=DAY)) == {one, two}
    assert {(s.old, s.new, s.extent) for s in BodySuccession.objects.all()} == {
        (one, new, "whole"),
        (two, new, "whole"),
    }
    up = queries.superiors(new, DAY)
    assert [line.superior for line in up] == [ministry]
    assert [line.superior for line in queries.superiors(village, DAY)] == [new]
    assert [line.superior for line in queries.superiors(village, THE_EVE)] == [two]
    assert queries.current_holder([one.pk, two.pk], DAY) == {one.pk: new, two.pk: new}


def test_a_split_without_a_main_part_leaves_the_old_body_as_it_is():
    old, part = BodyFactory.create_batch(2)
    row = draft()
    passing(row, [old], part, ChangeKind.SPLIT, extent=Extent.PART)
    plan = plan_of(row)
    assert (plan.moves.old_ids, len(plan.warnings)) == ([], 1)

    applied(row)

    assert Body.objects.get(pk=old.pk).valid_until is None
    assert BodySuccession.objects.get().extent == "part"


def test_a_move_gives_a_body_another_superior_in_one_line():
    old, new = BodyFactory.create_batch(2)
    body = below(old)
    ReportsTo.objects.create(body=body, superior=old, line=Line.JUSTICE)
    row = draft()
    actions.enter_move(
        actor=KEEPER,
        reorganisation=row,
        body=body,
        superior=new,
        line=Line.JUSTICE,
        at=AT,
    )

    applied(row)

    assert dict(queries.superiors(body, DAY).values_list("line", "superior")) == {
        "justice": new.pk,
        "territorial": old.pk,
    }


def test_seats_and_councils_go_on_with_who_takes_over():
    council = CouncilFactory()
    agency, member = BodyFactory.create_batch(2)
    Council.objects.filter(pk=council.pk).update(standing_agency=agency)
    CouncilSeatFactory(council=council, body=member, office="Phó Chủ tịch")
    row = draft()
    passing(row, [agency, member], founding=founding())

    applied(row)

    new = Body.objects.get(slug="so-tu-phap-moi")
    assert Council.objects.get(pk=council.pk).standing_agency == new
    assert list(
        CouncilSeat.objects.order_by("pk").values_list(
            "body", "office", "valid_from", "valid_until"
        )
    ) == [
        (member.pk, "Phó Chủ tịch", None, DAY),
        (new.pk, "Phó Chủ tịch", DAY, None),
    ]


HELPS = "Chuyên viên giúp UBND xã A B"


def test_an_office_that_names_its_body_names_the_taker():
    old = BodyFactory(name="Ủy ban nhân dân thị trấn A", short_name="UBND thị trấn A")
    new = BodyFactory(name="Ủy ban nhân dân xã A B", short_name="UBND xã A B")
    for office in (
        "Công chức UBND thị trấn A",
        f"Chủ tịch {old.name}",
        "Văn thư",
        HELPS,
    ):
        MandateFactory(body=old, office=office)
    row = draft()
    passing(row, [old], new)

    applied(row)

    assert sorted(
        Mandate.objects.filter(body=new).values_list("office", flat=True)
    ) == [
        "Chuyên viên giúp UBND xã A B",
        "Chủ tịch Ủy ban nhân dân xã A B",
        "Công chức UBND xã A B",
        "Văn thư",
    ]


def test_the_same_person_goes_on_in_the_same_role_at_the_taker():
    old, new = BodyFactory.create_batch(2)
    mandate = MandateFactory(body=old, role=Role.OFFICER, office="Chuyên viên")
    over = MandateFactory(body=old, ends_on=date(2026, 1, 31))
    row = draft()
    passing(row, [old], new)

    applied(row)

    mandate.refresh_from_db()
    [passed] = Mandate.objects.filter(body=new)
    assert mandate.ends_on == THE_EVE
    assert (passed.person, passed.role, passed.office, passed.starts_on) == (
        mandate.person,
        Role.OFFICER,
        "Chuyên viên",
        DAY,
    )
    assert list(Mandate.objects.filter(person=over.person)) == [over]
    reach = actor_under(passed).reach
    assert reach.covers("tasks.receive", new.pk)
    assert reach.covers("tasks.read", old.pk)


def test_a_mandate_of_later_than_the_day_never_came_into_force_at_the_old_body():
    old, new = BodyFactory.create_batch(2)
    mandate = MandateFactory(body=old, starts_on=date(2026, 3, 5))
    row = draft()
    passing(row, [old], new)
    before = dump()

    applied(row)
    mandate.refresh_from_db()
    assert (mandate.starts_on, mandate.ends_on) == (THE_EVE, THE_EVE)
    assert Mandate.objects.get(body=new).starts_on == date(2026, 3, 5)

    taken_back(row)
    assert dump() == before


def test_the_last_administrator_goes_on_too():
    old, new = BodyFactory.create_batch(2)
    actor = actor_as(Role.ADMINISTRATOR, old)
    row = draft()
    passing(row, [old], new)
    actions.apply_reorganisation(actor=actor, reorganisation=row, at=AT)
    [administrator] = Mandate.objects.filter(role=Role.ADMINISTRATOR, body=new)
    assert administrator.person_id == actor.person_id


def test_venues_of_conferences_to_come_pass_and_two_of_one_body_become_one():
    one, two, taker = BodyFactory.create_batch(3)
    coming, held = ConferenceFactory(invited=True), ConferenceFactory(closed=True)
    first = VenueFactory(conference=coming, body=one, position=1, expected=20)
    second = VenueFactory(conference=coming, body=two, position=2, expected=15)
    other = VenueFactory(conference=coming, position=3)
    Delegation.objects.create(venue=second, body=other.body, headcount=3)
    Delegation.objects.create(venue=other, body=two, headcount=4)
    old = VenueFactory(conference=held, body=one)
    row = draft()
    passing(row, [one, two], taker)

    applied(row)

    rows = Venue.objects.filter(conference=coming).order_by("position")
    assert list(rows.values_list("pk", "body", "expected")) == [
        (first.pk, taker.pk, 35),
        (other.pk, other.body_id, other.expected),
    ]
    assert set(Delegation.objects.values_list("venue", "body", "headcount")) == {
        (first.pk, other.body_id, 3),
        (other.pk, taker.pk, 4),
    }
    assert Venue.objects.get(pk=old.pk).body == one


def test_the_people_and_the_part_of_a_withdrawn_venue_go_to_the_one_that_stays():
    one, two, taker = BodyFactory.create_batch(3)
    coming = ConferenceFactory(invited=True, host=one)
    gone = VenueFactory(conference=coming, body=one, position=1)
    stays = VenueFactory(conference=coming, body=taker, position=2)
    Delegate.objects.create(venue=stays, office="Giám đốc", position=1)
    Delegate.objects.create(venue=gone, office="Phó Giám đốc", position=1)
    item = ItemFactory(conference=coming, presenter_venue=gone)
    row = draft()
    passing(row, [one, two], taker)

    applied(row)

    coming.refresh_from_db()
    item.refresh_from_db()
    assert (coming.host, item.presenter_venue) == (taker, stays)
    assert list(coming.venues.values_list("pk", flat=True)) == [stays.pk]
    seats = Delegate.objects.order_by("position").values_list("venue", "office")
    assert list(seats) == [(stays.pk, "Giám đốc"), (stays.pk, "Phó Giám đốc")]


def test_a_conference_planned_before_the_day_is_left_alone():
    old, taker = BodyFactory.create_batch(2)
    venue = VenueFactory(conference=ConferenceFactory(invited=True), body=old)
    row = draft(on=date(2026, 4, 1))
    passing(row, [old], taker)
    applied(row)
    venue.refresh_from_db()
    assert venue.body == old


def test_taking_back_puts_every_row_as_it_was():
    country = everything()
    before = dump()
    row = draft()
    passing(row, [country["one"], country["two"]], founding=founding())
    passing(row, [country["split"]], country["heir"], ChangeKind.SPLIT,
            extent=Extent.PART, main_part=True)  # fmt: skip
    drafted = dump()

    applied(row)
    assert dump() != drafted
    taken_back(row)

    assert dump() == drafted
    row.refresh_from_db()
    assert (row.state, row.effects) == (ReorganisationState.TAKEN_BACK, {})
    actions.remove_changes(
        actor=KEEPER,
        reorganisation=row,
        changes=list(Change.objects.values_list("pk", flat=True)),
        at=AT,
    )
    assert dump() == before


def everything():
    ministry = BodyFactory()
    one, two, split, heir = (below(ministry) for _ in range(4))
    below(one, line=Line.JUSTICE), below(two)
    council = CouncilFactory(body__name="Hội đồng", standing_agency=one)
    CouncilSeatFactory(council=council, body=two)
    for body in (one, two, split, heir, ministry):
        MandateFactory(body=body)
    coming = ConferenceFactory(invited=True, host=split)
    for position, body in enumerate((one, two, split, heir), start=1):
        venue = VenueFactory(conference=coming, body=body, position=position)
        Delegation.objects.create(venue=venue, body=two, headcount=position)
    row = draft()  # so that what is derived is settled before it is compared
    passing(row, [BodyFactory()], BodyFactory())
    taken_back(applied(row))
    return {"one": one, "two": two, "split": split, "heir": heir}


def test_it_may_be_applied_again_after_it_was_taken_back():
    old, new = BodyFactory.create_batch(2)
    row = draft()
    passing(row, [old], new)
    applied(row)
    once = dump()
    taken_back(row)
    applied(row)
    assert {k: len(v) for k, v in dump().items()} == {
        k: len(v) for k, v in once.items()
    }


def test_who_was_only_told_of_it_has_not_acted_on_it():
    old, new = BodyFactory(), BodyFactory()
    held = MandateFactory(role=Role.OFFICER, body=old)
    row = draft()
    passing(row, [old], new)
    applied(row)
    gone_over = Mandate.objects.get(body=new)
    notify(
        actor=system_actor(SEND),
        kind="plans.dispatched",
        to=Holders("tasks.receive", (new.pk,)),
        subject=f"body:{new.pk}",
        occasion="passed",
        href="/nhiem-vu/",
        words="Một nhiệm vụ đã chuyển sang cơ quan bạn.",
        at=timezone.now(),
    )
    assert Notice.objects.get().mandate == gone_over

    taken_back(row)

    assert Mandate.objects.get() == held
    assert Notice.objects.get().mandate is None


def test_what_somebody_did_since_is_not_swept_away():
    old = BodyFactory()
    row = draft()
    passing(row, [old], founding=founding())
    applied(row)
    new = Body.objects.get(slug="so-tu-phap-moi")
    MandateFactory(body=new)
    with pytest.raises(Refused) as refused:
        taken_back(row)
    assert "chức danh" in str(refused.value)
    assert Reorganisation.objects.get().applied


def test_each_fact_stands_in_the_journal_of_the_bodies():
    old, new = BodyFactory.create_batch(2)
    row = draft()
    passing(row, [old], new)
    applied(row)
    fact = Entry.objects.get(name="organisations.reorganisation_applied")
    assert {f"body:{old.pk}", f"body:{new.pk}", f"reorganisation:{row.pk}"} <= set(
        fact.subjects
    )


@pytest.mark.parametrize("actor", [ANONYMOUS, None])
def test_only_who_keeps_the_whole_register_reorganises(actor):
    mine = BodyFactory()
    actor = actor or actor_with("organisations.keep", body=mine)
    row = draft()
    for act, more in (
        (actions.apply_reorganisation, {"reorganisation": row}),
        (actions.take_back_reorganisation, {"reorganisation": row, "reason": ""}),
        (actions.discard_reorganisation, {"reorganisation": row}),
        (actions.take_known_successions, {"reorganisation": row}),
    ):
        with pytest.raises(NotPermitted):
            act(actor=actor, at=AT, **more)


def test_what_cannot_be_is_refused_in_words():
    old, new, dead = *BodyFactory.create_batch(2), BodyFactory(valid_until=THE_EVE)
    cases = [
        ([dead], new, CannotApply),
        ([old], dead, CannotApply),
    ]
    for olds, taker, refusal in cases:
        row = draft()
        passing(row, olds, taker)
        with pytest.raises(refusal):
            applied(row)
    with pytest.raises(NothingToApply):
        applied(draft())
    with pytest.raises(NotApplied):
        taken_back(draft())


def test_who_ends_takes_nothing_over_in_the_same_reorganisation():
    one, two, three = BodyFactory.create_batch(3)
    row = draft()
    passing(row, [one], two)
    passing(row, [two], three)
    with pytest.raises(CannotApply):
        applied(row)


def test_nobody_comes_to_stand_below_itself():
    top = BodyFactory()
    low = below(top)
    row = draft()
    passing(row, [top], founding=founding(superior=low))
    with pytest.raises(ReportsInACircle):
        applied(row)


def test_a_body_has_one_main_taker():
    old, one, two = BodyFactory.create_batch(3)
    row = draft()
    passing(row, [old], one)
    for taker in (one, two):
        with pytest.raises(ChangeSaidAlready):
            passing(row, [old], taker)


def test_what_is_applied_is_not_amended():
    row = draft()
    passing(row, [BodyFactory()], BodyFactory())
    applied(row)
    with pytest.raises(AppliedAlready):
        passing(row, [BodyFactory()], BodyFactory())
    with pytest.raises(AppliedAlready):
        applied(row)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_apply_at_once_one_does():
    row = draft()
    passing(row, [BodyFactory()], BodyFactory())
    answers = race(lambda: applied(row), lambda: applied(row))
    assert sorted(type(each).__name__ for each in answers) == [
        "AppliedAlready",
        "Reorganisation",
    ]
    assert BodySuccession.objects.count() == 1


@settings(deadline=None, max_examples=20)
@given(st.data())
def test_whatever_is_reorganised_comes_back(data):
    """Any changes among a few bodies with people, lines and venues."""
    top = BodyFactory()
    bodies = [below(top) for _ in range(6)]
    for body in data.draw(st.lists(st.sampled_from(bodies), max_size=6)):
        MandateFactory(body=body, starts_on=data.draw(st.sampled_from([THE_EVE, DAY])))
    conference = ConferenceFactory(
        invited=True, host=data.draw(st.sampled_from(bodies))
    )
    seated = data.draw(st.lists(st.sampled_from(bodies), max_size=6, unique=True))
    for position, body in enumerate(seated, start=1):
        venue = VenueFactory(conference=conference, body=body, position=position)
        Delegation.objects.create(venue=venue, body=bodies[-1], headcount=2)
    row = draft(on=data.draw(st.sampled_from([DAY, date(2026, 4, 1)])))
    for old in data.draw(st.lists(st.sampled_from(bodies), max_size=4, unique=True)):
        new = data.draw(st.sampled_from([*bodies, None]))
        said = {"new": new} if new else {"founding": founding()}
        extent = data.draw(st.sampled_from(Extent))
        main = data.draw(st.booleans())
        if new != old:
            passing(
                row, [old], kind=ChangeKind.SPLIT, extent=extent, main_part=main, **said
            )
    consequences.rebuild_derived(AT)
    before = dump()
    try:
        applied(row)
    except (CannotApply, NothingToApply):
        return
    assert Mandate.objects.filter(
        body__valid_until__lte=AT.date(), ends_on__isnull=True
    ).count() == 0  # fmt: skip
    taken_back(row)
    assert dump() == before
    assert Reach.objects.exists() or not Mandate.objects.exists()
    assert timezone.now() > AT
