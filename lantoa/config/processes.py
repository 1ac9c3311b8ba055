"""Child processes that cannot outlive their parent, not even a killed one."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

PR_SET_PDEATHSIG = 1
# Loaded before any fork: the child must not import between fork and exec.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Account(NamedTuple):
    """The existing user and group that root hands a process to."""

    uid: int
    gid: int


def follow_parent(signum: signal.Signals, parent: int) -> None:
    """Have the kernel send *signum* to this process when its parent dies.

    Source: prctl(2), PR_SET_PDEATHSIG. Elsewhere than on Linux nothing happens.
    """
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, int(signum))
    if os.getppid() != parent:  # it died before the call
        os.kill(os.getpid(), signum)


def bound(signum: signal.Signals) -> Callable[[], None]:
    """Return what a child runs before exec, so that it dies with this process.

    It comes after the change of user, which would clear the wish again.
    """
    parent = os.getpid()

    def bind() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        follow_parent(signum, parent)

    return bind


def spawn(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str],
    on_death: signal.Signals = signal.SIGKILL,
    account: Account | None = None,
    cwd: Path | str | None = None,
    output: Any = None,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start *command* in a session of its own, bound to this process's life.

    A session of its own, because Ctrl-C reaches a whole terminal group at once and
    the supervisor decides who stops first.
    """
    if account:
        who: dict[str, Any] = {
            "user": account.uid,
            "group": account.gid,
            "extra_groups": [],
        }
    else:
        who = {}
    return subprocess.Popen(  # noqa: S603 - our own commands
        [str(part) for part in command],
        env=dict(environment),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=True,
        preexec_fn=bound(on_death),  # noqa: PLW1509 - no threads here
        pass_fds=tuple(pass_fds),
        **who,
    )


def stop(
    processes: Sequence[subprocess.Popen[bytes]],
    *,
    gently: signal.Signals,
    patience: float,
    firmly: signal.Signals = signal.SIGKILL,
) -> None:
    """Stop *processes* together: *gently*, and *firmly* after *patience* seconds."""
    for process in processes:
        if process.poll() is None:
            process.send_signal(gently)
    deadline = time.monotonic() + patience
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.send_signal(firmly)
            process.wait()
