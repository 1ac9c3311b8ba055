"""Where a line of the log belongs: to which request, command, entry, job.

Whoever begins something says so once; every line written meanwhile carries it.
"""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields

SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{5,63}")


@dataclass(slots=True)
class Trace:
    """What is being worked on; empty where it is not known."""

    request_id: str = ""
    command_key: str = ""
    mandate_id: int | None = None
    entry_id: int | None = None
    repeated: bool = False  # the command had been answered before

    def known(self) -> dict[str, str | int]:
        """Return what is known, by name."""
        pairs = ((field.name, getattr(self, field.name)) for field in fields(self))
        return {name: value for name, value in pairs if value}


_trace: ContextVar[Trace | None] = ContextVar("trace", default=None)


def current() -> Trace:
    """Return what is being worked on; outside of everything, an empty trace."""
    return _trace.get() or Trace()


@contextmanager
def tracing(trace: Trace) -> Iterator[Trace]:
    """Let every line inside carry *trace*."""
    token = _trace.set(trace)
    try:
        yield trace
    finally:
        _trace.reset(token)


def request_id_from(said: str | None) -> str:
    """Return the id that came with a request if it is sane, else a new one."""
    if said and SANE.fullmatch(said):
        return said
    return secrets.token_hex(6)
