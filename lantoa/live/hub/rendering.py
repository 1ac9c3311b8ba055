"""Rendering in threads of its own, each with its own connection to the database."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import ParamSpec, TypeVar

from django.db import (
    InterfaceError,
    OperationalError,
    close_old_connections,
    connections,
)
from django.utils import translation

from lantoa.live.fragments import Family, Piece, Viewer

log = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")
THREADS = 2
FAREWELL = 1.0  # seconds the first to leave waits for the last

Parts = frozenset[int] | None  # None = all
Rendered = dict[str, dict[str, Piece]]  # family → DOM id → piece


class DatabaseAwayError(Exception):
    """The database cannot be asked just now."""


class Kitchen:
    """The threads in which the hub may touch the database."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="live")

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what *work* returns, run in a thread with a healthy connection.

        Raises:
            DatabaseAwayError: the connection failed.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._pool, lambda: _with_connection(lambda: work(*args, **kwargs))
        )

    def close(self) -> None:
        """Let the threads go, each with its connection closed."""
        dismiss(self._pool, THREADS)


def dismiss(pool: ThreadPoolExecutor, threads: int) -> None:
    """End the threads of *pool*, after each has closed its database connections."""
    everyone = Barrier(threads)

    def leave() -> None:
        connections.close_all()
        with suppress(BrokenBarrierError):
            everyone.wait(FAREWELL)  # so that no thread does it twice

    for _ in range(threads):
        pool.submit(leave)
    pool.shutdown(wait=False)


def _with_connection(work: Callable[[], T]) -> T:
    close_old_connections()
    try:
        return work()
    except (OperationalError, InterfaceError) as error:
        raise DatabaseAwayError from error
    finally:
        close_old_connections()


def render(topic_id: int, wanted: Mapping[Family, Parts], viewer: Viewer) -> Rendered:
    """Return the fragments of each family; one that fails is logged and left out."""
    rendered: Rendered = {}
    with translation.override(viewer.language):
        for family, parts in wanted.items():
            chosen = None if parts is None else sorted(parts)
            try:
                rendered[family.name] = family.pieces(topic_id, chosen, viewer)
            except (OperationalError, InterfaceError):
                raise
            except Exception:
                log.exception("fragment %s of %s failed", family.name, topic_id)
    return rendered
