"""Dispatching, receiving, acknowledging."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from lantoa.journal.models import Entry
from lantoa.kernel.actor import ANONYMOUS
from lantoa.kernel.refusal import NotPermitted
from lantoa.plans import actions, queries
from lantoa.plans.actions import Order
from lantoa.plans.models import Answer, Task, TaskParty
from lantoa.plans.vocabulary import (
    AnswerMissing,
    LeadAlsoCoordinates,
    NothingToDispatch,
    PartyRole,
    PartyState,
    WorkMissing,
)
from tests.factories import NINE, BodyFactory, actor_with
from tests.factories.documents import ClauseFactory
from tests.factories.plans import PartyFactory, TaskFactory

LATER = NINE + timedelta(hours=2)


def order(**given):
    said = {
        "work": "Ban hành kế hoạch",
        "deadline_text": "Quý I",
        "topic": "conference:12",
    }
    lead = given.pop("lead", None) or BodyFactory()
    clause = given.pop("clause", None) or ClauseFactory()
    return Order(clause=clause, lead=lead, **(said | given))


def dispatch(*orders, dispatcher=None):
    dispatcher = dispatcher or BodyFactory()
    actor = actor_with("tasks.dispatch", body=dispatcher)
    return actions.dispatch(actor=actor, dispatcher=dispatcher, orders=orders, at=NINE)


def clerk(body):
    return actor_with("tasks.receive", "tasks.read", body=body)


def notifications(topic="conference:12"):
    return [
        e.name for e in Entry.objects.order_by("pk") if e.payload.get("topic") == topic
    ]


@pytest.mark.django_db
def test_a_dispatch_reaches_lead_and_coordinating_bodies_and_leaves_one_fact_a_clause():
    host, lead, other, friend = BodyFactory.create_batch(4)
    clause = ClauseFactory()

    tasks = dispatch(
        order(clause=clause, lead=lead, coordinating=[friend]),
        order(clause=clause, lead=other),
        dispatcher=host,
    )

    assert [(p.body, p.role, p.state) for p in TaskParty.objects.order_by("pk")] == [
        (lead, PartyRole.LEAD, PartyState.SILENT),
        (friend, PartyRole.COORDINATING, PartyState.SILENT),
        (other, PartyRole.LEAD, PartyState.SILENT),
    ]
    entry = Entry.objects.get()
    assert entry.name == "plans.tasks_dispatched"
    assert set(entry.subjects) == {
        f"clause:{clause.pk}",
        *(f"task:{task.pk}" for task in tasks),
        *(f"body:{body.pk}" for body in (host, lead, other, friend)),
        "conference:12",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("orders", "refusal"),
    [
        (list, NothingToDispatch),
        (lambda: [order(work="  ")], WorkMissing),
        (
            lambda: [order(), order(lead=(b := BodyFactory()), coordinating=[b])],
            LeadAlsoCoordinates,
        ),
    ],
)
def test_an_order_must_be_clear_or_nothing_goes_out(orders, refusal):
    with pytest.raises(refusal):
        dispatch(*orders())

    assert not Task.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_only_the_dispatchers_own_people_dispatch():
    with pytest.raises(NotPermitted):
        actions.dispatch(
            actor=actor_with("tasks.dispatch", body=BodyFactory()),
            dispatcher=BodyFactory(),
            orders=[order()],
            at=NINE,
        )

    assert not Task.objects.exists()


@pytest.mark.django_db
def test_the_database_holds_exactly_one_lead():
    party = PartyFactory()
    with (
        pytest.raises(IntegrityError, match="a_task_has_one_lead"),
        transaction.atomic(),
    ):
        PartyFactory(task=party.task)

    def at_commit():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(IntegrityError, match="has no lead body"), transaction.atomic():
        TaskFactory(clause=party.task.clause)
        at_commit()
    with pytest.raises(IntegrityError, match="has no lead body"), transaction.atomic():
        party.delete()
        at_commit()
    with pytest.raises(IntegrityError, match="has no lead body"), transaction.atomic():
        TaskParty.objects.update(role=PartyRole.COORDINATING)
        at_commit()
    party.task.delete()
    at_commit()


@pytest.mark.django_db
def test_receiving_is_noted_once():
    body = BodyFactory()
    dispatch(order(lead=body), order(lead=body))
    actor = clerk(body)
    first = TaskParty.objects.earliest("pk")

    actions.receive(actor=actor, party=first, at=NINE)
    assert actions.receive(actor=actor, party=first, at=LATER).received_at == NINE
    assert actions.receive_all(actor=actor, body=body, at=LATER) == 1
    assert actions.receive_all(actor=actor, body=body, at=LATER) == 0

    assert {p.state for p in TaskParty.objects.all()} == {PartyState.RECEIVED}
    names = list(Entry.objects.order_by("pk").values_list("name", flat=True))
    assert names[2:] == ["plans.tasks_received", "plans.tasks_received"]


@pytest.mark.django_db
def test_acknowledging_is_once_and_keeps_office_and_answer():
    body = BodyFactory()
    dispatch(order(lead=body))
    actor = clerk(body)
    party = TaskParty.objects.get()

    done = actions.acknowledge(
        actor=actor, party=party, at=NINE, answer=" Đã giao Sở Tư pháp. "
    )
    again = actions.acknowledge(actor=actor, party=party, at=LATER)

    assert (done.state, done.acknowledged_by) == (PartyState.ACKNOWLEDGED, actor.office)
    assert (again.acknowledged_at, again.received_at) == (NINE, NINE)
    assert [a.text for a in Answer.objects.all()] == ["Đã giao Sở Tư pháp."]
    assert notifications() == [
        "plans.tasks_dispatched",
        "plans.tasks_acknowledged",
        "plans.task_answered",
    ]


@pytest.mark.django_db
def test_a_later_answer_follows_and_none_is_lost():
    body = BodyFactory()
    dispatch(order(lead=body))
    party = TaskParty.objects.get()

    actions.answer(actor=clerk(body), party=party, text="Sẽ làm trong quý I.", at=NINE)
    actions.answer(
        actor=clerk(body), party=party, text="Đã ban hành kế hoạch.", at=LATER
    )
    with pytest.raises(AnswerMissing):
        actions.answer(actor=clerk(body), party=party, text=" ", at=LATER)

    assert [a.text for a in party.answers.all()] == [
        "Đã ban hành kế hoạch.",
        "Sẽ làm trong quý I.",
    ]


@pytest.mark.django_db
def test_all_of_a_paper_is_acknowledged_with_one_fact():
    body, other = BodyFactory.create_batch(2)
    clauses = [ClauseFactory()]
    clauses.append(ClauseFactory(paper=clauses[0].paper))
    elsewhere = ClauseFactory()
    dispatch(*(order(clause=c, lead=body) for c in [*clauses, elsewhere]))
    dispatch(order(clause=clauses[0], lead=other))
    paper = clauses[0].paper

    assert (
        actions.acknowledge_all(actor=clerk(body), body=body, paper=paper, at=NINE) == 2
    )
    assert (
        actions.acknowledge_all(actor=clerk(body), body=body, paper=paper, at=NINE) == 0
    )

    done = TaskParty.objects.filter(acknowledged_at=NINE)
    assert {(p.body, p.task.clause) for p in done} == {(body, c) for c in clauses}
    assert Entry.objects.filter(name="plans.tasks_acknowledged").count() == 1


@pytest.mark.django_db
def test_nobody_else_receives_or_acknowledges():
    body, stranger = BodyFactory.create_batch(2)
    dispatch(order(lead=body))
    party = TaskParty.objects.get()
    paper = party.task.clause.paper

    deeds = [
        (actions.receive, {"party": party}),
        (actions.receive_all, {"body": body}),
        (actions.acknowledge, {"party": party}),
        (actions.acknowledge_all, {"body": body, "paper": paper}),
        (actions.answer, {"party": party, "text": "Đã làm."}),
    ]
    for actor in (clerk(stranger), actor_with("tasks.read", body=body), ANONYMOUS):
        for deed, given in deeds:
            with pytest.raises(NotPermitted):
                deed(actor=actor, at=NINE, **given)

    assert TaskParty.objects.get().state == PartyState.SILENT


@pytest.mark.django_db(transaction=True)
def test_of_two_who_acknowledge_at_once_one_leaves_the_fact():
    body = BodyFactory()
    dispatch(order(lead=body), order(lead=body))
    party = TaskParty.objects.latest("pk")
    paper = party.task.clause.paper
    actor = clerk(body)

    def press(n):
        try:
            if n % 2:
                return actions.acknowledge(actor=actor, party=party, at=NINE) and 0
            return actions.acknowledge_all(actor=actor, body=body, paper=paper, at=NINE)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(press, range(12)))

    facts = Entry.objects.filter(name="plans.tasks_acknowledged")
    assert sum(len(fact.payload["parties"]) for fact in facts) == 1
    assert TaskParty.objects.filter(acknowledged_at=NINE).count() == 1


@pytest.mark.django_db
def test_who_sees_a_task():
    host, lead, friend, stranger = BodyFactory.create_batch(4)
    (task,) = dispatch(order(lead=lead, coordinating=[friend]), dispatcher=host)

    seen = [
        task in queries.visible_to(actor_with("tasks.read", body=body))
        for body in (host, lead, friend, stranger)
    ]

    assert seen == [True, True, True, False]
    assert not queries.visible_to(ANONYMOUS).exists()
    assert not queries.parties_visible_to(
        actor_with("tasks.read", body=stranger)
    ).exists()
    own = queries.parties_visible_to(actor_with("tasks.read", body=friend))
    assert [party.body for party in own] == [friend]


@pytest.mark.django_db
def test_the_board_counts_by_body_in_one_query(django_assert_num_queries):
    quick, slow, silent = BodyFactory.create_batch(3)
    clauses = ClauseFactory.create_batch(2)
    dispatch(*(order(clause=c, lead=b) for c in clauses for b in (quick, slow, silent)))
    dispatch(order(lead=quick))
    for party in TaskParty.objects.filter(body=quick, task__clause__in=clauses):
        actions.acknowledge(actor=clerk(quick), party=party, at=NINE)
    party = TaskParty.objects.filter(body=slow).first()
    actions.acknowledge(actor=clerk(slow), party=party, at=NINE)

    with django_assert_num_queries(1):
        board = queries.board([c.pk for c in clauses])

    assert {
        b: (t.total, t.received, t.acknowledged, t.state) for b, t in board.items()
    } == {
        quick.pk: (2, 2, 2, PartyState.ACKNOWLEDGED),
        slow.pk: (2, 1, 1, PartyState.RECEIVED),
        silent.pk: (2, 0, 0, PartyState.SILENT),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_inbox_and_clause_cost_the_same_however_long(rows, django_assert_num_queries):
    body = BodyFactory()
    clause = ClauseFactory()
    for _ in range(rows):
        dispatch(order(lead=body, coordinating=[BodyFactory()]))
        dispatch(order(clause=clause))

    with django_assert_num_queries(3):  # parts, answers, parties
        listed = [
            (
                party.task.clause.paper.issued_by,
                [str(p.body) for p in party.task.parties.all()],
                list(party.answers.all()),
            )
            for party in queries.inbox(body)
        ]
    with django_assert_num_queries(2):  # parts, answers
        answers = [
            (str(p.body), list(p.answers.all()))
            for p in queries.parties_of_clause(clause)
        ]

    assert (len(listed), len(answers)) == (rows, rows)


@pytest.mark.django_db
def test_ten_clauses_reach_63_provinces_in_few_statements(django_assert_num_queries):
    provinces = BodyFactory.create_batch(63)
    ministries = BodyFactory.create_batch(3)
    first = ClauseFactory()
    clauses = [first, *(ClauseFactory(paper=first.paper) for _ in range(9))]
    orders = [
        order(
            clause=c,
            lead=p,
            coordinating=[ministries[n % 3]] if n % 2 else ministries[:2],
        )
        for c in clauses
        for n, p in enumerate(provinces)
    ]
    host = BodyFactory()

    # each of the ten facts owes a reaction: one statement more
    with django_assert_num_queries(27):  # however many bodies
        tasks = dispatch(*orders, dispatcher=host)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # each task has its lead

    assert len(tasks) == 630
    assert TaskParty.objects.count() == 630 + 10 * (32 * 2 + 31)
    assert Entry.objects.count() == 10
