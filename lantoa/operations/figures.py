"""What this process has counted: requests, their time, commands and their outcomes.

Counting is a few additions under a lock. Each web process also lays its counts down in
the database every few seconds, so that whichever of them is asked tells of all.
"""

import os
import socket
import threading
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

# Seconds; the promise of a page is 0.1, of a command under load 0.5.
BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
MOST_ROUTES = 500  # a guard: routes are names in the code, never addresses


class Counts:
    """Numbers that only grow while the process lives."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: defaultdict[tuple[str, str, int], int] = defaultdict(int)
        self._times: dict[str, list[float]] = {}  # route → sum, then one per bucket
        self._commands: defaultdict[str, int] = defaultdict(int)

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answered request."""
        with self._lock:
            times = self._times.get(route)
            if times is None:
                if len(self._times) >= MOST_ROUTES:
                    route = "other"
                empty = [0.0] * (len(BOUNDS) + 2)
                times = self._times.setdefault(route, empty)
            times[0] += seconds
            times[1 + sum(seconds > bound for bound in BOUNDS)] += 1
            self._answers[route, method, status] += 1

    def command(self, outcome: str) -> None:
        """Count a command: done, repeated, refused, failed."""
        with self._lock:
            self._commands[outcome] += 1

    def told(self) -> dict[str, Any]:
        """Return all of it as JSON-ready values; see `answers_in` and the like."""
        with self._lock:
            return {
                "answers": [[*key, number] for key, number in self._answers.items()],
                "times": [[route, *times] for route, times in self._times.items()],
                "commands": dict(self._commands),
            }


COUNTS = Counts()


def own_name() -> str:
    """Return what this process is called among those on one database: "web-1@may"."""
    slot = os.environ.get("PROCESS") or f"pid-{os.getpid()}"
    return f"{slot}@{socket.gethostname()}"[:120]


def answers_in(told: Mapping[str, Any]) -> list[tuple[str, str, str, int]]:
    """Return route, method, status and number of each kind of answer."""
    rows = told.get("answers", ())
    return [(route, method, str(status), n) for route, method, status, n in rows]


def times_in(
    told: Mapping[str, Any],
) -> list[tuple[str, float, list[tuple[str, float]]]]:
    """Return route, sum [s] and cumulated buckets of each route's times."""
    found = []
    for route, total, *each in told.get("times", ()):
        running, buckets = 0.0, []
        for bound, number in zip((*map(str, BOUNDS), "+Inf"), each, strict=False):
            running += number
            buckets.append((bound, running))
        found.append((route, total, buckets))
    return found
