"""Threads that start together, and a worker that works off what is queued."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection, connections

from lantoa.config.worker import worker_app


def race(*runners: Callable[[], Any]) -> list[Any]:
    """Run all at once, each on its own connection; return answers or exceptions."""
    start = Barrier(len(runners))

    def run(runner: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=10)
            return runner()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(runners)) as pool:
        return list(pool.map(run, runners))


def work_off() -> None:
    """Run every job that is due, as a worker does; only in tests that commit."""
    asked = connection.settings_dict["CONN_MAX_AGE"]
    connection.settings_dict["CONN_MAX_AGE"] = 0
    try:
        asyncio.run(_work_off())
    finally:
        connection.settings_dict["CONN_MAX_AGE"] = asked


async def _work_off() -> None:
    fetching = worker_app()
    async with fetching.open_async():
        await fetching.run_worker_async(
            wait=False,
            listen_notify=False,
            install_signal_handlers=False,
            delete_jobs="successful",
        )
