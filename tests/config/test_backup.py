"""Everything is copied while the program runs, and made anew from the copy."""

import hashlib
import io
import json
import os
import tarfile
from contextlib import closing, contextmanager
from datetime import date

import psycopg
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import Client
from django.utils import timezone
from psycopg import sql

from lantoa.access.actions import grant_mandate, make_first_administrator
from lantoa.access.reach import actor_under
from lantoa.access.vocabulary import Role
from lantoa.config import archive, backup, folder, readiness, restore
from lantoa.config.database import conninfo_of, parse_database_url
from lantoa.config.postgres import Cluster, find_account
from lantoa.config.prepare import remember
from lantoa.config.trouble import Trouble
from lantoa.files.actions import store_file
from lantoa.files.storing import path_of
from lantoa.journal.models import Entry, Seal
from lantoa.journal.sealing import seal, verify
from lantoa.kernel.actor import ANONYMOUS
from tests.config import several
from tests.factories import BodyFactory, PersonFactory, actor_with
from tests.program import Program, forget

EMAIL, PASSWORD = "quan-tri@example.vn", "mot-mat-khau-du-dai"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def data(tmp_path, settings, monkeypatch):
    """Give the folder of the installation that is backed up, and its work."""
    path = tmp_path / "data"
    settings.DATA = path
    settings.FILES_ROOT = path / "files"
    path.mkdir()
    (path / "demo-password").write_text("mot-mat-khau-chung\n")
    remember("data", readiness.code_digest())  # a restored one is not prepared anew
    now = timezone.now()
    body = BodyFactory()
    mandate = make_first_administrator(
        actor=ANONYMOUS, email=EMAIL, password=PASSWORD, body=body, at=now
    )
    grant_mandate(
        actor=actor_under(mandate),
        person=PersonFactory(),
        role=Role.OFFICER,
        body=body,
        office="Cán bộ Sở Tư pháp",
        starts_on=date(2026, 1, 1),
        at=now,
    )
    officer = actor_with("files.store", body=body)
    for number in range(3):
        store_file(
            actor=officer,
            owner_id=body.pk,
            content=io.BytesIO(PDF + b"%d" % number),
            name=f"Báo cáo số {number}.pdf",
            at=now,
        )
        seal()
    yield path
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE prepared")


@pytest.fixture
def made(data, tmp_path, capsys):
    """Give the archive, as the command makes it."""
    to = tmp_path / "backups"
    to.mkdir()
    call_command("backup", str(to))
    assert "Đã sao lưu vào" in capsys.readouterr().out
    (path,) = to.iterdir()
    return path


def rows(line):
    """Return every row of every table, as text."""
    found = {}
    for (table,) in line.execute(backup.TABLES).fetchall():
        name = sql.Identifier(table)
        text = sql.SQL("SELECT {}::text FROM {} ORDER BY 1").format(name, name)
        found[table] = [row[0] for row in line.execute(text).fetchall()]
    return found


@contextmanager
def server_of(path):
    home = (path / "postgres").resolve()
    cluster = Cluster(home, find_account(home))
    cluster.start(path / "log" / "postgresql.log")
    try:
        yield cluster.url(readiness.USER, readiness.DATABASE)
    finally:
        cluster.stop()


@contextmanager
def django_at(url):
    """Point Django's connection elsewhere for a while."""
    connection.close()
    before = dict(connection.settings_dict)
    connection.settings_dict.update(parse_database_url(url))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)


def test_what_was_backed_up_is_there_again(made, data, tmp_path, settings, monkeypatch):
    with psycopg.connect(conninfo_of(connection)) as line:
        before = rows(line)
    remembered = Entry.objects.latest("pk")
    assert remembered.name == "operations.backup_made"
    assert remembered.payload["sha256"] == hashlib.sha256(made.read_bytes()).hexdigest()
    assert made.stat().st_mode & 0o777 == 0o600
    head = Seal.objects.latest("pk").digest
    monkeypatch.delenv("DATABASE_URL")
    new, said = tmp_path / "new", []

    restore.restore(made, folder.DataFolder(new), replace=False, say=said.append)

    try:
        assert "nhật ký nguyên vẹn, đầu chuỗi khớp với bản sao lưu." in said[-2]
        for path in (data / "files").glob("??/??/*"):
            there = new / "files" / path.relative_to(data / "files")
            assert there.read_bytes() == path.read_bytes()
        assert (new / "secret-key").read_text().strip() == settings.SECRET_KEY
        assert (new / "demo-password").read_text() == "mot-mat-khau-chung\n"
        with server_of(new) as url:
            with psycopg.connect(url) as line:
                after = rows(line)
            # What was written after the dump, here and there, and nothing else.
            later = set(before["journal_entry"]) ^ set(after["journal_entry"])
            assert len(later) == 3
            for fact in ("backup_made", "journal_verified", "backup_restored"):
                assert any(f"operations.{fact}" in row for row in later)
            for table in before.keys() - {"journal_entry", "journal_unsealed"}:
                assert after[table] == before[table], table
            with django_at(url):
                settings.FILES_ROOT = new / "files"
                assert verify() == []
                assert Seal.objects.latest("pk").digest == head
                browser = Client()
                form = {"login": EMAIL, "password": PASSWORD}
                answer = browser.post("/tai-khoan/login/", form)
                assert (answer.status_code, answer.url) == (302, "/ban-lam-viec/")
                page = browser.get("/quan-tri/van-hanh/").content.decode()
                assert made.name in page

        # What is there already is not overwritten by another restoring.
        with pytest.raises(Trouble, match="đã có dữ liệu"):
            restore.restore(
                made, folder.DataFolder(new), replace=False, say=said.append
            )
    finally:
        forget(new)


def test_a_file_that_is_lost_is_named_and_the_rest_is_kept(data, tmp_path, capsys):
    lost, broken = sorted((data / "files").glob("??/??/*"))[:2]
    lost.unlink()
    broken.write_bytes(b"x" * broken.stat().st_size)

    with pytest.raises(CommandError, match="2 tệp đã mất hoặc hỏng"):
        call_command("backup", str(tmp_path / "a.tar"))

    with archive.opened(tmp_path / "a.tar") as read:
        assert set(read.manifest.missing) == {lost.name, broken.name}
        restore.unpack(read, tmp_path / "out")
    kept = [path.name for path in (tmp_path / "out" / "files").glob("??/??/*")]
    assert len(kept) == 1
    assert Entry.objects.latest("pk").payload["missing"] == 2


def test_the_dump_names_no_file_that_is_not_in_the_archive(data, tmp_path, monkeypatch):
    """Files keep coming while the database is dumped, and after it."""
    run = backup.run_tool

    def slow(*words, **told):
        hand_in(b"before the dump ends")
        run(*words, **told)
        hand_in(b"after the dump")

    def hand_in(content):
        body = BodyFactory()
        store_file(
            actor=actor_with("files.store", body=body),
            owner_id=body.pk,
            content=io.BytesIO(PDF + content),
            name="a.pdf",
            at=timezone.now(),
        )

    monkeypatch.setattr(backup, "run_tool", slow)
    call_command("backup", str(tmp_path / "a.tar"))

    with archive.opened(tmp_path / "a.tar") as read:
        manifest = read.manifest
    assert (len(manifest.files), manifest.missing) == (3, [])
    assert manifest.counts["files_storedfile"] == 3


def test_an_existing_archive_is_not_overwritten(made, capsys):
    before = made.read_bytes()
    with pytest.raises(CommandError, match="Đã có tệp"):
        call_command("backup", str(made))
    assert made.read_bytes() == before
    assert [path.name for path in made.parent.iterdir()] == [made.name]


def rewritten(made, change):
    """Return a copy of the archive with its members changed."""
    path = made.with_name("changed.tar")
    with tarfile.open(made) as old, tarfile.open(path, "w") as new:
        members = [(m.name, old.extractfile(m).read()) for m in old.getmembers()]
        for name, content in change(members):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            new.addfile(info, io.BytesIO(content))
    return path


def with_manifest(members, **changed):
    *parts, (name, text) = members
    return [*parts, (name, json.dumps(json.loads(text) | changed).encode())]


DAMAGES = {
    "cut short": lambda members: members[:-1],
    "a part is gone": lambda members: members[1:],
    "a part was changed": lambda members: [
        (name, content[:-1] + b"?" if name.startswith("files/") else content)
        for name, content in members
    ],
    "the dump was changed": lambda members: [
        (name, content + b"?" if name == archive.DUMP else content)
        for name, content in members
    ],
    "a strange name": lambda members: [("../../etc/cron.d/x", b"x"), *members],
    "a later format": lambda members: with_manifest(members, format=2),
    "a newer program": lambda members: with_manifest(
        members, migrations={"journal": "9999_of_tomorrow"}
    ),
}


def test_a_damaged_archive_is_refused_before_anything_is_touched(
    made, tmp_path, monkeypatch
):
    monkeypatch.delenv("DATABASE_URL")
    new = tmp_path / "new"
    refused = r"(không nguyên vẹn|phiên bản chương trình mới hơn)"

    for damage, change in DAMAGES.items():
        path = rewritten(made, change)
        with pytest.raises(Trouble, match=refused):
            restore.restore(
                path, folder.DataFolder(new), replace=True, say=lambda _: None
            )

        assert {each.name for each in new.iterdir()} <= {"lock", "log", "files"}, damage
        assert not any((new / "files").iterdir()), damage


def test_a_database_that_is_not_empty_is_not_restored_into(made, tmp_path, monkeypatch):
    said = connection.settings_dict
    url = os.environ["DATABASE_URL"].replace("/postgres?", f"/{said['NAME']}?")
    monkeypatch.setenv("DATABASE_URL", url)
    before = Entry.objects.count()

    with pytest.raises(Trouble, match="không trống"):
        restore.restore(
            made, folder.DataFolder(tmp_path / "new"), replace=True, say=lambda _: None
        )

    assert Entry.objects.count() == before


def test_restored_on_a_server_elsewhere_it_runs_there(made, tmp_path, monkeypatch):
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as line:
        line.execute("CREATE DATABASE elsewhere")
    url = server.replace("/postgres?", "/elsewhere?")
    monkeypatch.setenv("DATABASE_URL", url)
    new, said = tmp_path / "new", []

    restore.restore(made, folder.DataFolder(new), replace=False, say=said.append)

    program = Program(new, DATABASE_URL=url, DEMO="no", STATIC="live")
    try:
        assert "chuẩn bị" not in program.said
        assert sorted(program.family) == ["web", "worker"]
        assert not (new / "postgres").exists()
        with closing(several.Visitor(program)) as visitor:
            answer = visitor.send("/tai-khoan/login/", login=EMAIL, password=PASSWORD)
            assert answer.status_code == 302
            assert "Vận hành" in visitor.get("/quan-tri/van-hanh/").text
    finally:
        program.discard()
        with psycopg.connect(server, autocommit=True) as line:
            line.execute("DROP DATABASE elsewhere WITH (FORCE)")


def test_stored_content_lies_where_the_archive_puts_it(settings):
    name = "ab" * 32
    where = path_of(name).relative_to(settings.FILES_ROOT)
    assert archive.FILE.fullmatch(f"files/{where}")
