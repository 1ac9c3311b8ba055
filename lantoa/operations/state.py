"""Everything the operator's page, the readiness and the warnings rest on, read once."""

from dataclasses import dataclass
from datetime import datetime

from lantoa.journal.models import Entry
from lantoa.operations import queries
from lantoa.operations.events import BackupMade, BackupRestored, JournalVerified
from lantoa.operations.models import Process
from lantoa.operations.queries import Database, Disk, Queue, Sealed
from lantoa.operations.vocabulary import ProcessKind


@dataclass(frozen=True, slots=True)
class State:
    """How the installation stood at one moment."""

    at: datetime
    database: Database
    queues: list[Queue]
    sealed: Sealed
    processes: list[Process]
    disk: Disk
    backup: Entry | None
    restoring: Entry | None
    verification: Entry | None

    @property
    def waiting(self) -> int:
        """Return how many jobs wait."""
        return sum(queue.jobs for queue in self.queues if queue.state == "todo")

    @property
    def oldest(self) -> float:
        """Return how long the oldest job has been due [s]."""
        return max((queue.oldest for queue in self.queues), default=0.0)

    @property
    def failed(self) -> int:
        """Return how many jobs failed for good."""
        return sum(queue.jobs for queue in self.queues if queue.state == "failed")

    @property
    def workers(self) -> list[Process]:
        """Return the workers that are there."""
        return [p for p in self.processes if p.kind == ProcessKind.WORKER]

    @property
    def streams(self) -> int:
        """Return how many screens are open, over all web processes."""
        return sum(process.streams for process in self.processes)


def look(at: datetime) -> State:
    """Return how everything stands."""
    return State(
        at=at,
        database=queries.database(),
        queues=queries.queues(),
        sealed=queries.sealed(),
        processes=queries.processes(at),
        disk=queries.disk(),
        backup=queries.last(BackupMade.name),
        restoring=queries.last(BackupRestored.name),
        verification=queries.last(JournalVerified.name),
    )
