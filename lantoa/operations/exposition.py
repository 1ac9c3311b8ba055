"""The figures in the words of Prometheus, from the database and from this process.

Every label is a name from the code or of a process: no ids, nobody's data. A series of
a process that is gone ends; its successor begins at nought, as Prometheus expects.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db import DatabaseError
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from lantoa.operations import queries
from lantoa.operations.figures import COUNTS, answers_in, times_in
from lantoa.operations.state import State, look

_more: dict[str, tuple[str, Callable[[], float]]] = {}
Told = Mapping[str, Mapping[str, Any]]  # what each process counted


def register(name: str, meaning: str, read: Callable[[], float]) -> None:
    """Add the gauge *name*, for packages above."""
    _more[name] = meaning, read


def exposition(own_name: str) -> bytes:
    """Return everything that is counted, as text (format 0.0.4).

    Args:
        own_name: this process, whose own counts are newer than those it laid down.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Everything(own_name))
    return generate_latest(registry)


class _Everything(Collector):
    def __init__(self, own_name: str) -> None:
        self._own_name = own_name

    def collect(self) -> Iterable[Metric]:
        """Read the database once; without it, tell what this process knows."""
        told: dict[str, Mapping[str, Any]] = {}
        try:
            state = look(timezone.now())
            told = {p.name: p.figures for p in state.processes}
            yield from _of_state(state)
            for name, (meaning, read) in _more.items():
                yield _gauge(name, meaning, read())
            up = 1.0
        except DatabaseError:
            up = 0.0
        yield _gauge("database_up", "Whether the database answers.", up)
        told[self._own_name] = COUNTS.told()
        yield from _of_processes(told)


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"lantoa_{name}", meaning, value=float(value))


def _of_state(state: State) -> Iterator[Metric]:
    database, disk = state.database, state.disk
    yield _gauge("database_bytes", "Size of the database.", database.size)
    yield _gauge("database_connections", "Open connections.", database.connections)
    most = database.most_connections
    yield _gauge("database_connections_max", "Connections that may be open.", most)
    yield _gauge("disk_free_bytes", "Room on the data folder's disk.", disk.free)
    yield _gauge("disk_bytes", "Size of that disk.", disk.whole)
    yield from _of_queues(state)
    yield from _of_journal(state)
    yield from _of_the_living(state)


def _of_journal(state: State) -> Iterator[Metric]:
    sealed = state.sealed
    yield _gauge("journal_unsealed", "Entries that await a seal.", sealed.waiting)
    yield _gauge("journal_seals", "Number of the newest seal.", sealed.number or 0)
    moments = {
        "journal_sealed": sealed.sealed_at,
        "backup": state.backup and state.backup.occurred_at,
        "verification": state.verification and state.verification.occurred_at,
    }
    for name, at in moments.items():
        said = f"{name}_timestamp_seconds"
        yield _gauge(
            said, "When it was done last, 0 never.", at.timestamp() if at else 0
        )
    last = state.verification
    faults = last.payload["faults"] if last else 0
    yield _gauge("verification_faults", "Faults found by the last one.", faults)


def _of_the_living(state: State) -> Iterator[Metric]:
    silences = queries.worker_silences()
    yield _gauge("workers", "Workers on the queue.", len(silences))
    silence = min(silences, default=0)
    yield _gauge("worker_silence_seconds", "Since the last heartbeat.", silence)
    streams = GaugeMetricFamily(
        "lantoa_streams", "Open live streams.", labels=["process"]
    )
    seen = GaugeMetricFamily(
        "lantoa_process_age_seconds", "Since it began.", labels=["process", "kind"]
    )
    for process in state.processes:
        age = (state.at - process.started_at).total_seconds()
        seen.add_metric([process.name, process.kind], age)
        if process.kind == "web":
            streams.add_metric([process.name], process.streams)
    yield streams
    yield seen


def _of_queues(state: State) -> Iterator[Metric]:
    jobs = GaugeMetricFamily(
        "lantoa_jobs", "Jobs by queue and state.", labels=["queue", "state"]
    )
    for queue in state.queues:
        jobs.add_metric([queue.name, queue.state], queue.jobs)
    yield jobs
    meaning = "How long the oldest job has been due."
    yield _gauge("job_oldest_seconds", meaning, state.oldest)


def _of_processes(told: Told) -> Iterator[Metric]:
    labels = ["process", "route", "method", "status"]
    answers = CounterMetricFamily(
        "lantoa_requests", "Requests answered.", labels=labels
    )
    times = HistogramMetricFamily(
        "lantoa_request_seconds",
        "From the whole request to the whole answer.",
        labels=["process", "route"],
    )
    commands = CounterMetricFamily(
        "lantoa_commands", "Commands by outcome.", labels=["process", "outcome"]
    )
    for name, said in told.items():
        for route, method, status, number in answers_in(said):
            answers.add_metric([name, route, method, status], number)
        for route, total, buckets in times_in(said):
            times.add_metric([name, route], buckets, total)
        for outcome, number in said.get("commands", {}).items():
            commands.add_metric([name, outcome], number)
    yield answers
    yield times
    yield commands
