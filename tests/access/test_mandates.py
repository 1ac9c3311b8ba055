from datetime import date, timedelta

import pytest

from lantoa.access import actions, queries
from lantoa.access.models import Mandate, Reach
from lantoa.access.reach import actor_under
from lantoa.access.roles import ROLES
from lantoa.access.vocabulary import EndsBeforeItStarts, LastAdministrator, Role, Way
from lantoa.identity.models import Person
from lantoa.identity.vocabulary import NotTheFirst
from lantoa.journal.models import Entry
from lantoa.kernel.actor import ANONYMOUS
from lantoa.kernel.rule import RULES
from lantoa.organisations.actions import set_reports_to
from lantoa.organisations.models import Body, BodySuccession, ReportsTo
from lantoa.organisations.vocabulary import Line
from tests.factories import (
    NINE,
    PASSWORD,
    TODAY,
    BodyFactory,
    MandateFactory,
    PersonFactory,
    actor_with,
    below,
)
from tests.factories.racing import race, work_off

GRANTER = actor_with("access.grant")


def grant(**given):
    return actions.grant_mandate(
        **{
            "actor": GRANTER,
            "person": given.pop("person", None) or PersonFactory(),
            "role": Role.SECRETARIAT,
            "body": given.pop("body", None) or BodyFactory(),
            "office": " Thư ký ",
            "starts_on": TODAY,
            "at": NINE,
            **given,
        }
    )


@pytest.mark.django_db
def test_a_mandate_is_granted_and_told_by_ids():
    mandate = grant()

    entry = Entry.objects.get()
    assert (mandate.office, mandate.holds_on(TODAY)) == ("Thư ký", True)
    assert entry.subjects == [
        f"mandate:{mandate.pk}",
        f"person:{mandate.person_id}",
        f"body:{mandate.body_id}",
    ]
    assert mandate.person.email not in str(entry.payload)


@pytest.mark.django_db
def test_a_mandate_does_not_end_before_it_starts():
    with pytest.raises(EndsBeforeItStarts):
        grant(ends_on=TODAY - timedelta(days=1))


@pytest.mark.django_db
def test_a_mandate_reaches_down_each_line_and_back_to_its_predecessors():
    body = BodyFactory()
    council = below(body, line=Line.COUNCIL)
    committee = below(council, line=Line.COUNCIL)
    office = below(body, line=Line.JUSTICE)
    village = below(body)
    before = BodyFactory()
    BodySuccession.objects.create(
        old=before, new=body, effective_on=date(2025, 7, 1), extent="whole"
    )

    reach = Reach.objects.filter(holder=grant(body=body).body)

    assert {(row.way, row.body_id) for row in reach} == {
        (Way.OWN, body.pk),
        (Way.COUNCIL, council.pk),
        (Way.COUNCIL, committee.pk),
        (Way.JUSTICE, office.pk),
        (Way.TERRITORIAL, village.pk),
        (Way.PREDECESSOR, before.pk),
    }


@pytest.mark.django_db
def test_a_mandate_reads_what_the_predecessors_of_those_below_did():
    province = BodyFactory()
    district, village = below(province), below(province, line=Line.JUSTICE)
    hamlet, former, earlier = (
        below(village, line=Line.JUSTICE),
        *BodyFactory.create_batch(2),
    )
    for old, new in ((former, hamlet), (earlier, former)):
        BodySuccession.objects.create(
            old=old, new=new, effective_on=date(2025, 7, 1), extent="part"
        )

    actor = actor_under(grant(body=province))

    assert actor.reach.covers("tasks.read", district.pk)
    assert actor.reach.covers("tasks.read", earlier.pk)
    assert Reach.objects.filter(holder=province, way=Way.PREDECESSOR).count() == 2


@pytest.mark.django_db
def test_a_body_reaches_once_however_many_mandates_it_has():
    mandate = grant()
    rows = Reach.objects.count()
    grant(body=mandate.body)
    assert Reach.objects.count() == rows


@pytest.mark.django_db
def test_a_successor_reads_what_was_and_writes_only_its_own():
    old, new = BodyFactory.create_batch(2)
    BodySuccession.objects.create(
        old=old, new=new, effective_on=date(2025, 7, 1), extent="whole"
    )
    actor = actor_under(grant(body=new))

    assert actor.reach.covers("conferences.read", old.pk)
    assert not actor.reach.covers("conferences.prepare", old.pk)
    assert actor.reach.covers("conferences.prepare", new.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_rows_and_object_agree_for_every_role_and_capability(role):
    body = BodyFactory()
    bodies = [body, below(body), below(body, line=Line.COUNCIL), BodyFactory()]
    actor = actor_under(MandateFactory(role=role, body=body))

    for capability in {c for held in ROLES.values() for c in held}:
        rows = set(Body.objects.filter(actor.reach.rows(capability, "pk")))
        assert rows == {b for b in bodies if actor.reach.covers(capability, b.pk)}
        assert actor.may(capability) == bool(rows)
        assert bool(rows) == (capability in ROLES[role])


def test_every_rule_is_held_by_some_role_and_nobody_else_is_meant():
    held = {capability for each in ROLES.values() for capability in each}

    assert {rule.capability for rule in RULES} <= held


@pytest.mark.django_db
def test_reach_is_held_true_and_what_has_not_moved_stays():
    mandate = grant()
    lower = below(mandate.body)

    assert actions.rebuild_reach(actor=GRANTER, at=NINE) == 1
    assert actor_under(mandate).reach.covers("journal.read", lower.pk)
    ReportsTo.objects.update(valid_until=TODAY)
    assert actions.rebuild_reach(actor=GRANTER, at=NINE) == 1
    assert not actor_under(mandate).reach.covers("journal.read", lower.pk)
    assert actions.rebuild_reach(actor=GRANTER, at=NINE) == 0
    assert Entry.objects.filter(name="access.reach_rebuilt").count() == 2


@pytest.mark.django_db(transaction=True)
def test_reach_follows_the_register_of_bodies():
    mandate, lower = grant(starts_on=date(2020, 1, 1)), BodyFactory()

    set_reports_to(
        actor=actor_with("organisations.keep"),
        body=lower,
        superior=mandate.body,
        line=Line.COUNCIL,
        valid_from=date(2020, 1, 1),
        at=NINE,
    )
    work_off()

    assert actor_under(mandate).reach.covers("journal.read", lower.pk)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_end_each_other():
    mandates = [
        MandateFactory(role=Role.ADMINISTRATOR, starts_on=date(2020, 1, 1))
        for _ in range(2)
    ]

    answers = race(
        *[
            lambda mandate=mandate: actions.end_mandate(
                actor=GRANTER, mandate=mandate, at=NINE
            )
            for mandate in mandates
        ]
    )

    assert sorted(type(each).__name__ for each in answers) == [
        "LastAdministrator",
        "Mandate",
    ]
    assert queries.administrators(TODAY).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_empty_house_gets_one_first_administrator():
    body = BodyFactory()

    answers = race(
        *[
            lambda n=n: actions.make_first_administrator(
                actor=ANONYMOUS,
                email=f"a{n}@example.vn",
                password=PASSWORD,
                body=body,
                at=NINE,
            )
            for n in range(4)
        ]
    )

    assert Person.objects.count() == Mandate.objects.count() == 1
    assert [type(each) for each in answers].count(NotTheFirst) == 3


@pytest.mark.django_db
def test_the_last_administrator_s_account_is_not_closed():
    mandate = MandateFactory(role=Role.ADMINISTRATOR)

    with pytest.raises(LastAdministrator):
        actions.close_account(
            actor=actor_with("access.grant", "identity.keep"),
            person=mandate.person,
            at=NINE,
        )
