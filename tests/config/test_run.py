"""The whole program, started as `make run` starts it, below a closed folder."""

import http.client
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from lantoa.config.folder import CHECKOUT, DataFolder

HARD_KILL, CTRL_C = signal.SIGKILL, signal.SIGINT


def until(condition, *, within):
    """Return the first true answer of *condition*, asked again and again."""
    deadline = time.monotonic() + within
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"still not after {within} s"
        time.sleep(0.05)
    return answer


def running():
    """Return the processes of this machine: pid -> (parent, command line)."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[:2]
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if state != "Z":  # dead, and only waiting to be counted
            found[int(folder.name)] = (int(parent), command)
    return found


class Program:
    """A started program, and what it says."""

    def __init__(self, data, terminal=None):
        self.data = data
        environment = {n: os.environ[n] for n in ("PATH", "HOME") if n in os.environ}
        environment |= {"DATA": str(data), "PORT": "0", "DEMO": "no"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lantoa.config", "run"],
            cwd=CHECKOUT,
            env=environment,
            stdin=terminal,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            preexec_fn=(lambda: os.close(os.open(os.ttyname(0), os.O_RDWR)))  # noqa: PLW1509 - takes the terminal
            if terminal
            else None,
        )
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if "Ctrl-C" in line:
                break
        address = re.search(r"http://localhost:(\d+)/", self.said)
        assert address, self.said
        self.port = int(address[1])
        self.family = {
            name: next(pid for pid, command in self.children() if mark in command)
            for name, mark in {
                "web": " serve ",
                "worker": "manage.py work",
                "postgres": "/postgres -D",
            }.items()
        }

    def children(self):
        me = self.process.pid
        return [(pid, line) for pid, (up, line) in running().items() if up == me]

    def pids(self):
        """Return every process of the program but the supervisor."""
        family, found = {self.process.pid}, running()
        for _ in range(3):
            family |= {pid for pid, (parent, _) in found.items() if parent in family}
        return family - {self.process.pid}

    def answer(self):
        """Return the status of the first page, or None when there is no answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            line.request("GET", "/", headers={"Host": "localhost"})
            return line.getresponse().status
        except OSError:
            return None
        finally:
            line.close()

    def count(self):
        """Return how many rows are kept, or None while there is no database."""
        try:
            with psycopg.connect(DataFolder(self.data).told()["DATABASE_URL"]) as line:
                line.execute("CREATE TABLE IF NOT EXISTS kept (n int)")
                line.execute("INSERT INTO kept VALUES (1)")
                return line.execute("SELECT count(*) FROM kept").fetchone()[0]
        except psycopg.OperationalError:
            return None

    def ends(self, *, within=15):
        """Return the exit code once everything of the program is gone."""
        self.process.stdout.close()
        return self.process.wait(within)


def gone(pids):
    return lambda: not pids & running().keys()


@pytest.fixture
def closed_data(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    data = closed / "data"
    yield data
    cluster = (data / "postgres").resolve()
    if data not in cluster.parents:
        shutil.rmtree(cluster)


@pytest.fixture
def started():
    """Give the way to start a program that does not outlive the test."""
    programs = []

    def start(*args):
        programs.append(Program(*args))
        return programs[-1]

    yield start
    for program in programs:
        if program.process.poll() is None:
            program.process.kill()
            program.process.wait()
        program.process.stdout.close()


def test_a_life_of_the_program(closed_data, started):
    first = started(closed_data)
    status = first.answer()
    assert status in {200, 302, 404}
    assert first.count() == 1

    # Everything but the supervisor is killed, and comes back with what it had.
    before = first.family
    for pid in before.values():
        os.kill(pid, HARD_KILL)
    assert until(first.count, within=10) == 2
    assert until(first.answer, within=10) == status
    until(lambda: len(first.children()) == 3, within=10)
    assert not set(before.values()) & {pid for pid, _ in first.children()}

    # Ctrl-C reaches the supervisor; the others are stopped by it.
    pids = first.pids()
    assert len(pids) > 3
    os.killpg(first.process.pid, CTRL_C)
    assert first.ends() == 0
    assert gone(pids)()

    # A later start prepares nothing again, and keeps nothing after kill -9.
    second = started(closed_data)
    assert "chuẩn bị" not in second.said
    assert second.count() == 3
    pids = second.pids()
    second.process.kill()
    until(gone(pids), within=10)

    # Its terminal goes away.
    ours, theirs = pty.openpty()
    third = started(closed_data, theirs)
    os.close(theirs)
    assert third.count() == 4
    pids = third.pids()
    os.close(ours)
    assert third.ends() == 0
    assert gone(pids)()
