"""More time, and who may do what with owed work."""

from datetime import timedelta

import pytest

from lantoa.journal.models import Entry
from lantoa.kernel.refusal import NotPermitted
from lantoa.plans import actions
from lantoa.plans.models import (
    ExtensionRequest,
    Obligation,
)
from lantoa.plans.vocabulary import (
    AlreadyJudged,
    Decision,
    ExtensionAsked,
    LaterThanUpstream,
    NoDueDay,
    NotLater,
    ReasonMissing,
)
from tests.factories import NINE, TODAY, BodyFactory, actor_with
from tests.factories.plans import ObligationFactory, PartyFactory
from tests.plans.working import LATER, NEXT_WEEK, PLAN, ask, decide, doer, judge, report


@pytest.mark.django_db
def test_an_extension_moves_the_due_day_and_keeps_the_first_one():
    owed = ObligationFactory(due_on=TODAY)

    request = ask(owed)
    assert Obligation.objects.get().due_on == TODAY
    decide(request, reason="")

    owed = Obligation.objects.get()
    assert (owed.due_on, owed.original_due_on, owed.extended) == (
        NEXT_WEEK,
        TODAY,
        True,
    )
    granted = ExtensionRequest.objects.get()
    assert (granted.decision, granted.decided_by) == (Decision.GRANTED, "Người thử")
    assert Entry.objects.latest("pk").payload["due_on"] == NEXT_WEEK.isoformat()
    decide(ask(owed, NEXT_WEEK + timedelta(days=7), at=LATER))
    assert Obligation.objects.get().original_due_on == TODAY


@pytest.mark.django_db
def test_a_refused_extension_says_why_and_moves_nothing():
    owed = ObligationFactory(due_on=TODAY)
    request = ask(owed)

    with pytest.raises(ReasonMissing):
        decide(request, granted=False, reason=" ")
    decide(request, granted=False, reason="Việc gấp.")
    with pytest.raises(AlreadyJudged):
        decide(request)

    assert Obligation.objects.get().due_on == TODAY
    assert ask(owed, at=LATER).decision == Decision.PENDING


@pytest.mark.django_db
def test_more_time_is_asked_once_for_a_later_day_with_a_reason():
    owed = ObligationFactory(due_on=TODAY - timedelta(days=5))

    with pytest.raises(ReasonMissing):
        ask(owed, reason="")
    for day in (TODAY - timedelta(days=5), TODAY - timedelta(days=1), TODAY):
        with pytest.raises(NotLater):
            ask(owed, day)
    with pytest.raises(NoDueDay):
        ask(ObligationFactory())
    ask(owed)
    with pytest.raises(ExtensionAsked):
        ask(owed)


@pytest.mark.django_db
def test_no_more_time_than_the_task_above_has():
    above = ObligationFactory(due_on=NEXT_WEEK)
    party = PartyFactory(
        task__derived_from=above.task, task__derived_version=1, task__origin=above.task
    )
    owed = ObligationFactory(party=party, due_on=TODAY)
    request = ask(owed, NEXT_WEEK + timedelta(days=1))

    with pytest.raises(LaterThanUpstream):
        decide(request)
    Obligation.objects.filter(pk=above.pk).update(due_on=NEXT_WEEK + timedelta(days=1))
    decide(request)

    assert Obligation.objects.get(pk=owed.pk).due_on == NEXT_WEEK + timedelta(days=1)


@pytest.mark.django_db
def test_only_the_lead_works_and_only_the_acceptor_judges():
    owed = ObligationFactory(due_on=TODAY)
    progress, request = report(owed, completes=True), ask(owed)
    strangers = [
        actor_with("tasks.receive", "tasks.accept", "files.store", body=BodyFactory()),
        actor_with("tasks.read", body=owed.party.body),
    ]
    said = {"obligation": owed, "at": NINE}
    works = [
        (actions.set_plan, {**said, "milestones": [PLAN], "reason": ""}),
        (
            actions.report_progress,
            {**said, "text": "Xong", "content": None, "file_name": ""},
        ),
        (actions.ask_extension, {**said, "due_on": NEXT_WEEK, "reason": "Mưa."}),
    ]
    judgements = [
        (actions.accept_completion, {"progress": progress, "at": NINE}),
        (
            actions.return_completion,
            {"progress": progress, "reason": "Thiếu.", "at": NINE},
        ),
        (
            actions.decide_extension,
            {"request": request, "granted": True, "reason": "", "at": NINE},
        ),
    ]
    for deeds, others in (
        (works, [*strangers, judge(owed)]),
        (judgements, [*strangers, doer(owed)]),
    ):
        for deed, arguments in deeds:
            for actor in others:
                with pytest.raises(NotPermitted):
                    deed(actor=actor, **arguments)
