import pytest
from django.db import connection

from lantoa.journal.models import Entry
from lantoa.journal.reacting import entering_history
from lantoa.kernel.actor import Actor, FixedReach
from lantoa.kernel.refusal import Refused
from lantoa.plans import actions as plans
from tests.factories import NINE, BodyFactory, actor_with
from tests.factories.documents import ClauseFactory
from tests.factories.racing import work_off
from tests.journal import samples
from tests.journal.samples import Tried, enter

ACTOR = Actor(office="Thư ký", reach=FixedReach(), person_id=1)


@pytest.fixture(autouse=True)
def nothing_before(db):
    """Tests that commit leave their jobs behind."""
    samples.seen.clear()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def jobs():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'reaction' FROM procrastinate_jobs"
            " WHERE task_name = 'journal.react' ORDER BY id"
        )
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.django_db
def test_a_reaction_is_owed_in_the_transaction_of_its_fact():
    enter(actor=ACTOR, name="một")
    assert jobs() == ["tests.journal.samples.remember"]

    with pytest.raises(Refused):
        enter(actor=ACTOR, name="hai", fails=True)
    assert jobs() == ["tests.journal.samples.remember"]


@pytest.mark.django_db
def test_nobody_is_told_of_history_as_of_news():
    """What keeps something true is owed all the same."""
    told = "lantoa.plans.reactions.tell_of_dispatch"
    lead = BodyFactory()

    def dispatch():
        plans.dispatch(
            actor=actor_with("tasks.dispatch", body=lead),
            dispatcher=lead,
            orders=[
                plans.Order(
                    clause=ClauseFactory(),
                    lead=lead,
                    work="Việc",
                    deadline_text="Quý I",
                )
            ],
            at=NINE,
        )

    with entering_history():
        dispatch()
        enter(actor=ACTOR, name="một")
    assert jobs() == ["tests.journal.samples.remember"]

    dispatch()
    assert jobs() == ["tests.journal.samples.remember", told]


@pytest.mark.django_db(transaction=True)
def test_a_worker_carries_it_out_after_the_commit():
    body = enter(actor=ACTOR, name="một")
    with pytest.raises(Refused):
        enter(actor=ACTOR, name="hai", fails=True)
    assert samples.seen == []

    work_off()

    assert [(f.body_id, f.note) for f in samples.seen] == [(body.pk, "một")]
    assert jobs() == []


@pytest.mark.django_db(transaction=True)
def test_what_a_reaction_records_is_owed_in_its_own_transaction(monkeypatch):
    """The worker's own connection must not carry what an action defers."""

    def act_and_fail(fact: Tried) -> None:
        if fact.note == "một":
            enter(actor=ACTOR, name="theo sau", fails=True)

    from lantoa.journal import reacting

    monkeypatch.setitem(
        reacting._registry["tests.tried"],
        "tests.journal.samples.remember",
        lambda payload: act_and_fail(Tried.read(payload)),
    )
    enter(actor=ACTOR, name="một")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lantoa.journal.jobs.react.retry_strategy", None)
        work_off()

    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs")
        assert [row[0] for row in cursor.fetchall()] == ["failed"]
    assert [entry.payload["note"] for entry in Entry.objects.all()] == ["một"]
