"""The worker's watch: one leader, chores in time, and a lost database survived."""

import pytest
from django.db import OperationalError, connection

from lantoa.config.watch import LEADER, Chore, Watch, chores
from lantoa.journal.models import Seal
from lantoa.kernel.actor import Actor, FixedReach
from tests.journal.samples import enter

pytestmark = pytest.mark.django_db(transaction=True)


def leaders():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s",
            [LEADER],
        )
        return cursor.fetchone()[0]


def test_a_chore_is_done_when_due_and_its_own_fault_is_logged(caplog):
    done = []

    def fail():
        done.append(1)
        raise ValueError("hỏng")

    chore = Chore("hỏng", 10.0, fail)
    for now in (0.0, 9.9, 10.0, 10.1, 20.0):
        chore.look(now)

    assert len(done) == 3
    assert "hỏng" in caplog.text


def test_the_watch_seals_and_does_what_a_version_has():
    enter(actor=Actor(office="Thư ký", reach=FixedReach()), name="một")

    for chore in chores():
        chore.look(0.0)

    assert Seal.objects.count() == 1
    assert {chore.name for chore in chores()} >= {"seal", "commands", "lines"}


def test_one_watch_leads_and_the_next_takes_over():
    from tests.factories.racing import race

    done = []
    first = Watch([Chore("một", 0.0, lambda: done.append(1))])
    second = Watch([Chore("hai", 0.0, lambda: done.append(2))])

    first._round()
    race(second._round)
    assert (first.leads, second.leads, leaders()) == (True, False, 1)

    first._let_go()
    second._round()
    assert (first.leads, second.leads, done) == (False, True, [1, 2])
    second._let_go()
    assert leaders() == 0


def test_a_watch_that_lost_its_connection_leads_only_after_locking_anew():
    watch = Watch([])
    watch._round()
    connection.close()  # as after a restart of the database
    assert leaders() == 0

    watch._round()

    assert (watch.leads, leaders()) == (True, 1)
    watch._let_go()


def test_a_database_that_is_gone_ends_the_round_not_the_watch():
    def lose():
        raise OperationalError("mất kết nối")

    watch = Watch([Chore("mất", 0.0, lose)])
    with pytest.raises(OperationalError):
        watch._round()
    watch._let_go()

    watch.start()
    watch.stop(patience=5)

    assert watch._thread is not None
    assert not watch._thread.is_alive()
    assert leaders() == 0
