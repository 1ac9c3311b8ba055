"""What becomes of open tasks when bodies are merged, and taking that back exactly."""

from collections import Counter
from datetime import date, timedelta
from functools import partial

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lantoa.journal.models import Entry
from lantoa.journal.writing import action, unchanged
from lantoa.kernel.actor import system_actor
from lantoa.organisations.consequences import Move, Moves
from lantoa.plans import actions, queries
from lantoa.plans.actions.passing import PassOpenTasks
from lantoa.plans.models import (
    ExtensionRequest,
    Milestone,
    Obligation,
    Progress,
    Task,
    TaskParty,
)
from lantoa.plans.states import state_on
from lantoa.plans.vocabulary import (
    BodyGoneOver,
    MovedOnSince,
    NotBelow,
    PartyRole,
    Verdict,
    WorkClosed,
    WorkState,
)
from tests.factories import NINE, TODAY, BodyFactory, actor_with, below
from tests.factories.plans import ObligationFactory, PartyFactory, TaskFactory
from tests.organisations.reorganising import draft, met_applying, passing
from tests.plans.test_deriving import WORDS, derive, head, lead_of
from tests.plans.test_deriving import given as owed_by_somebody
from tests.plans.test_dispatching import dispatch, order

pytestmark = pytest.mark.django_db
KEEPER = system_actor("organisations.keep")
ON = date(2025, 7, 1)
LATER = NINE + timedelta(days=1)


def moves(*pairs):
    rows = [Move(old.pk, new.pk) for old, new in pairs]
    return Moves(rows, {new.pk: str(new) for _, new in pairs})


@action
def apply(*, actor, moved, at):
    unchanged()
    return PassOpenTasks().apply(
        actor=actor, reorganisation_id=7, moves=moved, on=ON, at=at
    )


@action
def take_back(*, actor, effects, at):
    unchanged()
    PassOpenTasks().undo(actor=actor, effects=effects, on=ON, at=at)


def reorganise(*pairs):
    return apply(actor=KEEPER, moved=moves(*pairs), at=LATER)


def undo(effects):
    take_back(actor=KEEPER, effects=effects, at=LATER)


def dump():
    """Return every row of every table of tasks."""
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for model in apps.get_app_config("plans").get_models()
    }


def states(**which):
    rows = Obligation.objects.filter(**which)
    return Counter(rows.values_list(state_on(TODAY), flat=True))


@pytest.fixture
def province():
    """Give a task of a province with a plan, a report that waits, and a request."""
    task = owed_by_somebody(topic="conference:1", product="Kế hoạch")
    obligation = Obligation.objects.get()
    Obligation.objects.update(planned_at=NINE, started_at=NINE)
    TaskParty.objects.update(received_at=NINE, acknowledged_at=NINE)
    first, second = (
        Milestone.objects.create(
            obligation=obligation, position=n, title=f"Mốc {n}", product="Văn bản"
        )
        for n in (1, 2)
    )
    Milestone.objects.filter(pk=first.pk).update(completed_on=TODAY, accepted_at=NINE)
    Milestone.objects.create(
        obligation=obligation, position=3, title="Bỏ", product="x", dropped=True
    )
    said = {"obligation": obligation, "office": "Cán bộ", "at": NINE}
    Progress.objects.create(**said, text="Đang làm")
    Progress.objects.create(
        **said, text="Xong mốc 2", milestone=second, completes=True, verdict="pending"
    )
    ExtensionRequest.objects.create(
        obligation=obligation,
        asked_due_on=date(2026, 7, 30),
        reason="Sắp xếp",
        office="Cán bộ",
        at=NINE,
    )
    return task


def test_an_open_task_gets_one_linked_successor_at_the_taker(province):
    old, new = lead_of(province), BodyFactory()

    effects = reorganise((old, new))

    heir = Task.objects.get(succeeds=province)
    assert lead_of(heir) == new
    assert (heir.work, heir.dispatcher, heir.acceptor, heir.topic, heir.product) == (
        province.work,
        province.dispatcher,
        province.acceptor,
        "conference:1",
        "Kế hoạch",
    )
    assert heir.dispatched_at == LATER
    before, after = Obligation.objects.order_by("pk")
    assert before.passed_at == LATER
    assert (after.task, after.due_on, after.original_due_on) == (
        heir,
        before.due_on,
        before.original_due_on,
    )
    assert states(pk=before.pk) == {WorkState.PASSED: 1}
    assert states(pk=after.pk) == {WorkState.NOT_RECEIVED: 1}
    assert [
        (m.title, m.completed_on) for m in Milestone.objects.filter(obligation=after)
    ] == [("Mốc 1", TODAY), ("Mốc 2", None)]
    waiting = Progress.objects.get(obligation=after)
    assert (waiting.text, waiting.milestone.title, waiting.verdict) == (
        "Xong mốc 2",
        "Mốc 2",
        Verdict.PENDING,
    )
    assert waiting.milestone.obligation == after
    assert ExtensionRequest.objects.get(obligation=after).reason == "Sắp xếp"
    fact = Entry.objects.get(name="plans.tasks_passed")
    assert fact.payload == {
        "body_ids": [old.pk],
        "reorganisation_id": 7,
        "successor_id": new.pk,
        "moved": 1,
    }
    assert f"body:{new.pk}" in fact.subjects
    undo(effects)
    fact = Entry.objects.get(name="plans.tasks_taken_back")
    assert (fact.payload["body_ids"], fact.payload["moved"]) == ([old.pk], 1)


def test_what_passed_is_judged_at_the_heir_and_closed_at_the_old(province):
    reorganise((lead_of(province), BodyFactory()))
    judge = actor_with("tasks.accept", body=province.acceptor)
    before, after = Progress.objects.filter(verdict="pending").order_by("pk")

    with pytest.raises(WorkClosed):
        actions.accept_completion(actor=judge, progress=before, at=LATER)
    actions.accept_completion(actor=judge, progress=after, at=LATER)
    with pytest.raises(WorkClosed):
        derive(province, lead_of(province))

    assert Milestone.objects.get(pk=after.milestone_id).completed_on == TODAY


def test_two_bodies_that_become_one_give_it_two_tasks():
    one, two = owed_by_somebody(), owed_by_somebody()
    new = BodyFactory()

    reorganise((lead_of(one), new), (lead_of(two), new))

    heirs = Task.objects.filter(succeeds__in=[one, two])
    assert [lead_of(heir) for heir in heirs] == [new, new]
    assert states() == {WorkState.PASSED: 2, WorkState.NOT_RECEIVED: 2}


def test_what_is_closed_stays_and_what_recurs_passes_between_two_periods():
    done, ended = owed_by_somebody(), owed_by_somebody(recurrence="quarterly")
    recurring = owed_by_somebody(recurrence="quarterly")
    Obligation.objects.update(accepted_at=NINE, completed_on=TODAY)
    Task.objects.filter(pk=ended.pk).update(ended_on=TODAY)
    leads = [lead_of(task) for task in (done, ended, recurring)]

    reorganise(*((body, BodyFactory()) for body in leads))

    assert [task.succeeds for task in Task.objects.exclude(succeeds=None)] == [
        recurring
    ]
    assert Obligation.objects.count() == 3


def test_every_open_period_of_a_recurring_task_passes():
    task = owed_by_somebody(recurrence="quarterly")
    part = task.parties.get()
    Obligation.objects.update(period="2026-Q1", starts_on=date(2026, 1, 1))
    ObligationFactory(
        party=part, period="2026-Q2", starts_on=date(2026, 4, 1), due_on=TODAY
    )

    reorganise((part.body, BodyFactory()))

    heir = Task.objects.get(succeeds=task)
    assert [o.period for o in heir.obligations.order_by("pk")] == ["2026-Q1", "2026-Q2"]


def test_coordinating_bodies_are_joined_by_their_takers_each_once():
    task = owed_by_somebody()
    new, stays = BodyFactory.create_batch(2)
    olds = [
        PartyFactory(
            task=task, role="coordinating", received_at=NINE, acknowledged_at=NINE
        ).body
        for _ in range(2)
    ]
    PartyFactory(task=task, body=stays, role="coordinating", received_at=NINE)

    reorganise(*((old, new) for old in olds))

    assert not Task.objects.exclude(succeeds=None).exists()
    parts = TaskParty.objects.filter(task=task, role="coordinating")
    assert [p.body for p in parts.order_by("pk")] == [*olds, stays, new]
    assert parts.get(body=new).received_at is None


def test_lead_and_coordinating_bodies_that_become_one_lead_only():
    task = owed_by_somebody()
    lead, stays = lead_of(task), BodyFactory()
    friend = PartyFactory(task=task, role="coordinating").body
    PartyFactory(task=task, body=stays, role="coordinating", received_at=NINE)
    new = PartyFactory(task=task, role="coordinating").body

    reorganise((lead, new), (friend, new))

    heir = Task.objects.get(succeeds=task)
    assert {(p.body, p.role, p.received_at) for p in heir.parties.all()} == {
        (new, PartyRole.LEAD, None),
        (stays, PartyRole.COORDINATING, NINE),
    }


def test_who_judged_is_followed_and_the_heir_can_judge_and_reword():
    task = owed_by_somebody()
    old, new = task.dispatcher, BodyFactory()

    reorganise((old, new))

    task.refresh_from_db()
    assert (task.dispatcher, task.acceptor) == (old, new)
    actions.revise_task(
        actor=head(new), task=task, wording=WORDS, reason="Kế thừa", at=LATER
    )
    assert not Task.objects.exclude(succeeds=None).exists()


def test_nobody_comes_to_judge_themselves_where_somebody_stands_above():
    top = owed_by_somebody()
    district = lead_of(top)
    (middle,) = derive(top, below(district))
    commune = lead_of(middle)
    (own,) = derive(middle, commune)
    assert (middle.acceptor, own.acceptor) == (district, district)

    reorganise((district, commune))

    middle.refresh_from_db()
    own.refresh_from_db()
    heir = Task.objects.get(succeeds=top)
    assert lead_of(heir) == commune
    assert [heir.acceptor, middle.acceptor, own.acceptor] == [top.dispatcher] * 3
    assert (middle.derived_from, middle.origin) == (heir, heir)
    assert (own.derived_from, own.origin) == (middle, heir)


def test_what_was_derived_hangs_on_the_successor_and_stays_as_stale_as_it_was():
    top = owed_by_somebody()
    province = lead_of(top)
    (moved, stays) = derive(top, below(province), below(province))
    actions.revise_task(
        actor=head(top.dispatcher), task=top, wording=WORDS, reason="Sửa", at=NINE
    )
    new, commune = BodyFactory.create_batch(2)

    reorganise((province, new), (lead_of(moved), commune))

    heir = Task.objects.get(succeeds=top)
    child = Task.objects.get(succeeds=moved)
    stays.refresh_from_db()
    assert [child.derived_from, stays.derived_from] == [heir, heir]
    assert [child.origin, stays.origin] == [heir, heir]
    assert [child.dispatcher, child.acceptor, stays.acceptor] == [new] * 3
    assert stays.dispatcher == province
    assert [child.derived_version, heir.version] == [1, 2]
    assert [v.work for v in heir.versions.all()] == [v.work for v in top.versions.all()]
    moved.refresh_from_db()
    assert moved.derived_from == top  # the old tree stays as it was
    seen = queries.visible_to(actor_with("tasks.read", body=top.dispatcher))
    assert set(seen) == {top, moved, stays, heir, child}


def everything():
    """Give bodies, and tasks of every kind among them; return what moves."""
    top = owed_by_somebody()
    province = lead_of(top)
    district = below(province)
    (middle, own) = derive(top, district, province, coordinating=[below(province)])
    commune = below(district)
    (leaf,) = derive(middle, commune)
    friend = PartyFactory(task=leaf, role="coordinating").body
    done = owed_by_somebody()
    Obligation.objects.filter(task=done).update(accepted_at=NINE, completed_on=TODAY)
    actions.revise_task(
        actor=head(top.dispatcher), task=top, wording=WORDS, reason="Sửa", at=NINE
    )
    new_province, new_commune = BodyFactory.create_batch(2)
    assert own.acceptor == top.dispatcher
    return [
        (province, new_province),
        (district, new_commune),
        (commune, new_commune),
        (friend, new_commune),
        (lead_of(done), new_province),
    ]


def test_taking_back_puts_every_row_back(province):
    pairs = [*everything(), (lead_of(province), BodyFactory())]
    before = dump()

    effects = reorganise(*pairs)
    assert dump() != before
    undo(effects)

    assert dump() == before
    assert Entry.objects.filter(name="plans.tasks_taken_back").count() == 3


def test_opening_what_came_does_not_stand_in_the_way_of_taking_back(province):
    new = BodyFactory()
    before = dump()
    effects = reorganise((lead_of(province), new))

    actions.receive_all(actor=actor_with("tasks.receive", body=new), body=new, at=LATER)
    undo(effects)

    assert dump() == before


@pytest.mark.parametrize(
    "deed",
    [
        lambda new, heir: actions.acknowledge_all(
            actor=new, body=lead_of(heir), paper=heir.clause.paper, at=LATER
        ),
        lambda new, heir: actions.report_progress(
            actor=new,
            obligation=heir.obligations.get(),
            text="Đã làm",
            content=None,
            file_name="",
            at=LATER,
        ),
        lambda new, heir: actions.derive(
            actor=new, task=heir, wording=WORDS, leads=[lead_of(heir)], at=LATER
        ),
        lambda _new, heir: actions.revise_task(
            actor=system_actor("tasks.dispatch"),
            task=heir,
            wording=WORDS,
            reason="Sửa",
            at=LATER,
        ),
    ],
)
def test_what_was_acted_on_is_not_taken_back(province, deed):
    new = BodyFactory()
    effects = reorganise((lead_of(province), new))
    deed(
        actor_with("tasks.receive", "tasks.dispatch", body=new),
        Task.objects.get(succeeds=province),
    )
    before = dump()

    with pytest.raises(MovedOnSince), transaction.atomic():
        undo(effects)

    assert dump() == before


def test_the_preview_counts_by_the_new_body_and_costs_the_same(
    province, django_assert_num_queries
):
    pairs = everything()
    pairs.append((lead_of(province), pairs[0][1]))
    touching = PassOpenTasks()

    with django_assert_num_queries(4):
        led, beside, judged = touching.preview(moves(*pairs), date(2026, 7, 1))

    assert [(line.text, line.note) for line in led.lines] == [
        (str(pairs[0][1]), "3 nhiệm vụ từ 2 cơ quan, 3 đã quá hạn"),
        (str(pairs[1][1]), "2 nhiệm vụ từ 2 cơ quan, 2 đã quá hạn"),
    ]
    assert (led.count, beside.count, judged.count) == (5, 0, 0)
    assert len(led.warnings) == 1
    assert touching.preview(moves(), ON)[0].count == 0


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_counts_are_conserved_and_taken_back_whatever_passes(data):
    with transaction.atomic():
        _one_history(data)
        transaction.set_rollback(True)


def _one_history(data):
    bodies = BodyFactory.create_batch(6)
    pick = st.sampled_from(bodies)
    upstream = [None]
    for _ in range(data.draw(st.integers(1, 6))):
        above = data.draw(st.sampled_from(upstream))
        task = TaskFactory(
            dispatcher=data.draw(pick),
            acceptor=data.draw(pick),
            recurrence=data.draw(st.sampled_from(["", "quarterly"])),
            derived_from=above,
            derived_version=above and 1,
            origin=above and (above.origin or above),
        )
        upstream.append(task)
        lead = PartyFactory(task=task, body=data.draw(pick))
        for body in data.draw(st.sets(pick, max_size=2)) - {lead.body}:
            PartyFactory(task=task, body=body, role="coordinating")
        for n in range(data.draw(st.integers(0, 2))):
            done = data.draw(st.booleans())
            ObligationFactory(
                party=lead,
                period=str(n),
                accepted_at=NINE if done else None,
                completed_on=TODAY if done else None,
            )
    taker = BodyFactory()
    olds = data.draw(st.sets(pick, min_size=1, max_size=4))
    others = [body for body in bodies if body not in olds]
    pairs = [(old, data.draw(st.sampled_from([taker, *others]))) for old in olds]
    before, all_before = dump(), Obligation.objects.count()
    open_before = Counter(_open_by_lead())

    effects = reorganise(*pairs)

    takers = dict(pairs)
    expected: Counter = Counter()
    for body_id, count in open_before.items():
        heir = next((n for o, n in takers.items() if o.pk == body_id), None)
        expected[heir.pk if heir else body_id] += count
    assert Counter(_open_by_lead()) == expected
    assert states()[WorkState.PASSED] == Obligation.objects.count() - all_before
    assert not Task.objects.filter(acceptor__in=olds, pk__in=_open_tasks()).exists()
    undo(effects)
    assert dump() == before


def _open_by_lead():
    owed = Obligation.objects.filter(accepted_at=None, passed_at=None)
    return owed.values_list("party__body_id", flat=True)


def _open_tasks():
    owed = Obligation.objects.filter(accepted_at=None, passed_at=None)
    return owed.values("task_id")


@pytest.mark.django_db(transaction=True)
def test_nothing_is_dispatched_to_a_body_that_is_just_going_over(monkeypatch):
    old, taker, host = BodyFactory.create_batch(3)
    row = draft(on=TODAY)
    passing(row, [old], taker)
    given = partial(dispatch, order(lead=old), dispatcher=host)

    refused = met_applying(monkeypatch, row, given, at=NINE)

    assert isinstance(refused, BodyGoneOver)
    assert not Task.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_given_to_a_body_that_is_just_going_over(monkeypatch):
    top = owed_by_somebody()
    own, taker = lead_of(top), BodyFactory()
    old = below(own)
    row = draft(on=TODAY)
    passing(row, [old], taker)

    refused = met_applying(monkeypatch, row, lambda: derive(top, old), at=NINE)

    assert isinstance(refused, NotBelow)
    assert not TaskParty.objects.filter(body=old).exists()
