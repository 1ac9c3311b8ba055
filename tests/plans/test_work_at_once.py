"""Two at once, and whatever people do in whichever order."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lantoa.journal.models import Entry
from lantoa.plans.models import (
    ExtensionRequest,
    Milestone,
    Obligation,
    PlanVersion,
    Progress,
)
from lantoa.plans.vocabulary import (
    Decision,
    MilestoneDone,
    MilestoneReached,
    NothingRevised,
    Verdict,
    WaitsForVerdict,
    WorkClosed,
)
from tests.factories import NINE, TODAY
from tests.factories.plans import ObligationFactory
from tests.factories.racing import race
from tests.plans.working import (
    NEXT_WEEK,
    PLAN,
    TRAIN,
    accept,
    ask,
    decide,
    give_back,
    plan,
    report,
    texts,
)


def committed(**given):
    """Return what others may see: a task and its lead are written together."""
    with transaction.atomic():
        return ObligationFactory(**given)


def refusals(answers):
    return sorted(type(a).__name__ for a in answers if isinstance(a, Exception))


@pytest.mark.django_db(transaction=True)
def test_of_two_completions_at_once_one_waits():
    owed = committed()

    answers = race(*[lambda: report(owed, completes=True)] * 4)

    assert refusals(answers) == ["WaitsForVerdict"] * 3
    assert Progress.objects.count() == 1
    assert Entry.objects.filter(name="plans.tasks_acknowledged").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_accepting_and_returning_at_once_one_holds():
    for _ in range(5):
        owed = committed()
        progress = report(owed, completes=True)

        answers = race(lambda: accept(progress), lambda: give_back(progress))  # noqa: B023

        assert refusals(answers) == ["AlreadyJudged"]
        progress.refresh_from_db()
        owed.refresh_from_db()
        assert (progress.verdict == Verdict.ACCEPTED) == (owed.accepted_at is not None)
    judged = ["plans.completion_accepted", "plans.completion_returned"]
    assert Entry.objects.filter(name__in=judged).count() == 5


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_for_more_time_at_once_one_has_asked():
    owed = committed(due_on=TODAY)

    answers = race(*[lambda: ask(owed)] * 4)

    assert refusals(answers) == ["ExtensionAsked"] * 3
    assert ExtensionRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_decisions_at_once_one_holds():
    owed = committed(due_on=TODAY)
    request = ask(owed)

    answers = race(
        lambda: decide(request), lambda: decide(request, granted=False, reason="Không.")
    )

    assert refusals(answers) == ["AlreadyJudged"]
    request.refresh_from_db()
    moved = Obligation.objects.get().due_on == NEXT_WEEK
    assert moved == (request.decision == Decision.GRANTED)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_plan_at_once_one_is_told():
    owed = committed()

    answers = race(lambda: plan(owed, PLAN, seen=0), lambda: plan(owed, TRAIN, seen=0))

    assert refusals(answers) == ["PlanMovedOn"]
    assert (Milestone.objects.count(), PlanVersion.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_report_comes_before_or_after_passing_on_but_never_to_what_has_gone():
    for _ in range(5):
        owed = committed()

        def pass_on(pk=owed.pk):
            with transaction.atomic():
                held = Obligation.objects.select_for_update().get(pk=pk)
                known = held.started_at is not None
                Obligation.objects.filter(pk=pk).update(passed_at=NINE)
                return known

        known, answer = race(pass_on, lambda: report(owed))  # noqa: B023

        if isinstance(answer, Exception):
            assert refusals([answer]) == ["WorkClosed"]
        assert known == isinstance(answer, Progress)
        assert Progress.objects.filter(obligation=owed).exists() == known


@pytest.mark.django_db
def test_the_database_holds_one_waiting_completion_and_one_waiting_request():
    owed = ObligationFactory(due_on=TODAY)
    for row in (report(owed, completes=True), ask(owed)):
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


# What holds whatever is done in which order

STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["plan", "note", "step", "whole", "accept", "return", "extend"]
        ),
        st.integers(0, 3),
    ),
    max_size=14,
)


class AnyOrder(TestCase):
    """Whatever people do in whichever order, the books stay right."""

    @settings(max_examples=40, deadline=None)
    @given(steps=STEPS)
    def test_the_books_stay_right(self, steps):
        owed = ObligationFactory(due_on=TODAY)
        for number, (deed, choice) in enumerate(steps):
            at = NINE + timedelta(hours=number)
            try:
                perform(owed, deed, choice, at)
            except (
                WorkClosed,
                WaitsForVerdict,
                MilestoneDone,
                MilestoneReached,
                NothingRevised,
            ):
                continue
        owed = Obligation.objects.get(pk=owed.pk)
        versions = list(owed.plan_versions.all())
        assert [v.number for v in versions] == list(range(1, len(versions) + 1))
        if versions:
            assert versions[-1].milestones == [t.kept() for t in texts(owed)]
        accepted = owed.progress.filter(verdict=Verdict.ACCEPTED)
        whole = accepted.filter(milestone=None)
        assert whole.count() == (owed.accepted_at is not None)
        done = set(accepted.exclude(milestone=None).values_list("milestone", flat=True))
        assert done == {m.pk for m in owed.milestones.exclude(accepted_at=None)}
        assert not owed.milestones.filter(dropped=True).exclude(accepted_at=None)
        assert owed.original_due_on == TODAY
        assert owed.due_on >= TODAY
        assert owed.open or not owed.progress.filter(verdict=Verdict.PENDING).exists()


def perform(owed, deed, choice, at):
    now = texts(owed)
    steps = list(owed.milestones.filter(dropped=False))
    waiting = owed.progress.filter(verdict=Verdict.PENDING).order_by("pk")
    if deed == "plan":
        said = [*now[choice:], *([TRAIN] if choice % 2 else [PLAN, TRAIN])]
        plan(owed, *said, reason="Điều chỉnh.", at=at)
    elif deed == "note":
        report(owed, at=at)
    elif deed == "step" and steps:
        step = steps[choice % len(steps)]
        report(owed, milestone=step, completes=True, at=at)
    elif deed == "whole":
        report(owed, completes=True, at=at)
    elif deed in {"accept", "return"} and waiting:
        one = waiting[choice % len(waiting)]
        accept(one, at=at) if deed == "accept" else give_back(one, at=at)
    elif deed == "extend":
        due_on = Obligation.objects.get(pk=owed.pk).due_on + timedelta(days=choice + 1)
        decide(ask(owed, due_on, at=at), granted=choice % 2 == 0, at=at)
