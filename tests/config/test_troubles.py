"""What can stand in the way of a start: one line each, and nothing damaged."""

import contextlib
import os
import socket
import subprocess
import sys
import threading

import pytest
from django.db.migrations.recorder import MigrationRecorder

from lantoa.config import prepare, readiness
from lantoa.config.folder import CHECKOUT, DataFolder
from lantoa.config.trouble import Trouble


def run(data, **environment):
    """Start the program as `make run` does and return what it said on giving up."""
    free = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    ended = subprocess.run(  # noqa: PLW1510 - the exit code is what is asked
        [sys.executable, "-m", "lantoa.config", "run"],
        cwd=CHECKOUT,
        env={**free, "PORT": "0", "DATA": str(data), **environment},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    return ended.stderr


@pytest.fixture
def taken_port():
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield str(door.getsockname()[1])


def test_a_taken_port(tmp_path, taken_port):
    said = run(tmp_path / "data", PORT=taken_port)

    assert f"Không mở được cổng {taken_port}" in said
    assert not (tmp_path / "data" / "postgres").exists()


@pytest.mark.parametrize("port", ["tám nghìn", "70000", "-1"])
def test_no_port(tmp_path, port):
    assert "hãy xem lại HOST= và PORT=" in run(tmp_path, PORT=port)


def test_two_runs_on_the_same_data(tmp_path):
    first = DataFolder(tmp_path)
    first.open()
    try:
        assert f"(tiến trình {os.getpid()})" in run(tmp_path)
    finally:
        first.close()


@pytest.mark.parametrize("version", ["15", "19"])
def test_data_of_another_postgresql(tmp_path, version):
    data = tmp_path / "data" / "postgres" / "data"
    data.mkdir(parents=True)
    mark = data / "PG_VERSION"
    mark.write_text(f"{version}\n")
    if os.geteuid() == 0:  # the server's account owns its data and can go there
        for folder in (*tmp_path.parents[:2], tmp_path):
            folder.chmod(0o755)
        for folder in (data.parent, data):
            os.chown(folder, 65534, 65534)

    said = run(tmp_path / "data")

    assert f"PostgreSQL {version}" in said
    assert "dữ liệu được giữ nguyên" in said
    assert [path.name for path in data.iterdir()] == ["PG_VERSION"]


@contextlib.contextmanager
def server_of(version):
    """Speak just enough of PostgreSQL's protocol (version 3) to be asked one's age."""

    def message(kind, body):
        return kind + (len(body) + 4).to_bytes(4, "big") + body

    def answer():
        with contextlib.suppress(OSError):
            while True:
                caller, _ = door.accept()
                with caller:
                    caller.recv(1024)
                    parameters = {"server_version": version, "server_encoding": "UTF8"}
                    caller.sendall(message(b"R", bytes(4)))
                    for name, value in parameters.items():
                        pair = f"{name}\0{value}\0".encode()
                        caller.sendall(message(b"S", pair))
                    caller.sendall(message(b"Z", b"I"))
                    caller.recv(1024)

    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=answer, daemon=True).start()
        port = door.getsockname()[1]
        yield f"postgresql://u:p@127.0.0.1:{port}/d?sslmode=disable&gssencmode=disable"
        door.shutdown(socket.SHUT_RDWR)


def test_an_older_server_at_database_url(tmp_path):
    with server_of("17.6") as url:
        assert "PostgreSQL 17 tại 127.0.0.1" in run(tmp_path, DATABASE_URL=url)
    assert not (tmp_path / "postgres").exists()


def test_no_server_at_database_url(tmp_path, taken_port):
    url = f"postgresql://u:p@127.0.0.1:{int(taken_port)}/d?host={tmp_path}"

    assert "Không kết nối được cơ sở dữ liệu" in run(tmp_path, DATABASE_URL=url)


def test_an_address_that_is_none(tmp_path):
    said = run(tmp_path, DATABASE_URL="mysql://u@h/d")

    assert "Không kết nối được cơ sở dữ liệu" in said


def test_data_that_is_a_file(tmp_path):
    (tmp_path / "data").write_text("mine")

    assert "không phải là thư mục" in run(tmp_path / "data")
    assert (tmp_path / "data").read_text() == "mine"


def test_data_that_cannot_be_written():
    assert "Không ghi được vào thư mục" in run("/sys/lantoa")


def test_a_full_disk(tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "tmpfs", str(small)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("cần quyền gắn đĩa (no right to mount a small disk)")
    try:
        assert "Hết dung lượng đĩa" in run(small / "data")
        assert not (small / "data" / "postgres").exists()
    finally:
        subprocess.run(["umount", str(small)], check=True)


@pytest.mark.django_db
def test_a_database_of_a_newer_version():
    recorder = MigrationRecorder.Migration.objects
    recorder.create(app="journal", name="9999_of_tomorrow")
    before = recorder.count()

    with pytest.raises(Trouble, match=r"mới hơn \(journal.9999_of_tomorrow\)"):
        prepare.refuse_newer()

    assert recorder.count() == before


@pytest.mark.django_db
def test_a_database_of_this_version():
    prepare.refuse_newer()


def test_the_digest_moves_with_the_code(tmp_path):
    file = tmp_path / "0001_initial.py"
    file.write_text("operations = []")
    try:
        first = readiness.digest_of([CHECKOUT / "manage.py"])
        both = readiness.digest_of([CHECKOUT / "manage.py", CHECKOUT / "Makefile"])
    finally:
        file.unlink()

    assert first == readiness.digest_of([CHECKOUT / "manage.py"]) != both
