"""Private servers on 127.0.0.1, gone when the benchmark is."""

import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from lantoa.config.postgres import temporary_server  # noqa: E402 - from the checkout
from lantoa.config.processes import spawn  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")


def raise_limits() -> None:
    """Allow this process and its children as many open files as the machine does."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def free_port() -> int:
    """Return a port that is free just now."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port: int = door.getsockname()[1]
        return port


def cpu_seconds(pids: Sequence[int]) -> float:
    """Return the processor time that the processes have used so far."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def resident_kb(pids: Sequence[int]) -> int:
    """Return the resident memory of the processes in KB."""
    total = 0
    for pid in pids:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                total += int(line.split()[1])
    return total


@contextmanager
def running(
    command: Sequence[str | Path],
    *,
    port: int | None = None,
    environment: Mapping[str, str] | None = None,
    pass_fds: Sequence[int] = (),
) -> Iterator[subprocess.Popen[bytes]]:
    """Run *command* meanwhile; with a *port*, begin when it takes connections."""
    process = spawn(
        command,
        environment={**os.environ, **(environment or {})},
        cwd=ROOT,
        pass_fds=pass_fds,
    )
    try:
        if port is not None:
            await_port(port, process)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when something listens on *port*.

    Raises:
        RuntimeError: the process ended, or ten seconds passed.
    """
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"nothing listens on {port}")


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder that is gone afterwards, readable by servers of other accounts."""
    folder = Path(tempfile.mkdtemp(prefix="lantoa-bench-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def database(*apps: str, settings: str = "lantoa.config.settings") -> Iterator[str]:
    """Give the address of a fresh database with the tables of *apps* (none: all).

    Django is set up on it in this process, too.
    """
    # Durable as in earnest, on the disk of the benchmark.
    durable = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
    with temporary_server(durable) as url, scratch() as data:
        os.environ["DATABASE_URL"] = url
        os.environ["DATA"] = str(data)
        os.environ["DJANGO_SETTINGS_MODULE"] = settings
        (data / "files").mkdir()
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        for app in apps or (None,):
            call_command("migrate", *filter(None, [app]), verbosity=0)
        try:
            yield url
        finally:
            connections.close_all()


@contextmanager
def web(program: str | None = None) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Run the web process as `make run` does; give its port and the process.

    Args:
        program: a module beside this one that adds to it before it serves.
    """
    command = [sys.executable, "-m", "lantoa.config", "serve"]
    if program is not None:
        command = [sys.executable, str(Path(__file__).with_name(program))]
    with socket.create_server(("127.0.0.1", 0), backlog=4096) as door:
        port = door.getsockname()[1]
        with running(
            [*command, str(door.fileno())],
            environment={"PYTHONPATH": str(ROOT)},
            pass_fds=[door.fileno()],
        ) as process:
            await_page(port, process)
            yield port, process


def await_page(port: int, process: subprocess.Popen[bytes]) -> None:
    """Return when the web process has answered anything at all."""
    with socket.create_connection(("127.0.0.1", port), 5) as visitor:
        visitor.settimeout(30)
        visitor.sendall(b"GET /live/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        if not visitor.recv(64).startswith(b"HTTP/1.1") or process.poll() is not None:
            raise RuntimeError("web does not answer")
