"""Making a task concrete for oneself and for the bodies below."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from lantoa.journal.models import Entry
from lantoa.kernel.actor import ANONYMOUS
from lantoa.kernel.refusal import NotPermitted
from lantoa.organisations.models import Body, ReportsTo
from lantoa.organisations.vocabulary import BodyKind, Line
from lantoa.plans import actions, queries
from lantoa.plans.actions import Wording
from lantoa.plans.models import Obligation, Task, TaskParty
from lantoa.plans.vocabulary import (
    LaterThanUpstream,
    NotBelow,
    NothingToDispatch,
    NotOfThatBody,
    PartyRole,
    RevisedMeanwhile,
    WorkClosed,
    WorkMissing,
)
from tests.factories import NINE, TODAY, BodyFactory, actor_with, below
from tests.factories.plans import ObligationFactory, PartyFactory
from tests.factories.racing import race

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DUE = date(2026, 6, 30)
WORDS = Wording(
    work=" Ban hành kế hoạch của xã ",
    deadline_text="trước 30/5",
    due_on=date(2026, 5, 30),
    product="Kế hoạch",
)


def given(due_on=DUE, **task):
    """Return a task of its lead, owed until *due_on*."""
    said = {f"task__{name}": value for name, value in task.items()}
    with transaction.atomic():  # a task has its lead when it commits
        party = PartyFactory(task__due_on=due_on, **said)
        ObligationFactory(party=party, due_on=due_on)
    return party.task


def lead_of(task):
    return TaskParty.objects.get(task=task, role=PartyRole.LEAD).body


def head(body):
    return actor_with("tasks.dispatch", "tasks.read", body=body)


def derive(task, *leads, actor=None, wording=WORDS, **more):
    actor = actor or head(lead_of(task))
    return actions.derive(
        actor=actor, task=task, wording=wording, leads=leads, at=NINE, **more
    )


def test_each_body_below_gets_a_task_of_its_own_that_knows_where_it_comes_from():
    top = given()
    own = lead_of(top)
    near, far = below(own), below(below(own, line=Line.JUSTICE), line=Line.JUSTICE)

    made = derive(top, near, far, coordinating=[own, near])

    assert [lead_of(task) for task in made] == [near, far]
    assert {
        (t.dispatcher, t.acceptor, t.derived_from, t.derived_version, t.origin, t.work)
        for t in made
    } == {(own, own, top, 1, top, "Ban hành kế hoạch của xã")}
    owed = Obligation.objects.filter(task__in=made)
    assert {o.due_on for o in owed} == {date(2026, 5, 30)}
    assert [
        p.body for p in TaskParty.objects.filter(task=made[0], role="coordinating")
    ] == [own]
    facts = Entry.objects.order_by("pk").values_list("name", flat=True)
    assert list(facts) == [
        "plans.tasks_dispatched",
        "plans.tasks_acknowledged",
        "plans.tasks_derived",
    ]


def test_deriving_says_that_the_task_is_known_and_planned():
    top = given()
    own = lead_of(top)

    derive(top, own)

    part = TaskParty.objects.get(task=top)
    assert (part.received_at, part.acknowledged_at) == (NINE, NINE)
    assert Obligation.objects.get(task=top).planned_at == NINE


def test_what_a_body_gives_itself_is_judged_from_above():
    top = given()
    own = lead_of(top)
    (mine,) = derive(top, own)
    (again,) = derive(mine, own)
    commune = below(own)
    (theirs,) = derive(again, commune)

    assert [mine.acceptor, again.acceptor] == [top.acceptor, top.acceptor]
    assert theirs.acceptor == own
    assert [mine.origin, again.origin, theirs.origin] == [top, top, top]
    assert theirs.derived_from == again


def test_the_directives_dispatcher_sees_the_whole_tree_and_a_neighbour_nothing():
    top = given()
    own = lead_of(top)
    (middle,) = derive(top, below(own))
    (leaf,) = derive(middle, below(lead_of(middle)))

    seen = {
        body: set(queries.visible_to(actor_with("tasks.read", body=body)))
        for body in (top.dispatcher, own, lead_of(middle), lead_of(leaf), BodyFactory())
    }

    assert list(seen.values()) == [
        {top, middle, leaf},
        {top, middle},
        {middle, leaf},
        {leaf},
        set(),
    ]


def test_a_body_is_named_once_however_often_it_was_chosen():
    top = given()
    commune = below(lead_of(top))
    friend = below(lead_of(top))

    made = derive(top, commune, commune, coordinating=[friend, friend, commune])

    assert len(made) == 1
    assert TaskParty.objects.filter(task=made[0]).count() == 2


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda: {"leads": [BodyFactory()]}, NotBelow),
        (
            lambda: {"coordinating": [BodyFactory()]},
            NotBelow,
        ),
        (lambda: {"leads": []}, NothingToDispatch),
        (
            lambda: {"wording": Wording(work=" ", deadline_text="Quý II")},
            WorkMissing,
        ),
        (
            lambda: {"wording": Wording(work="x", deadline_text="x", due_on=DUE + DAY)},
            LaterThanUpstream,
        ),
        (lambda: {"recurrence": "half-yearly"}, LaterThanUpstream),
        (lambda: {"seen": 2}, RevisedMeanwhile),
    ],
)
def test_what_cannot_be_derived_leaves_nothing(change, refusal):
    top = given(due_on=date(2026, 6, 29))
    own = lead_of(top)
    order = {"wording": WORDS, "leads": [below(own)], **change()}
    if refusal is LaterThanUpstream and "wording" not in change():
        order["wording"] = Wording(work="x", deadline_text="x")

    with pytest.raises(refusal):
        actions.derive(actor=head(own), task=top, at=NINE, **order)

    assert Task.objects.count() == 1
    assert not Entry.objects.exists()
    assert TaskParty.objects.get(task=top).acknowledged_at is None


def test_a_day_after_the_upstreams_is_refused_only_where_it_ends_on_a_day():
    late = Wording(work="x", deadline_text="x", due_on=DUE + 400 * DAY)
    quarterly = PartyFactory(task__recurrence="quarterly")
    ObligationFactory(
        party=quarterly, period="2026-Q1", starts_on=TODAY, due_on=DUE - 91 * DAY
    )
    undated = given(due_on=None, recurrence="continuous")

    for task in (quarterly.task, undated):
        own = lead_of(task)
        assert len(derive(task, below(own), wording=late)) == 1


@pytest.mark.parametrize("closed", ["accepted_at", "passed_at"])
def test_nothing_is_derived_from_what_is_closed(closed):
    top = given()
    said = {closed: NINE} | ({"completed_on": TODAY} if closed == "accepted_at" else {})
    Obligation.objects.update(**said)
    ended = given(ended_on=TODAY)
    passed = given()
    PartyFactory(task__succeeds=passed)

    for task in (top, ended, passed):
        with pytest.raises(WorkClosed):
            derive(task, lead_of(task))


def test_a_recurring_task_is_derived_between_two_periods_too():
    top = given(due_on=date(2026, 3, 31), recurrence="quarterly")
    Obligation.objects.update(accepted_at=NINE, completed_on=TODAY)

    assert len(derive(top, below(lead_of(top)))) == 1
    assert Obligation.objects.get(task=top).planned_at is None


def test_only_the_lead_bodys_people_derive():
    top = given()
    own = lead_of(top)
    friend = PartyFactory(task=top, role=PartyRole.COORDINATING).body
    with pytest.raises(NotOfThatBody):
        derive(top, friend, actor=head(friend))
    for actor in (
        head(BodyFactory()),
        head(top.dispatcher),
        actor_with("tasks.receive", "tasks.read", body=own),
        ANONYMOUS,
    ):
        with pytest.raises(NotPermitted):
            derive(top, own, actor=actor)

    assert not top.derived.exists()


def communes_below(superior, count):
    """Make *count* committees of communes below *superior*, in a few statements."""
    bodies = Body.objects.bulk_create(
        Body(
            slug=f"xa-{n}", kind=BodyKind.PEOPLES_COMMITTEE, name=f"Ủy ban nhân dân {n}"
        )
        for n in range(count)
    )
    ReportsTo.objects.bulk_create(
        ReportsTo(body=body, superior=superior, line=Line.TERRITORIAL)
        for body in bodies
    )
    return bodies


@pytest.mark.parametrize("count", [1, 3, 200])
def test_deriving_costs_the_same_statements_for_few_and_many(
    count, django_assert_num_queries
):
    top = given()
    bodies = communes_below(lead_of(top), count)

    with django_assert_num_queries(27):  # however many bodies
        derive(top, *bodies)


def test_each_of_3321_communes_is_given_its_task():
    top = given()
    bodies = communes_below(lead_of(top), 3_321)

    made = derive(top, *bodies)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # each has its lead

    assert len(made) == 3_321


@pytest.mark.django_db(transaction=True)
def test_what_is_derived_while_the_upstream_is_revised_is_of_one_of_its_versions():
    top = given()
    own = lead_of(top)
    commune = below(own)
    said = Wording(work="Ban hành kế hoạch, sửa", deadline_text="Quý II", due_on=DUE)

    def revise():
        return actions.revise_task(
            actor=head(top.dispatcher), task=top, wording=said, reason="Sửa", at=NINE
        )

    answers = race(
        revise,
        lambda: derive(top, commune, actor=head(own)),
        lambda: derive(top, own, actor=head(own)),
    )

    assert not [a for a in answers if isinstance(a, Exception)]
    top.refresh_from_db()
    assert top.version == 2
    for task in top.derived.all():
        assert task.derived_version in {1, 2}
    stale = {t.pk for t in top.derived.all() if t.derived_version == 1}
    fact = Entry.objects.get(name="plans.task_revised")
    assert set(fact.payload["stale"]) == stale
