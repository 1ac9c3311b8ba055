"""The whole program, started as `make run` starts it, and what it says and holds."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg

from lantoa.config.folder import CHECKOUT, DataFolder

MARKS = {"web": " serve ", "worker": "manage.py work", "postgres": "/postgres -D"}


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


def gone(pids):
    """Return the question whether none of the processes runs any more."""
    return lambda: not pids & running().keys()


class Program:
    """The started program on a free port; DEMO and the like are said by name."""

    def __init__(self, data, terminal=None, **told):
        self.data = data
        kept = {n: os.environ[n] for n in ("PATH", "HOME") if n in os.environ}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lantoa.config", "run"],
            cwd=CHECKOUT,
            env=kept | {"DATA": str(data), "PORT": "0"} | told,
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
        self.url = f"http://127.0.0.1:{self.port}"
        # A full pipe would stop whoever writes.
        self._reading = threading.Thread(target=self._read_on, daemon=True)
        self._reading.start()

    def _read_on(self):
        for line in self.process.stdout:
            self.said += line

    @property
    def word(self):
        """Return the password of the demo's accounts."""
        return (self.data / "demo-password").read_text().strip()

    @property
    def told(self):
        """Return the environment of the running program."""
        return DataFolder(self.data).told()

    @property
    def family(self):
        """Return the children that always are to run: name -> pid."""
        return {
            name: pid
            for name, mark in MARKS.items()
            for pid, command in self.children()
            if mark in command
        }

    def children(self):
        """Return the children of the supervisor: (pid, command line)."""
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
        except (OSError, http.client.HTTPException):
            return None
        finally:
            line.close()

    def rows(self, statement, values=()):
        """Return the rows of a query on the program's database."""
        with psycopg.connect(self.told["DATABASE_URL"], autocommit=True) as line:
            return line.execute(statement, values).fetchall()

    def manage(self, *words):
        """Return the finished management command, run beside the program."""
        return subprocess.run(
            [sys.executable, "-W", "ignore", "manage.py", *words],
            cwd=CHECKOUT,
            env=self.told,
            capture_output=True,
            text=True,
            check=False,
        )

    def ends(self, *, within=20):
        """Return the exit code once everything of the program is gone."""
        code = self.process.wait(within)
        self._reading.join(within)
        self.process.stdout.close()
        return code

    def stop(self):
        """Stop it by Ctrl-C and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.ends()

    def discard(self):
        """Leave nothing of it, whatever state it is in."""
        if self.process.poll() is None:
            pids = self.pids()
            self.process.kill()
            until(gone(pids), within=20)
        self.ends()
        forget(self.data)


def forget(data):
    """Remove the cluster of a data folder that is not inside it (see `make_home`)."""
    cluster = (data / "postgres").resolve()
    if data not in cluster.parents:
        shutil.rmtree(cluster, ignore_errors=True)
