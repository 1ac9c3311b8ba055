"""Recurring tasks oblige for each period; ending them."""

from datetime import date, datetime, timedelta

import pytest

from lantoa.journal.models import Entry
from lantoa.kernel.actor import ANONYMOUS, system_actor
from lantoa.kernel.dates import HANOI
from lantoa.kernel.refusal import NotPermitted
from lantoa.plans import actions
from lantoa.plans.models import Milestone, Obligation, Task
from lantoa.plans.vocabulary import EndsOnItsDay, ReasonMissing, WorkClosed
from tests.factories import NINE, TODAY, BodyFactory, actor_with
from tests.factories.plans import PartyFactory
from tests.factories.racing import race
from tests.plans.test_deriving import derive, given, head, lead_of
from tests.plans.test_passing import reorganise

pytestmark = pytest.mark.django_db
CLOCK = system_actor("tasks.dispatch")


def recurring(recurrence="quarterly", **more):
    task = given(
        due_on=more.pop("due_on", date(2026, 3, 31)), recurrence=recurrence, **more
    )
    Obligation.objects.filter(task=task).update(
        period="2026-Q1", starts_on=date(2026, 1, 1)
    )
    return task


def opened_on(*day):
    at = datetime(*day, 0, 5, tzinfo=HANOI)
    return actions.open_periods(actor=CLOCK, at=at)


def periods(task):
    rows = task.obligations.order_by("starts_on")
    return list(rows.values_list("period", "due_on"))


def test_each_period_obliges_from_its_first_day_in_ha_noi():
    task = recurring()

    assert opened_on(2026, 3, 31) == 0
    assert opened_on(2026, 4, 1) == 1
    assert opened_on(2026, 4, 1) == 0

    assert periods(task) == [
        ("2026-Q1", date(2026, 3, 31)),
        ("2026-Q2", date(2026, 6, 30)),
    ]
    new = task.obligations.get(period="2026-Q2")
    assert new.party == task.parties.get()
    assert new.original_due_on == new.due_on
    facts = Entry.objects.filter(name="plans.periods_opened")
    assert [fact.payload for fact in facts] == [{"opened": 1}]


def test_what_was_missed_is_opened_at_once_and_other_tasks_are_left_alone():
    task = recurring()
    given(recurrence="continuous", due_on=None)
    given()
    unbegun = PartyFactory(task__recurrence="yearly", task__due_on=date(2026, 11, 30))

    assert opened_on(2027, 1, 1) == 4 + 2

    assert [code for code, _ in periods(task)] == [
        "2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2027-Q1"
    ]  # fmt: skip
    assert periods(unbegun.task) == [
        ("2026", date(2026, 11, 30)),
        ("2027", date(2027, 11, 30)),
    ]


def test_what_passed_goes_on_at_the_heir_and_what_ended_does_not():
    passed, ended, above = recurring(), recurring(), recurring()
    (below_it,) = derive(above, lead_of(above), recurrence="quarterly")
    (far_below,) = derive(below_it, lead_of(above), recurrence="quarterly")
    Obligation.objects.filter(task=passed).update(accepted_at=NINE, completed_on=TODAY)
    reorganise((lead_of(passed), BodyFactory()))
    for task in (ended, above):
        actions.end_task(actor=head(task.dispatcher), task=task, reason="Hết", at=NINE)

    assert opened_on(2026, 7, 1) == 2

    heir = Task.objects.get(succeeds=passed)
    assert [code for code, _ in periods(heir)] == ["2026-Q2", "2026-Q3"]
    assert len(periods(passed)) == len(periods(ended)) == 1
    assert len(periods(below_it)) == len(periods(far_below)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_clocks_open_each_period_once():
    tasks = [recurring() for _ in range(3)]

    answers = race(*(lambda: opened_on(2026, 7, 1) for _ in range(3)))

    assert sorted(answers) == [0, 0, 6]
    assert {len(periods(task)) for task in tasks} == {3}


def test_only_who_dispatches_everywhere_opens_periods():
    for actor in (ANONYMOUS, actor_with("tasks.dispatch", body=BodyFactory())):
        with pytest.raises(NotPermitted):
            actions.open_periods(actor=actor, at=NINE)


def end(task, **more):
    said = {"actor": head(task.dispatcher), "reason": "Đã xong đợt", "at": NINE}
    return actions.end_task(task=task, **(said | more))


def test_ending_closes_what_has_no_day_and_leaves_what_is_owed_by_one():
    undated = given(recurrence="continuous", due_on=None)
    owed = recurring()
    next_ = Obligation.objects.create(
        task=owed,
        party=owed.parties.get(),
        period="2026-Q2",
        starts_on=TODAY + timedelta(days=1),
    )
    planned = Obligation.objects.create(
        task=owed,
        party=owed.parties.get(),
        period="2026-Q3",
        starts_on=date(2026, 7, 1),
        due_on=date(2026, 9, 30),
        original_due_on=date(2026, 9, 30),
    )
    Milestone.objects.create(obligation=planned, position=1, title="x", product="x")

    end(undated)
    end(owed)

    closed = undated.obligations.get()
    assert (closed.completed_on, closed.accepted_at) == (TODAY, NINE)
    assert not Obligation.objects.filter(pk=next_.pk).exists()
    assert [o.open for o in owed.obligations.order_by("pk")] == [True, True]
    assert Task.objects.get(pk=owed.pk).ended_on == TODAY
    fact = Entry.objects.filter(name="plans.task_ended").first()
    assert fact.payload["reason"] == "Đã xong đợt"


def test_what_cannot_be_ended_says_why():
    task = recurring()
    with pytest.raises(ReasonMissing):
        end(task, reason=" ")
    with pytest.raises(EndsOnItsDay):
        end(given())
    for actor in (ANONYMOUS, head(lead_of(task)), head(BodyFactory())):
        with pytest.raises(NotPermitted):
            end(task, actor=actor)
    end(task)
    with pytest.raises(WorkClosed):
        end(task)
