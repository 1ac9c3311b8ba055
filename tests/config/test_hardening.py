"""The program's role may add to the journal, and nothing else, not even drop it."""

import io

import psycopg
import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction
from psycopg import errors

from lantoa.config.database import conninfo_of, parse_database_url
from lantoa.config.postgres import temporary_server
from lantoa.config.readiness import DATABASE, USER
from lantoa.config.tools import run_tool
from lantoa.journal.models import Entry
from lantoa.journal.sealing import seal, verify
from lantoa.kernel.actor import system_actor
from lantoa.operations.actions import remember_verification
from lantoa.operations.vocabulary import KEEP
from tests.factories import NINE

LIFTED = [
    "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
    "DROP TRIGGER entries_never_change ON journal_entry",
    "ALTER FUNCTION journal_refuse_change() RENAME TO a",
    "CREATE TRIGGER a AFTER INSERT ON journal_entry EXECUTE FUNCTION journal_await_seal()",
    "UPDATE journal_entry SET office = 'Ai khác'",
    "DELETE FROM journal_seal",
    "TRUNCATE journal_entry",
    "DROP TABLE journal_entry CASCADE",
    "DROP SCHEMA public CASCADE",
    "ALTER TABLE journal_entry OWNER TO lantoa",
    "SET ROLE lantoa_journal",
    "SET session_replication_role = replica",
]


@pytest.fixture
def program_role(django_db_blocker, monkeypatch):
    """Run Django under the program's role on a migrated database of its own."""
    with temporary_server() as url, django_db_blocker.unblock():
        with psycopg.connect(url, autocommit=True) as line:
            line.execute(f"CREATE ROLE {USER} LOGIN PASSWORD 'mot-mat-khau'")
            line.execute(f"CREATE DATABASE {DATABASE} OWNER {USER}")
        before = dict(connection.settings_dict)
        connection.close()
        connection.settings_dict.update(parse_database_url(url))
        connection.settings_dict |= {
            "NAME": DATABASE, "USER": USER, "PASSWORD": "mot-mat-khau",
        }  # fmt: skip
        monkeypatch.setenv("ADMIN_DATABASE_URL", url)
        try:
            call_command("migrate", "journal", verbosity=0)
            yield url
        finally:
            connection.close()
            connection.settings_dict.update(before)


def enter():
    given = {"faults": 0, "head": "", "seals": 0, "at": NINE}
    remember_verification(actor=system_actor(KEEP), **given)


def test_the_journal_belongs_to_nobody_who_runs_here(program_role, tmp_path):
    enter()
    out = io.StringIO()

    for _ in range(2):  # a second time does no harm
        call_command("harden_journal", stdout=out)

    assert "chỉ được ghi thêm" in out.getvalue()
    for statement in LIFTED:
        with (
            pytest.raises((ProgrammingError, errors.Error)),
            psycopg.connect(conninfo_of(connection)) as line,
        ):
            line.execute(statement)
            pytest.fail(statement)

    # All goes on: entries, seals, verification, and new tables.
    enter()
    assert seal() is not None
    assert (verify(), Entry.objects.count()) == ([], 2)
    dump = tmp_path / "dump"
    run_tool("pg_dump", conninfo_of(connection), f"--file={dump}", server=18)
    assert "COPY public.journal_entry" in dump.read_text()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (n int); DROP TABLE later")

    call_command("harden_journal", "--undo", stdout=out)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry ADD COLUMN later int")


@pytest.mark.django_db
def test_it_can_be_printed_for_somebody_else_to_run():
    out = io.StringIO()
    call_command("harden_journal", "--print", stdout=out)

    said = out.getvalue()
    assert 'ALTER TABLE journal_entry OWNER TO "lantoa_journal";' in said
    assert said.count(";\n") >= 13
