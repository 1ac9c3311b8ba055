from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from lantoa.journal.actions import KEPT, forget_old_commands
from lantoa.journal.commands import command
from lantoa.journal.models import Command, Entry
from lantoa.journal.vocabulary import KeyReused
from lantoa.kernel.actor import ANONYMOUS, Actor, FixedReach
from lantoa.kernel.refusal import Refused
from lantoa.organisations.models import Body
from tests.factories import NINE
from tests.factories.racing import race
from tests.journal.samples import answer, enter, enter_two

ONE = Actor(office="Một", reach=FixedReach(), person_id=1)
TWO = Actor(office="Hai", reach=FixedReach(), person_id=2)


def enter_with(key, *, actor=ONE, name="Sở", digest="", **more):
    with command(key, digest):
        return enter(actor=actor, name=name, **more)


@pytest.mark.django_db
def test_a_retry_gets_the_first_answer_and_changes_nothing():
    first = enter_with("k")
    again = enter_with("k")

    assert again == first
    assert Entry.objects.count() == Body.objects.count() == 1
    assert Entry.objects.get().command_key == "k"


@pytest.mark.django_db
def test_the_same_key_with_other_content_is_refused():
    enter_with("k", digest="một")

    with pytest.raises(KeyReused):
        enter_with("k", digest="hai")
    assert Body.objects.count() == 1


@pytest.mark.django_db
def test_the_same_key_for_another_action_is_refused():
    enter_with("k")

    with command("k"), pytest.raises(KeyReused):
        enter_two(actor=ONE, names=("một", "hai"))


@pytest.mark.django_db
def test_keys_of_different_people_do_not_meet():
    enter_with("k", actor=ONE)
    enter_with("k", actor=TWO)
    enter_with("k", actor=ANONYMOUS)

    assert Body.objects.count() == 3


@pytest.mark.django_db
def test_a_refused_command_may_be_sent_again():
    with pytest.raises(Refused):
        enter_with("k", fails=True)

    assert enter_with("k").name == "Sở"


@pytest.mark.django_db
def test_two_actions_under_one_key_are_two_steps_of_it():
    def both():
        with command("k"):
            return enter(actor=ONE, name="a"), enter(actor=ONE, name="b")

    assert both() == both()
    assert Body.objects.count() == 2


@pytest.mark.django_db
def test_only_the_outermost_action_answers_to_the_key():
    def two():
        with command("k"):
            return enter_two(actor=ONE, names=("một", "hai"))

    assert two() == two()
    assert Body.objects.count() == 2
    assert Command.objects.count() == 1
    assert {entry.command_key for entry in Entry.objects.all()} == {"k"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value",
    [
        None,
        3,
        "chữ",
        [1, [2]],
        {"a": 1, 2: date(2026, 1, 2)},
        NINE,
        date(2026, 3, 10),
    ],
)
def test_a_retry_gets_values_of_the_same_type(value):
    def get():
        with command("k"):
            return answer(actor=ONE, value=value)

    first, second = get(), get()

    assert second == first
    assert type(second) is type(first)


@pytest.mark.django_db
def test_an_answer_that_cannot_be_kept_is_an_error_at_once():
    with command("k"), pytest.raises(TypeError, match="cannot be kept: object"):
        answer(actor=ONE, value=object())
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_racing_retries_are_carried_out_once():
    answers = race(*[lambda: enter_with("k").pk] * 8)

    assert answers == [Body.objects.get().pk] * 8
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_old_keys_are_forgotten_after_thirty_days():
    for key in ("cũ", "mới"):
        enter_with(key)
    at = datetime(2026, 3, 10, tzinfo=UTC)
    for key, age in (("cũ", timedelta(seconds=1)), ("mới", timedelta(0))):
        Command.objects.filter(key=key).update(at=at - KEPT - age)

    assert forget_old_commands(at=at) == 1
    assert [c.key for c in Command.objects.all()] == ["mới"]


@pytest.mark.django_db
def test_forgetting_takes_the_keys_in_batches(monkeypatch):
    monkeypatch.setattr("lantoa.journal.actions._BATCH", 2)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_command (key, actor_id, digest, at)"
            " SELECT n, 1, '', '2020-01-01' FROM generate_series(1, 5) AS n"
        )

    assert forget_old_commands(at=datetime(2026, 3, 10, tzinfo=UTC)) == 5
    assert not Command.objects.exists()
