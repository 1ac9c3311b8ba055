"""The operator's page: what it shows, what it warns of, and its two buttons."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from lantoa.access.vocabulary import Role
from lantoa.journal.models import Entry
from lantoa.journal.sealing import seal
from lantoa.kernel.actor import system_actor
from lantoa.operations.actions import ask_verification, remember_backup, tell_process
from lantoa.operations.jobs import NIGHTLY, verify_nightly
from lantoa.operations.reactions import verify_journal
from lantoa.operations.state import look
from lantoa.operations.vocabulary import KEEP, ProcessKind
from lantoa.operations.warnings import warnings
from tests.factories import MandateFactory, send, sign_in

PAGE = "/quan-tri/van-hanh/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_jobs_before(db):
    """Tests that commit leave their jobs behind."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def failed_job(task="journal.react", **args):
    job_id = app.configure_task(task, queue="reactions", allow_unknown=True).defer(
        **args
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [job_id]
        )
    return job_id


def names(at=None):
    return [warning.name for warning in warnings(look(at or timezone.now()))]


@pytest.fixture
def operator(client):
    return sign_in(client, MandateFactory(role=Role.ADMINISTRATOR))


def test_only_who_runs_the_system_sees_it(client):
    sign_in(client, MandateFactory(role=Role.CHAIR))
    assert client.get(PAGE).status_code == 403
    assert send(client, f"{PAGE}kiem-tra/").status_code == 403


def test_an_empty_house_says_what_to_do(operator):
    text = operator.get(PAGE).content.decode()

    assert "Không có tiến trình công việc nền nào đang chạy." in text
    assert "make backup TO=" in text
    assert "Hàng đợi trống" in text


def test_processes_failed_jobs_and_backup_are_shown(operator):
    now = timezone.now()
    tell_process("web-1@may", ProcessKind.WEB, now, streams=1234)
    tell_process("worker-1@may", ProcessKind.WORKER, now, leads=True)
    failed_job(entry_id=41, reaction="lantoa.notices.reactions.tell")
    said = {"sha256": "ab" * 32, "size": 5_000_000, "files": 12, "missing": 0}
    said |= {"archive": "lantoa-1.tar", "head": "cd", "seconds": 3, "at": now}
    remember_backup(actor=system_actor(KEEP), **said)

    text = operator.get(PAGE).content.decode()

    for shown in (
        "web-1@may", "1.234", "canh giữ", "lantoa.notices.reactions.tell", "41",
        "1 việc nền đã lỗi", "lantoa-1.tar", "mới trong 24 giờ", "ab" * 32,
    ):  # fmt: skip
        assert shown in text, shown


def test_the_queries_do_not_grow_with_the_rows(operator):
    operator.get(PAGE)
    counts = []
    for _ in range(2):
        failed_job(entry_id=1, reaction="a")
        tell_process(f"web-{_}@may", ProcessKind.WEB, timezone.now())
        with CaptureQueriesContext(
            connection,
        ) as captured:
            operator.get(PAGE)
        counts.append(len(captured))
    assert counts == [13, 13]


def test_a_failed_job_runs_again_once_and_the_journal_knows(operator):
    job_id = failed_job(entry_id=41, reaction="a")

    assert send(operator, f"{PAGE}viec-nen/{job_id}/chay-lai/").status_code == 302
    assert ProcrastinateJob.objects.get(pk=job_id).status == "todo"
    fact = Entry.objects.get(name="operations.job_retried")
    assert fact.payload == {"number": job_id, "task": "journal.react"}

    assert send(operator, f"{PAGE}viec-nen/{job_id}/chay-lai/").status_code == 409


def test_a_verification_is_asked_for_carried_out_and_shown(operator):
    assert send(operator, f"{PAGE}kiem-tra/").status_code == 302
    assert ProcrastinateJob.objects.filter(status="todo").count() == 1
    seal()

    verify_journal(None)

    said = Entry.objects.get(name="operations.journal_verified").payload
    assert (said["faults"], len(said["head"])) == (0, 64)
    assert "nguyên vẹn" in operator.get(PAGE).content.decode()


def test_the_journal_is_verified_every_night():
    assert (NIGHTLY, "") in app.periodic_registry.periodic_tasks

    verify_nightly(timestamp=0)

    (job,) = ProcrastinateJob.objects.filter(status="todo")
    assert job.args["reaction"] == "lantoa.operations.reactions.verify_journal"


@pytest.mark.django_db(transaction=True)
def test_a_broken_journal_is_told():
    ask_verification(actor=system_actor(KEEP), at=timezone.now())
    seal()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE journal_entry SET office = 'Ai khác'")
        cursor.execute("SET session_replication_role = origin")

    verify_journal(None)

    assert "journal_broken" in names()


def test_each_warning_has_its_moment():
    now = timezone.now()
    assert names() == ["no_worker", "no_backup"]

    tell_process("worker-1@may", ProcessKind.WORKER, now)
    app.configure_task("journal.react", queue="reactions").defer(
        entry_id=1, reaction="a"
    )
    ask_verification(actor=system_actor(KEEP), at=now)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = at - interval '6 minutes'")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE journal_entry SET recorded_at = now() - interval '3 minutes'"
        )
    assert names() == ["not_sealed", "jobs_late", "no_backup"]

    made = {"sha256": "ab", "size": 1, "files": 3, "missing": 1, "head": ""}
    made |= {"archive": "a.tar", "seconds": 1, "at": now - timedelta(hours=25)}
    remember_backup(actor=system_actor(KEEP), **made)
    assert set(names()) >= {"no_backup", "files_missing"}

    assert "no_worker" in names(now + timedelta(minutes=1))
