"""Reports, their evidence, and the verdict of the body above."""

import io
from datetime import timedelta

import pytest

from lantoa.files.vocabulary import TypeNotKept
from lantoa.journal.models import Entry
from lantoa.plans import actions
from lantoa.plans.actions import MilestoneText
from lantoa.plans.models import (
    Obligation,
    Progress,
)
from lantoa.plans.vocabulary import (
    AlreadyJudged,
    EvidenceMissing,
    MilestoneReached,
    NotInPlan,
    ReasonMissing,
    Verdict,
    WaitsForVerdict,
    WorkClosed,
    WorkState,
)
from tests.factories import NINE, TODAY
from tests.factories.plans import ObligationFactory
from tests.plans.working import (
    LATER,
    PDF,
    PLAN,
    TRAIN,
    accept,
    ask,
    decide,
    doer,
    facts,
    give_back,
    plan,
    report,
    state,
)


@pytest.mark.django_db
def test_a_note_is_progress_and_a_file_is_kept_for_the_body():
    owed = ObligationFactory()

    note = report(owed, " Đã họp bàn. ")
    file = report(owed, "", content=io.BytesIO(PDF), file_name="ke-hoach.pdf", at=LATER)

    assert (note.text, note.file, note.verdict) == ("Đã họp bàn.", None, "")
    assert (file.file.owner, file.file.name) == (owed.party.body_id, "ke-hoach.pdf")
    assert state(owed) == WorkState.IN_PROGRESS
    assert Obligation.objects.get().started_at == NINE
    assert facts() == [
        "plans.tasks_acknowledged",
        "plans.progress_reported",
        "files.stored",
        "plans.progress_reported",
    ]


@pytest.mark.django_db
def test_a_report_brings_evidence_of_a_type_that_is_kept():
    owed = ObligationFactory()

    with pytest.raises(EvidenceMissing):
        report(owed, "  ")
    with pytest.raises(TypeNotKept):
        report(owed, content=io.BytesIO(b"MZ\x90\x00" * 40), file_name="anh.jpg")

    assert not Progress.objects.exists()
    assert state(owed) == WorkState.NOT_RECEIVED


@pytest.mark.django_db
def test_completion_waits_for_one_verdict_at_a_time():
    owed = ObligationFactory()
    plan(owed, PLAN)
    step = owed.milestones.get()
    report(owed, completes=True)

    with pytest.raises(WaitsForVerdict):
        report(owed, completes=True)
    report(owed, milestone=step, completes=True)  # that is another question
    with pytest.raises(WaitsForVerdict):
        report(owed, milestone=step, completes=True)
    report(owed, "Bổ sung số liệu.")  # a note may always follow

    assert Progress.objects.filter(verdict=Verdict.PENDING).count() == 2
    entry = Entry.objects.filter(name="plans.completion_reported").first()
    assert f"body:{owed.task.acceptor_id}" in entry.subjects


@pytest.mark.django_db
def test_a_report_names_a_milestone_of_the_plan_as_it_stands():
    owed = ObligationFactory()
    plan(owed, PLAN, TRAIN)
    first, second = owed.milestones.all()
    plan(owed, MilestoneText.of(second), reason="Bỏ mốc đầu.")

    with pytest.raises(NotInPlan):
        report(owed, milestone=first)
    with pytest.raises(NotInPlan):
        report(ObligationFactory(), milestone=second)
    accept(report(owed, milestone=second, completes=True))
    with pytest.raises(MilestoneReached):
        report(owed, milestone=second, completes=True)
    assert report(owed, "Ảnh lớp tập huấn.", milestone=second).milestone == second


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("due_on", "expected"),
    [
        (TODAY, WorkState.DONE_IN_TIME),
        (TODAY - timedelta(days=1), WorkState.DONE_LATE),
        (None, WorkState.DONE_IN_TIME),
    ],
)
def test_work_is_done_on_the_day_it_was_reported_however_late_it_was_judged(
    due_on, expected
):
    owed = ObligationFactory(due_on=due_on)

    judged = accept(report(owed, completes=True), at=NINE + timedelta(days=30))

    assert (judged.verdict, judged.verdict_by) == (Verdict.ACCEPTED, "Người thử")
    owed = Obligation.objects.get()
    assert owed.completed_on == TODAY
    assert state(owed, TODAY + timedelta(days=40)) == expected


@pytest.mark.django_db
def test_the_day_of_a_report_is_the_day_in_ha_noi():
    owed = ObligationFactory()
    evening = NINE.replace(hour=17, minute=30)  # half past midnight there

    accept(report(owed, completes=True, at=evening), at=LATER)

    assert Obligation.objects.get().completed_on == TODAY + timedelta(days=1)


@pytest.mark.django_db
def test_what_is_returned_says_why_and_is_reported_again():
    owed = ObligationFactory()
    first = report(owed, completes=True)

    with pytest.raises(ReasonMissing):
        give_back(first, " ")
    back = give_back(first)
    with pytest.raises(AlreadyJudged):
        accept(first)
    again = report(owed, completes=True, at=LATER)
    accept(again)

    assert (back.verdict, back.verdict_reason) == (
        Verdict.RETURNED,
        "Thiếu danh sách kèm theo.",
    )
    assert Obligation.objects.get().completed_on == TODAY + timedelta(days=1)
    assert facts()[1:] == [
        "plans.completion_reported",
        "plans.completion_returned",
        "plans.completion_reported",
        "plans.completion_accepted",
    ]


@pytest.mark.django_db
def test_a_milestone_done_leaves_the_whole_open():
    owed = ObligationFactory()
    plan(owed, PLAN, TRAIN)
    step = owed.milestones.first()

    accept(report(owed, milestone=step, completes=True))

    step.refresh_from_db()
    assert (step.completed_on, step.accepted_at) == (TODAY, LATER)
    assert state(owed) == WorkState.IN_PROGRESS


@pytest.mark.django_db
def test_taking_the_whole_as_done_takes_the_steps_that_waited():
    owed = ObligationFactory()
    plan(owed, PLAN, TRAIN)
    waiting, _other = owed.milestones.all()
    report(owed, milestone=waiting, completes=True)

    accept(report(owed, completes=True))

    assert not Progress.objects.filter(verdict=Verdict.PENDING).exists()
    done = [m.accepted_at for m in owed.milestones.all()]
    assert done == [LATER, None]
    assert state(owed) == WorkState.DONE_IN_TIME


@pytest.mark.django_db
def test_nothing_follows_the_end():
    done = ObligationFactory(completed_on=TODAY, accepted_at=NINE, due_on=TODAY)
    passed = ObligationFactory(passed_at=NINE, due_on=TODAY)
    ended = ObligationFactory(party__task__ended_on=TODAY)

    for owed in (done, passed, ended):
        for deed in (
            lambda: plan(owed, PLAN),  # noqa: B023
            lambda: report(owed),  # noqa: B023
            lambda: ask(owed),  # noqa: B023
        ):
            with pytest.raises(WorkClosed):
                deed()

    assert not Entry.objects.exists()


@pytest.mark.django_db
def test_work_that_was_passed_on_is_judged_no_more():
    owed = ObligationFactory(due_on=TODAY)
    progress, request = report(owed, completes=True), ask(owed)
    Obligation.objects.update(passed_at=NINE)

    for deed in (accept, give_back):
        with pytest.raises(WorkClosed):
            deed(progress)
    with pytest.raises(WorkClosed):
        decide(request)


@pytest.mark.django_db
def test_a_plain_report_is_not_judged():
    progress = report(ObligationFactory())

    with pytest.raises(AlreadyJudged):
        accept(progress)


@pytest.mark.django_db
def test_a_report_costs_few_statements(django_assert_num_queries):
    owed = ObligationFactory()
    actor = doer(owed)
    said = {"actor": actor, "content": None, "file_name": "", "at": NINE}

    # begin, hold, report; part held, acknowledged, fact; begun, fact, end
    with django_assert_num_queries(9):
        actions.report_progress(obligation=owed, text="Đã họp thôn.", **said)
    with django_assert_num_queries(5):  # begin, hold, report, fact, end
        actions.report_progress(obligation=owed, text="Đã phát tờ rơi.", **said)
