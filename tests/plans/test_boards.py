"""Counts by state: conserved in every view, and the same as those of plain Python."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisCase

from lantoa.kernel.dates import HANOI
from lantoa.organisations.models import BodySuccession
from lantoa.organisations.vocabulary import TWO_LEVELS_FROM
from lantoa.plans import queries
from lantoa.plans.models import Obligation
from lantoa.plans.queries import Asked, boards
from lantoa.plans.queries.lists import NOWHERE
from lantoa.plans.vocabulary import MapView, Stage, WorkState
from tests.factories import BodyFactory, actor_with
from tests.factories.documents import ClauseFactory, PaperFactory
from tests.factories.organisations import ProvinceFactory, SuccessionFactory
from tests.factories.plans import ObligationFactory, PartyFactory

DAY = date(2026, 3, 10)
NOW = datetime(2026, 3, 10, 9, tzinfo=HANOI)


def everywhere():
    return actor_with("tasks.read")


def oracle(row, day):
    """Say the state of an obligation again, in plain Python."""
    if row.passed_at:
        return WorkState.PASSED
    if row.completed_on:
        late = row.due_on is not None and row.completed_on > row.due_on
        return WorkState.DONE_LATE if late else WorkState.DONE_IN_TIME
    if row.due_on is not None and row.due_on < day:
        return WorkState.OVERDUE
    if row.started_at:
        return WorkState.IN_PROGRESS
    if row.planned_at:
        return WorkState.PLANNED
    if row.party.acknowledged_at:
        return WorkState.ACKNOWLEDGED
    return (
        WorkState.NOT_ACKNOWLEDGED if row.party.received_at else WorkState.NOT_RECEIVED
    )


days = st.dates(DAY - timedelta(days=3), DAY + timedelta(days=3))
facts = st.fixed_dictionaries(
    {
        "clause": st.integers(0, 2),
        "body": st.integers(0, 3),
        "received": st.booleans(),
        "acknowledged": st.booleans(),
        "planned": st.booleans(),
        "started": st.booleans(),
        "due_on": st.none() | days,
        "end": st.sampled_from(["open", "done", "passed"]),
        "completed_on": days,
    }
)


def oblige(fact, clauses, bodies):
    received = NOW if fact["received"] or fact["acknowledged"] else None
    party = PartyFactory(
        task__clause=clauses[fact["clause"]],
        body=bodies[fact["body"]],
        received_at=received,
        acknowledged_at=NOW if fact["acknowledged"] else None,
    )
    done = fact["end"] == "done"
    return ObligationFactory(
        party=party,
        due_on=fact["due_on"],
        planned_at=NOW if fact["planned"] else None,
        started_at=NOW if fact["started"] else None,
        completed_on=fact["completed_on"] if done else None,
        accepted_at=NOW if done else None,
        passed_at=NOW if fact["end"] == "passed" else None,
    )


class CountsAreConserved(HypothesisCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(facts, max_size=12), days)
    def test_counts_by_state_add_up_and_are_those_of_plain_python(self, drawn, day):
        paper = PaperFactory()
        clauses = ClauseFactory.create_batch(3, paper=paper)
        here, there = ProvinceFactory.create_batch(2)
        bodies = [BodyFactory(territory=unit) for unit in (here, here, there, None)]
        rows = [oblige(fact, clauses, bodies) for fact in drawn]

        for view in MapView:
            board = boards.paper_board(everywhere(), paper, day, view=view)
            assert board.counts.total == len(rows)
            for groups in (
                board.by_clause(),
                board.by_body(),
                board.by_province(),
            ):
                assert sum(c.total for c in groups.values()) == len(rows)
            for row in rows:
                asked = Asked(
                    view=view,
                    clause=row.task.clause_id,
                    body=row.party.body_id,
                    states=frozenset({oracle(row, day)}),
                )
                listed = queries.listed(everywhere(), asked, day)
                assert row in listed
            for state in WorkState:
                expected = [r for r in rows if oracle(r, day) == state]
                assert board.counts[state] == len(expected)
                for unit, inside in ((here, bodies[:2]), (there, bodies[2:3])):
                    asked = Asked(
                        view=view, province=unit.pk, states=frozenset({state})
                    )
                    found = queries.listed(everywhere(), asked, day)
                    mine = {r.pk for r in expected if r.party.body in inside}
                    assert {r.pk for r in found} == mine
                    counted = board.by_province().get(unit.pk, boards.Counts())
                    assert counted[state] == len(mine)
                nowhere = board.by_province().get(NOWHERE, boards.Counts())
                assert nowhere[state] == sum(
                    r.party.body == bodies[3] for r in expected
                )


@pytest.fixture
def reorganised(db):
    """Two provinces that became one, with work that went over and work that did not."""
    paper = PaperFactory()
    clause = ClauseFactory(paper=paper)
    olds = [
        ProvinceFactory(valid_until=TWO_LEVELS_FROM, name=name)
        for name in ("Bắc Giang", "Bắc Ninh")
    ]
    new = ProvinceFactory(valid_from=TWO_LEVELS_FROM, name="Bắc Ninh")
    leads = []
    taker = BodyFactory(territory=new, valid_from=TWO_LEVELS_FROM, name="UBND mới")
    for unit in olds:
        SuccessionFactory(old=unit, new=new)
        lead = BodyFactory(territory=unit, valid_until=TWO_LEVELS_FROM)
        BodySuccession.objects.create(
            old=lead, new=taker, effective_on=TWO_LEVELS_FROM, extent="whole"
        )
        leads.append(lead)
    return paper, clause, olds, new, leads, taker


def passed_on(clause, lead, taker, *, period="", **state):
    """Make an obligation that went over to *taker*, and what carries it on."""
    old = ObligationFactory(
        party__body=lead,
        party__task__clause=clause,
        period=period,
        due_on=date(2026, 6, 30),
        passed_at=NOW,
    )
    task = PartyFactory(
        body=taker,
        task__clause=clause,
        task__succeeds=old.task,
        task__recurrence=old.task.recurrence,
    )
    carried = ObligationFactory(party=task, period=period, due_on=old.due_on, **state)
    return old, carried


def test_both_maps_count_each_piece_of_work_once_after_a_succession(reorganised):
    paper, clause, (first, second), new, (lead, other), taker = reorganised
    old, carried = passed_on(clause, lead, taker, started_at=NOW)
    done = ObligationFactory(
        party__body=other,
        party__task__clause=clause,
        completed_on=date(2021, 3, 1),
        accepted_at=NOW,
    )

    then = boards.paper_board(everywhere(), paper, DAY, view=MapView.DISPATCHED)
    now = boards.paper_board(everywhere(), paper, DAY, view=MapView.TODAY)

    assert then.counts.total == now.counts.total == 2
    assert then.by_province()[first.pk][WorkState.PASSED] == 1
    assert then.by_province()[second.pk][WorkState.DONE_IN_TIME] == 1
    assert set(now.by_province()) == {new.pk}
    assert now.by_province()[new.pk][WorkState.IN_PROGRESS] == 1
    assert now.by_province()[new.pk][WorkState.DONE_IN_TIME] == 1
    assert queries.successors_of([old, done]) == {old.pk: carried}
    in_the_north = Asked(view=MapView.TODAY, province=new.pk)
    found = queries.listed(everywhere(), in_the_north, DAY)
    assert set(found) == {carried, done}


def test_a_period_that_began_after_a_succession_counts_once_on_both_maps(reorganised):
    paper, clause, (first, _), new, (lead, _other), taker = reorganised
    _, carried = passed_on(clause, lead, taker, period="2025-H1")
    later = ObligationFactory(party=carried.party, period="2025-H2")

    then = boards.paper_board(everywhere(), paper, DAY, view=MapView.DISPATCHED)
    now = boards.paper_board(everywhere(), paper, DAY, view=MapView.TODAY)

    assert then.counts.total == now.counts.total == 2
    assert {pk: c.total for pk, c in then.by_province().items()} == {first.pk: 2}
    assert {pk: c.total for pk, c in now.by_province().items()} == {new.pk: 2}
    at_first = Asked(view=MapView.DISPATCHED, body=lead.pk)
    assert later in queries.listed(everywhere(), at_first, DAY)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 3])
def test_a_board_takes_the_same_statements_however_large(
    django_assert_num_queries, number
):
    paper = PaperFactory()
    clauses = ClauseFactory.create_batch(number, paper=paper)
    for unit in ProvinceFactory.create_batch(number):
        body = BodyFactory(territory=unit)
        for clause in clauses:
            ObligationFactory(party__body=body, party__task__clause=clause)

    with django_assert_num_queries(4):
        board = boards.paper_board(everywhere(), paper, DAY)
        assert board.counts[WorkState.NOT_RECEIVED] == number * number
        assert len(board.by_province()) == number
    with django_assert_num_queries(1):
        boards.counts_by_paper(everywhere(), [paper.pk], DAY)


@pytest.mark.django_db
def test_what_was_derived_is_counted_apart_from_what_the_paper_set():
    clause = ClauseFactory()
    top = ObligationFactory(party__task__clause=clause)
    derived = ObligationFactory(
        party__task__clause=clause,
        party__task__derived_from=top.task,
        party__task__derived_version=1,
        party__task__origin=top.task,
    )

    assert list(queries.listed(everywhere(), Asked(stage=Stage.DIRECT), DAY)) == [top]
    assert list(queries.listed(everywhere(), Asked(origin=top.task_id), DAY)) == [
        derived
    ]
    by_stage = boards.counts_by_paper(everywhere(), [clause.paper_id], DAY)
    assert {
        stage: counts.total for stage, counts in by_stage[clause.paper_id].items()
    } == {Stage.DIRECT: 1, Stage.DERIVED: 1}
    derived_board = boards.paper_board(
        everywhere(), clause.paper, DAY, stage=Stage.DERIVED
    )
    assert derived_board.counts.total == 1
    assert list(boards.papers_at_work(everywhere(), "tb")) == [clause.paper]
    assert list(boards.papers_at_work(actor_with())) == []


@pytest.mark.django_db
def test_a_list_holds_only_what_its_reader_may_see():
    own = ObligationFactory()
    ObligationFactory()
    reader = actor_with("tasks.read", body=own.party.body)

    assert list(queries.listed(reader, Asked(), DAY)) == [own]
    assert list(queries.listed(actor_with(), Asked(), DAY)) == []
    assert list(
        Obligation.objects.filter(pk__in=queries.listed(reader, Asked(), DAY))
    ) == [own]


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["lang son", "LẠNG SƠN ke hoach", "08/TB"])
def test_a_list_is_searched_without_diacritics(words):
    wanted = ObligationFactory(
        party__body__name="UBND tỉnh Lạng Sơn",
        party__task__work="Ban hành kế hoạch",
        party__task__clause__paper__code="08/TB-HĐPH",
    )
    ObligationFactory(
        party__body__name="UBND tỉnh Cao Bằng",
        party__task__clause__paper__code="09/TB-HĐPH",
    )

    assert list(queries.listed(everywhere(), Asked(text=words), DAY)) == [wanted]


@pytest.mark.django_db
def test_a_list_is_sorted_both_ways_with_the_undated_last():
    late = ObligationFactory(due_on=date(2026, 1, 1))
    undated = ObligationFactory()
    soon = ObligationFactory(due_on=date(2026, 5, 1))

    def order(key):
        return list(queries.listed(everywhere(), Asked(order=key), DAY))

    assert order("") == order("han") == [late, soon, undated]
    assert order("-han") == [soon, late, undated]
    assert order("-tinh-trang")[0] == late
