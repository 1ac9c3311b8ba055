from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from lantoa.journal import sealing
from lantoa.journal.models import Entry, Seal, Unsealed
from lantoa.journal.sealing import GENESIS, seal, verify
from lantoa.kernel.actor import Actor, FixedReach
from tests.factories.racing import race
from tests.journal.samples import enter

ACTOR = Actor(office="Thư ký", reach=FixedReach(), person_id=1)


def write(count):
    return [enter(actor=ACTOR, name=f"số {n}") for n in range(count)]


@contextmanager
def without_the_trigger(table):
    """Tamper as somebody who owns the database could."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET office = 'ai đó'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "UPDATE journal_seal SET digest = 'x'",
        "DELETE FROM journal_seal",
        "TRUNCATE journal_seal",
    ],
)
def test_what_is_written_and_sealed_is_never_changed(statement):
    write(1)
    seal()
    with connection.cursor() as cursor:
        # Tests that race may empty the tables; here as in production nobody may.
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")
        cursor.execute("ALTER TABLE journal_seal ENABLE TRIGGER USER")

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            cursor.execute(statement)

    assert Entry.objects.get().office == "Thư ký"


@pytest.mark.django_db(transaction=True)
def test_the_verifier_raises_no_false_alarm_while_others_write_and_seal():
    over = Event()

    def live_on():
        try:
            while not over.is_set():
                write(1)
                seal()
        finally:
            connection.close()

    others = Thread(target=live_on)
    others.start()
    try:
        found = [fault for _ in range(30) for fault in verify()]
    finally:
        over.set()
        others.join()

    assert found == []


@pytest.mark.django_db
def test_seals_make_one_chain_over_every_entry_once():
    write(2)
    first = seal()
    write(3)
    second = seal()

    assert seal() is None
    assert (first.previous, second.previous) == (GENESIS, first.digest)
    covered = [*first.entry_ids, *second.entry_ids]
    assert covered == sorted(e.pk for e in Entry.objects.all())
    assert not Unsealed.objects.exists()
    assert verify() == []


@pytest.mark.django_db
def test_a_seal_covers_a_batch_at_most(monkeypatch):
    monkeypatch.setattr(sealing, "BATCH", 2)
    write(3)

    assert [len(seal().entry_ids), len(seal().entry_ids)] == [2, 1]
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_a_late_commit_with_an_early_number_is_sealed_next():
    numbered, commit = Event(), Event()

    def slow_writer():
        with transaction.atomic():
            enter(actor=ACTOR, name="chậm")
            numbered.set()
            commit.wait(timeout=10)
        connection.close()

    writer = Thread(target=slow_writer)
    writer.start()
    numbered.wait(timeout=10)
    enter(actor=ACTOR, name="nhanh")

    first = seal()  # the writer is not waited for
    commit.set()
    writer.join(timeout=10)
    second = seal()

    fast, slow = (
        Entry.objects.get(payload__note=note).pk for note in ("nhanh", "chậm")
    )
    assert slow < fast
    assert (first.entry_ids, second.entry_ids) == ([fast], [slow])
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_sealers_and_writers_at_once_cover_every_entry_once():
    def seal_often():
        return [seal() for _ in range(10)]

    race(*[lambda: write(10)] * 4, seal_often, seal_often)
    while seal():
        pass

    covered = [pk for each in Seal.objects.all() for pk in each.entry_ids]
    assert len(covered) == 40
    assert sorted(covered) == sorted(e.pk for e in Entry.objects.all())
    assert verify() == []


TAMPERINGS = {
    "a field altered": (
        "UPDATE journal_entry SET office = 'ai đó' WHERE id = {entry}",
        "niêm phong {seal}",
    ),
    "a payload altered": (
        """UPDATE journal_entry SET payload = '{{"note": "khác"}}' WHERE id = {entry}""",
        "niêm phong {seal}",
    ),
    "an entry deleted": (
        "DELETE FROM journal_entry WHERE id = {entry}",
        "niêm phong {seal}",
    ),
    "an entry slipped in": (
        (
            "INSERT INTO journal_entry (id, name, payload, subjects, office, occurred_at,"
            " command_key) OVERRIDING SYSTEM VALUE VALUES (999999, 'x', '{{}}', '{{}}', '',"
            " now(), '')"
        ),
        "bút tích 999999",
    ),
    "the waiting list emptied": (
        "DELETE FROM journal_unsealed",
        "bút tích {waiting}",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize("how", TAMPERINGS)
def test_the_verifier_names_what_was_tampered_with(how):
    write(2)
    sealed = seal()
    write(1)
    names = {
        "entry": sealed.entry_ids[0],
        "seal": sealed.pk,
        "waiting": Unsealed.objects.get().pk,
    }
    statement, where = TAMPERINGS[how]
    assert verify() == []

    with without_the_trigger("journal_entry") as cursor:
        cursor.execute(statement.format(**names))

    assert [fault.where for fault in verify()] == [where.format(**names)]


@pytest.mark.django_db
def test_a_seal_made_over_again_breaks_the_chain():
    write(1)
    first = seal()
    write(1)
    second = seal()

    with without_the_trigger("journal_entry") as cursor:
        cursor.execute(
            "UPDATE journal_entry SET office = 'ai đó' WHERE id = %s",
            first.entry_ids,
        )
    new = sealing._digest(GENESIS, first.entry_ids)
    with without_the_trigger("journal_seal") as cursor:
        cursor.execute(
            "UPDATE journal_seal SET digest = %s WHERE id = %s", [new, first.pk]
        )

    faults = verify()
    assert [fault.where for fault in faults] == [f"niêm phong {second.pk}"]
    assert "đứt chuỗi" in faults[0].what


@pytest.mark.django_db
def test_the_command_tells_the_head_or_fails(capsys):
    write(1)
    head = seal()

    call_command("verify_journal")
    assert head.digest[:12] in capsys.readouterr().out

    with without_the_trigger("journal_entry") as cursor:
        cursor.execute("UPDATE journal_entry SET office = 'ai đó'")
    with pytest.raises(CommandError, match="1 sai lệch"):
        call_command("verify_journal")
