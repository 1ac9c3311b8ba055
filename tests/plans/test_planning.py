"""A plan is a list of milestones, version by version."""

from dataclasses import replace
from datetime import date

import pytest

from lantoa.plans.actions import MilestoneText
from lantoa.plans.models import (
    Milestone,
    Obligation,
    PlanVersion,
    TaskParty,
)
from lantoa.plans.vocabulary import (
    DayOutOfReach,
    MilestoneDone,
    MilestoneIncomplete,
    NothingRevised,
    NotInPlan,
    PlanEmpty,
    PlanMovedOn,
    ReasonMissing,
    WaitsForVerdict,
    WorkState,
)
from tests.factories import NINE
from tests.factories.plans import ObligationFactory
from tests.plans.working import (
    LATER,
    PLAN,
    TRAIN,
    accept,
    facts,
    plan,
    report,
    state,
    texts,
)


@pytest.mark.django_db
def test_the_first_plan_needs_no_reason_and_says_that_the_task_is_known():
    owed = ObligationFactory()

    version = plan(owed, PLAN, TRAIN)

    assert (version.number, len(version.milestones)) == (1, 2)
    assert [(m.position, m.title) for m in owed.milestones.all()] == [
        (1, "Lập kế hoạch"),
        (2, "Tập huấn"),
    ]
    party = TaskParty.objects.get()
    assert (party.received_at, party.acknowledged_at) == (NINE, NINE)
    assert state(owed) == WorkState.PLANNED
    assert facts() == ["plans.tasks_acknowledged", "plans.plan_set"]


@pytest.mark.django_db
def test_planning_one_period_plans_no_other():
    owed = ObligationFactory(period="2026-Q1")
    other = ObligationFactory(party=owed.party, period="2026-Q2")

    plan(owed, PLAN)

    assert state(owed) == WorkState.PLANNED
    assert state(other) == WorkState.ACKNOWLEDGED


@pytest.mark.django_db
def test_a_changed_plan_keeps_what_it_was_and_says_why():
    owed = ObligationFactory()
    plan(owed, PLAN, TRAIN)
    first, second = texts(owed)

    with pytest.raises(ReasonMissing):
        plan(owed, second, reason=" ")
    with pytest.raises(NothingRevised):
        plan(owed, first, second, reason="Không đổi gì.")
    version = plan(owed, second, PLAN, reason="Đổi thứ tự.", at=LATER)

    assert version.number == 2
    assert [m.title for m in owed.milestones.filter(dropped=False)] == [
        "Tập huấn",
        "Lập kế hoạch",
    ]
    assert Milestone.objects.get(pk=first.id).dropped
    one, two = PlanVersion.objects.all()
    assert [m["id"] for m in one.milestones] == [first.id, second.id]
    assert (two.reason, two.office) == ("Đổi thứ tự.", "Người thử")
    assert Obligation.objects.get().planned_at == NINE


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("milestones", "refusal"),
    [
        ([], PlanEmpty),
        ([MilestoneText(title=" ", product="Kế hoạch")], MilestoneIncomplete),
        ([MilestoneText(title="Tập huấn", product="")], MilestoneIncomplete),
        ([MilestoneText(id=99, title="Tập huấn", product="x")], NotInPlan),
        ([replace(PLAN, due_on=date(206, 6, 30))], DayOutOfReach),
    ],
)
def test_a_plan_must_be_clear_or_nothing_is_written(milestones, refusal):
    owed = ObligationFactory()

    with pytest.raises(refusal):
        plan(owed, *milestones)

    assert not PlanVersion.objects.exists()
    assert state(owed) == WorkState.NOT_RECEIVED


@pytest.mark.django_db
def test_a_milestone_of_another_plan_is_none_of_this_one():
    elsewhere = ObligationFactory()
    plan(elsewhere, PLAN)

    with pytest.raises(NotInPlan):
        plan(ObligationFactory(), texts(elsewhere)[0])


@pytest.mark.django_db
def test_who_planned_from_an_older_version_is_told():
    owed = ObligationFactory()
    plan(owed, PLAN, seen=0)

    with pytest.raises(PlanMovedOn):
        plan(owed, TRAIN, seen=0, reason="Thêm mốc.")

    assert [m.title for m in texts(owed)] == ["Lập kế hoạch"]


@pytest.mark.django_db
def test_what_was_accepted_stays_in_the_plan_and_what_waits_stays_as_it_is():
    owed = ObligationFactory()
    plan(owed, PLAN, TRAIN)
    done, waiting = owed.milestones.all()
    accept(report(owed, milestone=done, completes=True))
    report(owed, milestone=waiting, completes=True)
    first, second = texts(owed)

    with pytest.raises(MilestoneDone):
        plan(owed, second, reason="Bỏ mốc.")
    with pytest.raises(WaitsForVerdict):
        plan(owed, first, reason="Bỏ mốc.")
    plan(owed, first, second, TRAIN, reason="Thêm lớp thứ hai.")

    assert len(texts(owed)) == 3
