"""A real hub in a real uvicorn, on a topic of its own: a few probes in a table."""

import json
import threading
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import ClassVar

import pytest
import uvicorn
from django.db import connection

from lantoa.config.front.app import Front
from lantoa.config.front.protocol import FrontProtocol
from lantoa.journal.events import Event
from lantoa.journal.writing import action, record
from lantoa.kernel.actor import system_actor
from lantoa.live import tickets
from lantoa.live.fragments import ALL, Viewer, fragment
from lantoa.live.hub.app import Hub
from lantoa.live.pages import screen

TOPIC = "probe:1"
SYSTEM = system_actor("probe")
rendered = Counter()
watches = []


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeMoved(Event):
    name: ClassVar[str] = "probe.moved"
    probe_id: int

    @property
    def topic(self):
        return TOPIC


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeNoted(Event):
    name: ClassVar[str] = "probe.noted"
    probe_id: int

    @property
    def topic(self):
        return TOPIC


@fragment("probe", topic="probe", touched_by={ProbeMoved: lambda e: [e.probe_id]})
def probes(topic_id, parts, viewer):
    rendered["probe"] += 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, word FROM test_probe WHERE topic = %s"
            " AND (%s::int[] IS NULL OR id = ANY(%s)) ORDER BY id",
            [topic_id, *[None if parts is None else list(parts)] * 2],
        )
        words = {"vi": "đầu dò", "en": "probe"}
        return {
            part: f"<li>{words[viewer.language]} {part}: {word}</li>"
            for part, word in cursor.fetchall()
        }


@fragment(
    "notes", topic="probe", authorities=["secretariat"], touched_by={ProbeNoted: ALL}
)
def notes(topic_id, parts, viewer):
    rendered["notes"] += 1
    return {0: "<p>ghi chú riêng của thư ký</p>"}


@fragment("broken", topic="probe", touched_by={ProbeMoved: ALL})
def broken(topic_id, parts, viewer):
    raise ZeroDivisionError


@action
def move(*, actor, probe_id, word, at):
    """Change one probe, as any action does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO test_probe VALUES (%s, 1, %s)"
            " ON CONFLICT (id) DO UPDATE SET word = excluded.word",
            [probe_id, word],
        )
    record(ProbeMoved(probe_id=probe_id), by=actor, at=at)


@action
def remove(*, actor, probe_id, at):
    """Take one probe away."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM test_probe WHERE id = %s", [probe_id])
    record(ProbeMoved(probe_id=probe_id), by=actor, at=at)


def say(probe_id, word):
    move(actor=SYSTEM, probe_id=probe_id, word=word, at=datetime.now(UTC))


def take_away(probe_id):
    remove(actor=SYSTEM, probe_id=probe_id, at=datetime.now(UTC))


def say_silently(probe_id, word):
    """Change the row without a word to anybody, as a lost notification would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE test_probe SET word = %s WHERE id = %s", [word, probe_id]
        )


@pytest.fixture
def table(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE test_probe (id int PRIMARY KEY, topic int, word text)"
        )
        cursor.execute(
            "INSERT INTO test_probe SELECT n, 1, 'một' FROM generate_series(1, 3) n"
        )
    rendered.clear()
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE test_probe")


def no_pages(environ, start_response):
    raise AssertionError("Django was asked for a page")


class Served:
    """A hub behind the front in a uvicorn of its own thread."""

    def __init__(
        self, protocol=FrontProtocol, pages=no_pages, shelf=None, door=None, **clocks
    ):
        self.hub = Hub(**{"heartbeat": 0.2, "flush": 0.05, **clocks})
        config = uvicorn.Config(
            Front(pages, hub=self.hub, shelf=shelf),
            port=0,
            http=protocol,
            log_level="error",
            timeout_graceful_shutdown=5,
            ws="none",
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run)
        self.started = threading.Event()
        startup = self.server.startup

        async def start(sockets=None):
            await startup(sockets or (door and [door]))
            self.started.set()

        self.server.startup = start
        self.thread.start()
        assert self.started.wait(10)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]

    def stop(self):
        self.server.should_exit = True
        self.thread.join(10)
        assert not self.thread.is_alive()


@pytest.fixture
def serve(table):
    """Give a function that starts a hub; all of them stop afterwards."""
    running = []

    def start(*args, **kwargs):
        running.append(Served(*args, **kwargs))
        return running[-1]

    yield start
    for watch in watches:
        watch.close()
    watches.clear()
    for served in running:
        served.stop()


@pytest.fixture
def served(serve):
    return serve()


def ticket(authority="public", language="vi", **more):
    return tickets.issue(TOPIC, Viewer(authority, language), **more)


def digests(authority="public", want=("probe",)):
    """Return what a page rendered now has."""
    pieces = screen(TOPIC, want, Viewer(authority, "vi")).pieces
    return {n: p.digest for family in pieces.values() for n, p in family.items()}


class Watch:
    """One watcher: a request to the hub, read event by event."""

    def __init__(self, served, path="stream", headers=(), **said):
        said = {"ticket": ticket(), "want": ["probe"], "have": {}} | said
        self.line = HTTPConnection("127.0.0.1", served.port, timeout=10)
        self.line.request("POST", f"/live/{path}", json.dumps(said), dict(headers))
        self.answer = self.line.getresponse()
        self.status = self.answer.status
        watches.append(self)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.line.close()
        self.answer.close()

    def raw(self):
        """Return the next event as it stands; None at the end of the stream."""
        lines = []
        while (line := self.answer.readline()) not in {b"\n", b""}:
            lines.append(line)
        return b"".join(lines) or None

    def event(self, *skip):
        """Return the name and the data of the next event that is not one to skip."""
        while (text := self.raw()) is not None:
            name, data = text.decode().splitlines()
            name = name.removeprefix("event: ")
            if name not in skip:
                return name, json.loads(data.removeprefix("data: "))
        return None

    def change(self):
        """Return the next change."""
        name, data = self.event("hello", "beat", "ticket")
        assert name == "change"
        return data

    def json(self):
        return json.loads(self.answer.read())
