import json
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection

from lantoa.journal.models import Entry
from lantoa.journal.vocabulary import SilentActionError
from lantoa.journal.writing import ACTIONS, record
from lantoa.kernel.actor import Actor, FixedReach
from lantoa.kernel.refusal import Refused
from lantoa.organisations.models import Body
from tests.factories import NINE
from tests.journal.samples import (
    Shown,
    Tried,
    enter,
    enter_two,
    find_nothing_to_do,
    keep_silent,
)

pytestmark = pytest.mark.django_db

SECRETARY = Actor(
    office="Thư ký Hội đồng", reach=FixedReach(), person_id=7, mandate_id=8
)


def test_an_action_leaves_ids_and_an_office_and_no_name():
    body = enter(actor=SECRETARY, name="Sở Tư pháp")

    entry = Entry.objects.get()
    assert (entry.name, entry.subjects) == ("tests.tried", [f"body:{body.pk}"])
    assert (entry.actor_id, entry.mandate_id, entry.office) == (
        7,
        8,
        "Thư ký Hội đồng",
    )
    assert entry.payload["note"] == "Sở Tư pháp"


def test_an_action_without_a_fact_fails_and_changes_nothing():
    with pytest.raises(SilentActionError):
        keep_silent(actor=SECRETARY)

    assert not Body.objects.filter(name="không ai biết").exists()


def test_nothing_to_do_is_said_and_leaves_no_entry():
    assert find_nothing_to_do(actor=SECRETARY) is None
    assert not Entry.objects.exists()


def test_a_refusal_takes_the_fact_back():
    with pytest.raises(Refused):
        enter(actor=SECRETARY, name="Sở Tư pháp", fails=True)

    assert not Entry.objects.exists()
    assert not Body.objects.filter(name="Sở Tư pháp").exists()


def test_an_action_inside_another_shares_its_transaction():
    with pytest.raises(IntegrityError):
        enter_two(actor=SECRETARY, names=("một", None))
    assert not Entry.objects.exists()

    enter_two(actor=SECRETARY, names=("một", "hai"))
    assert [e.payload["note"] for e in Entry.objects.order_by("pk")] == ["một", "hai"]


def test_facts_are_recorded_inside_actions_only():
    with pytest.raises(RuntimeError, match="outside an action"):
        record(Tried(), by=SECRETARY)


def test_a_fact_comes_back_as_it_was_written():
    fact = Tried(
        body_id=None,
        venue_ids=(3, 4),
        due_on=date(2026, 3, 10),
        ends_at=datetime(2026, 3, 10, 2, 5, tzinfo=UTC),
    )

    written = json.loads(json.dumps(fact.payload()))

    assert Tried.read(written) == Tried(
        venue_ids=[3, 4],  # type: ignore[arg-type]
        due_on=fact.due_on,
        ends_at=fact.ends_at,
    )
    assert fact.subjects() == ["venue:3", "venue:4"]


def test_history_entered_later_keeps_both_moments():
    from lantoa.journal.writing import action

    @action
    def tell_late(*, actor):
        record(Tried(), by=actor, at=NINE)

    tell_late(actor=SECRETARY)
    ACTIONS.pop(next(name for name in ACTIONS if name.endswith("tell_late")))

    entry = Entry.objects.get()
    assert entry.occurred_at == NINE
    assert entry.recorded_at > NINE


@pytest.mark.parametrize(("note", "carried"), [("ngắn", True), ("dài" * 3000, False)])
@pytest.mark.django_db(transaction=True)
def test_screens_are_woken_after_the_commit_even_by_long_facts(note, carried):
    from lantoa.journal.writing import action

    @action
    def show(*, actor):
        record(Shown(conference_id=12, note=note), by=actor)

    with connection.cursor() as cursor:
        cursor.execute("LISTEN live")
    show(actor=SECRETARY)
    ACTIONS.pop(next(name for name in ACTIONS if name.endswith("show")))

    (told,) = list(connection.connection.notifies(timeout=5, stop_after=1))
    message = json.loads(told.payload)
    assert (message["topic"], message["event"]) == ("conference:12", "tests.shown")
    assert (message["payload"] is not None) == carried
    with connection.cursor() as cursor:
        cursor.execute("UNLISTEN live")
