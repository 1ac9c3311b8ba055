"""What becomes of derived tasks when their upstream says something else."""

from datetime import date, timedelta

import pytest

from lantoa.journal.models import Entry
from lantoa.kernel.actor import ANONYMOUS
from lantoa.kernel.refusal import NotPermitted
from lantoa.plans import actions
from lantoa.plans.actions import Wording
from lantoa.plans.models import Obligation, Task, TaskVersion
from lantoa.plans.vocabulary import (
    LaterThanUpstream,
    NothingRevised,
    NotStale,
    ReasonMissing,
    RevisedMeanwhile,
    WorkClosed,
    WorkMissing,
)
from tests.factories import NINE, TODAY, BodyFactory, below
from tests.factories.plans import ObligationFactory, PartyFactory
from tests.factories.racing import race
from tests.plans.test_deriving import DUE, derive, given, head, lead_of

pytestmark = pytest.mark.django_db
LATER = NINE + timedelta(hours=1)
SAID = Wording(work="Ban hành và công khai", deadline_text="Quý I", due_on=DUE)


def revise(task, wording=SAID, reason="Theo ý kiến của Hội đồng", **more):
    actor = more.pop("actor", None) or head(task.dispatcher)
    return actions.revise_task(
        actor=actor, task=task, wording=wording, reason=reason, at=LATER, **more
    )


def adopt(task, wording=SAID, **more):
    actor = more.pop("actor", None) or head(task.dispatcher)
    return actions.adopt_revision(
        actor=actor, task=task, wording=wording, at=LATER, **more
    )


def keep(task, reason="Đã ban hành", **more):
    actor = more.pop("actor", None) or head(task.dispatcher)
    return actions.keep_wording(actor=actor, task=task, reason=reason, at=LATER, **more)


def is_stale(task):
    task.refresh_from_db()
    return task.derived_version < task.derived_from.version


@pytest.fixture
def chain():
    """Give a task, what a province made of it, and what a district made of that."""
    top = given()
    (middle,) = derive(top, below(lead_of(top)))
    (leaf,) = derive(middle, below(lead_of(middle)))
    return top, middle, leaf


def words_of(*tasks):
    rows = Task.objects.filter(pk__in=[task.pk for task in tasks]).order_by("pk")
    return [(Wording.of(task), task.version) for task in rows]


def test_a_revision_keeps_both_wordings_and_overwrites_nothing_below(chain):
    top, middle, leaf = chain
    first, below_before = Wording.of(top), words_of(middle, leaf)

    revise(top)

    assert is_stale(middle)
    assert not is_stale(leaf)  # its own upstream says what it said
    assert words_of(middle, leaf) == below_before
    assert [
        (v.number, Wording.of(v), v.reason, v.office)
        for v in TaskVersion.objects.filter(task=top)
    ] == [(1, first, "", ""), (2, SAID, "Theo ý kiến của Hội đồng", "Người thử")]
    fact = Entry.objects.get(name="plans.task_revised")
    assert fact.payload["stale"] == [middle.pk]
    assert f"task:{middle.pk}" in fact.subjects


def test_a_revision_moves_the_day_and_remembers_the_first():
    task = given(due_on=date(2026, 3, 31))
    moved = Wording(work=task.work, deadline_text="Quý II", due_on=DUE)

    revise(task, moved)

    owed = Obligation.objects.get(task=task)
    assert (owed.due_on, owed.original_due_on) == (DUE, date(2026, 3, 31))
    revise(task, Wording(work=task.work, deadline_text="thường xuyên"))
    owed.refresh_from_db()
    assert (owed.due_on, owed.original_due_on) == (None, None)


def test_a_yearly_tasks_day_moves_within_its_year():
    task = given(due_on=date(2026, 11, 30), recurrence="yearly")
    Obligation.objects.update(period="2027", starts_on=date(2027, 1, 1))

    revise(
        task,
        Wording(work="x", deadline_text="trước 15/12", due_on=date(2026, 12, 15)),
    )

    assert Obligation.objects.get(task=task).due_on == date(2027, 12, 15)


def test_what_is_done_keeps_the_day_it_was_done_by():
    task = given(due_on=date(2026, 3, 31), recurrence="continuous")
    done = ObligationFactory(
        party=task.parties.get(),
        period="2025",
        due_on=TODAY,
        completed_on=TODAY,
        accepted_at=NINE,
    )

    revise(task, Wording(work="x", deadline_text="x", due_on=DUE))

    done.refresh_from_db()
    assert done.due_on == TODAY


def test_revised_twice_is_stale_until_the_last_was_looked_at(chain):
    top, middle, leaf = chain
    revise(top)
    adopt(middle)
    assert not is_stale(middle)
    assert is_stale(leaf)  # its own upstream moved with the adoption
    again = Wording(work="Lần ba", deadline_text="Quý I", due_on=DUE)
    revise(top, again)
    assert is_stale(middle)

    keep(middle, seen=3)

    assert not is_stale(middle)
    assert Wording.of(middle) == SAID
    assert [middle.version, middle.derived_version] == [2, 3]
    assert [v.number for v in middle.versions.all()] == [1, 2]
    assert middle.versions.get(number=2).reason == "Theo ý kiến của Hội đồng"


def test_adopting_the_same_words_makes_no_version(chain):
    top, middle, leaf = chain
    revise(top)

    adopt(middle, Wording.of(middle))

    assert not is_stale(middle)
    assert middle.version == 1
    assert not is_stale(leaf)
    assert Entry.objects.get(name="plans.revision_adopted").payload["stale"] == []


def test_keeping_gives_a_reason_that_the_journal_holds(chain):
    top, middle, _ = chain
    revise(top)

    with pytest.raises(ReasonMissing):
        keep(middle, reason="  ")
    keep(middle)

    entry = Entry.objects.get(name="plans.wording_kept")
    assert entry.payload["reason"] == "Đã ban hành"
    assert entry.payload["version"] == 2


def test_what_nobody_saw_is_neither_adopted_nor_kept_nor_revised_over(chain):
    top, middle, _ = chain
    revise(top, seen=1)

    with pytest.raises(RevisedMeanwhile):
        revise(top, Wording(work="Khác", deadline_text="x"), seen=1)
    revise(top, Wording(work="Lần ba", deadline_text="x", due_on=DUE), seen=2)
    for deed in (adopt, keep):
        with pytest.raises(RevisedMeanwhile):
            deed(middle, seen=2)

    assert is_stale(middle)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"reason": " "}, ReasonMissing),
        ({"wording": Wording(work="", deadline_text="x")}, WorkMissing),
        (
            {
                "wording": Wording(
                    work="x", deadline_text="x", due_on=DUE + timedelta(days=1)
                )
            },
            LaterThanUpstream,
        ),
    ],
)
def test_a_revision_is_refused_whole(chain, words, refusal):
    _, middle, _ = chain
    before = words_of(middle)

    with pytest.raises(refusal):
        revise(middle, **words)
    with pytest.raises(NothingRevised):
        revise(middle, Wording.of(middle))

    assert words_of(middle) == before


def test_what_is_closed_is_not_reworded(chain):
    top, middle, _ = chain
    revise(top)
    Obligation.objects.update(accepted_at=NINE, completed_on=TODAY)

    for deed in (revise, adopt):
        with pytest.raises(WorkClosed):
            deed(middle, Wording(work="Khác", deadline_text="x"))
    keep(middle)  # there is nothing to reword, but it may be said


def test_an_adoption_may_not_outlast_the_upstream(chain):
    top, middle, _ = chain
    revise(top)
    late = Wording(work="x", deadline_text="x", due_on=DUE + timedelta(days=1))

    with pytest.raises(LaterThanUpstream):
        adopt(middle, late)
    with pytest.raises(WorkMissing):
        adopt(middle, Wording(work=" ", deadline_text="x"))


def test_what_is_not_stale_has_nothing_to_adopt(chain):
    top, middle, _ = chain
    for task in (top, middle):
        for deed in (adopt, keep):
            with pytest.raises(NotStale):
                deed(task)


def test_only_who_dispatched_rewords_adopts_and_keeps(chain):
    top, middle, _ = chain
    revise(top)
    strangers = [head(top.dispatcher), head(lead_of(middle)), head(BodyFactory())]
    for actor in (*strangers, ANONYMOUS):
        for deed in (revise, adopt, keep):
            with pytest.raises(NotPermitted):
                deed(middle, actor=actor)


def test_who_judges_in_the_place_of_a_body_that_is_no_more_may_reword():
    heir = BodyFactory()
    task = given(acceptor=heir)
    revise(task, actor=head(heir))
    own = PartyFactory(task__acceptor=heir)
    Task.objects.filter(pk=own.task_id).update(dispatcher=own.body)
    own.task.refresh_from_db()

    with pytest.raises(NotPermitted):  # what a body gave itself is its own
        revise(own.task, actor=head(heir))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_revise_at_once_one_is_told(chain):
    top, *_ = chain
    texts = ["Một", "Hai"]

    answers = race(
        *(
            lambda text=text: revise(
                top, Wording(work=text, deadline_text="x", due_on=DUE), seen=1
            )
            for text in texts
        )
    )

    assert [type(a) for a in answers if isinstance(a, Exception)] == [RevisedMeanwhile]
    top.refresh_from_db()
    assert top.version == 2
    assert TaskVersion.objects.filter(task=top).count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_adopt_or_keep_at_once_one_is_told(chain):
    top, middle, _ = chain
    revise(top)

    answers = race(
        lambda: adopt(middle),
        lambda: adopt(middle, Wording(work="Khác", deadline_text="x")),
        lambda: keep(middle),
    )

    assert [type(a) for a in answers if isinstance(a, Exception)] == [NotStale] * 2
    assert not is_stale(middle)
    assert middle.version <= 2
    answered = ["plans.revision_adopted", "plans.wording_kept"]
    assert Entry.objects.filter(name__in=answered).count() == 1
