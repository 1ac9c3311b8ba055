"""Keep PostgreSQL, web and worker running together, and stop all of them together.

One process watches its children: it starts again what died, at once the first time
and ever later when it keeps dying, and its own end, however it comes, is theirs.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import NoReturn

from lantoa.config.postgres import Cluster
from lantoa.config.processes import spawn, stop
from lantoa.config.trouble import Trouble

GLANCE = 0.1  # seconds between two looks at the children
FIRST_PAUSE = 0.25  # seconds before the second start; doubles each time
LONGEST_PAUSE = 5.0  # seconds: recovery is promised within ten
STEADY = 30.0  # seconds after which a child's earlier deaths are forgotten
STOP_PATIENCE = 6.0  # seconds for web and worker to finish what they do

Process = subprocess.Popen[bytes]


class Stopped(BaseException):
    """Ctrl-C, SIGTERM, or the terminal went away."""


def say(line: str) -> None:
    """Print *line*, if there is still somewhere to print."""
    try:
        print(line, flush=True)  # noqa: T201 - it speaks to a person
    except OSError:  # the terminal or the reader is gone: speak to nobody from now on
        nobody = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nobody, 1)
        os.close(nobody)


@contextmanager
def stoppable() -> Iterator[None]:
    """Within, the signals that end us raise Stopped; during the clean-up, nothing."""
    names = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup means it
        names.append(signal.SIGHUP)

    def raise_stopped(number: int, frame: FrameType | None) -> NoReturn:
        for name in names:
            signal.signal(name, signal.SIG_IGN)
        raise Stopped(signal.Signals(number).name)

    for name in names:
        signal.signal(name, raise_stopped)
    yield


@dataclass
class Service:
    """A child that is always to run; *start* starts it, and may raise Trouble."""

    name: str
    start: Callable[[], Process]
    process: Process | None = None
    started_at: float = 0.0
    deaths: int = 0
    due_at: float = 0.0

    def run(self) -> None:
        """Start the child now."""
        self.started_at = time.monotonic()
        try:
            self.process = self.start()
        except Trouble as trouble:
            say(str(trouble))
            self._died()

    def look(self) -> None:
        """Note that the child died, or start it if it is time."""
        if self.process is None:
            if time.monotonic() >= self.due_at:
                self.run()
        elif self.process.poll() is not None:
            say(
                f"{self.name} đã dừng bất thường (mã {self.process.returncode}), "
                f"đang khởi động lại. ({self.name} died and is started again)"
            )
            self._died()

    def _died(self) -> None:
        now = time.monotonic()
        self.process = None
        self.deaths = 1 if now - self.started_at > STEADY else self.deaths + 1
        pause = FIRST_PAUSE * 2 ** (self.deaths - 2) if self.deaths > 1 else 0.0
        self.due_at = now + min(pause, LONGEST_PAUSE)


@dataclass
class Supervisor:
    """The children and their end; the database first up and last down."""

    environment: Mapping[str, str]
    cluster: Cluster | None = None
    services: list[Service] = field(default_factory=list)
    database: Service | None = None
    _helper: Process | None = None

    def start_database(self, cluster: Cluster, log: Path) -> None:
        """Start the server on *cluster*; a later crash of it is mended by `watch`.

        Raises:
            Trouble: it does not start at all.
        """
        self.cluster = cluster
        self.database = Service("PostgreSQL", lambda: cluster.start(log))
        self.database.started_at = time.monotonic()
        self.database.process = self.database.start()

    def add(
        self, name: str, command: Sequence[str | Path], *, pass_fds: Sequence[int] = ()
    ) -> Service:
        """Start *command* as a child that is always to run, and knows its *name*."""
        service = Service(
            name,
            lambda: spawn(
                command,
                environment={**self.environment, "PROCESS": name},
                pass_fds=pass_fds,
            ),
        )
        self.services.append(service)
        service.run()
        return service

    def once(
        self, command: Sequence[str | Path], more: Mapping[str, str] | None = None
    ) -> int:
        """Run *command*, told *more*, to its end and return its exit code."""
        self._helper = spawn(command, environment={**self.environment, **(more or {})})
        return self._helper.wait()

    def look(self) -> None:
        """Look after every child once; the others wait for the database."""
        if self.database:
            self.database.look()
        for service in self.services:
            service.look()

    def watch(self) -> NoReturn:
        """Look after the children until Stopped is raised."""
        while True:
            self.look()
            time.sleep(GLANCE)

    def stop(self) -> None:
        """Stop every child, the database last."""
        running = [s.process for s in self.services if s.process]
        if self._helper:
            running.append(self._helper)
        stop(running, gently=signal.SIGTERM, patience=STOP_PATIENCE)
        if self.cluster:
            self.cluster.stop()
