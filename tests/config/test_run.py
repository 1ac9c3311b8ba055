"""The whole program, started as `make run` starts it, below a closed folder."""

import os
import pty
import signal
from contextlib import closing

import psycopg
import pytest

from tests.config import several
from tests.program import Program, forget, gone, until

HARD_KILL, CTRL_C = signal.SIGKILL, signal.SIGINT


def count(program):
    """Return how many rows are kept, or None while there is no database."""
    try:
        with psycopg.connect(program.told["DATABASE_URL"]) as line:
            line.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
            line.execute("INSERT INTO kept VALUES (1)")
            return line.execute("SELECT count(*) FROM kept").fetchone()[0]
    except psycopg.OperationalError:
        return None


@pytest.fixture
def closed_data(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    data = closed / "data"
    yield data
    forget(data)


@pytest.fixture
def started():
    """Give the way to start a program that does not outlive the test."""
    programs = []

    def start(*args, **told):
        programs.append(Program(*args, DEMO="no", **told))
        return programs[-1]

    yield start
    for program in programs:
        program.discard()


@pytest.fixture
def restored():
    """Give a list of data folders to forget."""
    folders = []
    yield folders
    for data in folders:
        forget(data)


def test_a_life_of_the_program(closed_data, started, tmp_path, restored):
    first = started(closed_data)
    status = first.answer()
    assert status in {200, 302, 404}
    assert count(first) == 1

    # Everything but the supervisor is killed, and comes back with what it had.
    before = first.family
    for pid in before.values():
        os.kill(pid, HARD_KILL)
    assert until(lambda: count(first), within=10) == 2
    assert until(first.answer, within=10) == status
    until(lambda: len(first.children()) == 3, within=10)
    assert not set(before.values()) & {pid for pid, _ in first.children()}

    # Ctrl-C reaches the supervisor; the others are stopped by it.
    pids = first.pids()
    assert len(pids) > 3
    os.killpg(first.process.pid, CTRL_C)
    assert first.ends() == 0
    assert gone(pids)()

    # A later start prepares nothing again, also when there are several of each.
    second = started(closed_data, WEB="2", WORKERS="2")
    assert "chuẩn bị" not in second.said
    assert count(second) == 3
    with closing(several.Visitor(second)) as visitor:
        several.serve_and_wake_each_other(second, visitor)
        several.go_on_without_one(second, visitor)
    restored.append(several.copy_and_restore(second, tmp_path))

    # It keeps nothing running after kill -9.
    pids = second.pids()
    second.process.kill()
    until(gone(pids), within=10)

    # Its terminal goes away.
    ours, theirs = pty.openpty()
    third = started(closed_data, theirs)
    os.close(theirs)
    assert count(third) == 4
    pids = third.pids()
    os.close(ours)
    assert third.ends() == 0
    assert gone(pids)()
