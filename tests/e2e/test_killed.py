"""Web, worker and PostgreSQL are killed, again and again, while a conference is held.

What was acknowledged stays, once; what was not is tried again under its key; a screen
that is open goes on by itself.
"""

import asyncio
import os
import random
import signal
import time
from dataclasses import dataclass, field

import pytest

from lantoa.config.demo.clients import Client
from tests.program import until

expect = pytest.importorskip("playwright.sync_api").expect

pytestmark = pytest.mark.browser
CHAIR, SECRETARIAT = "chutri@lantoa.test", "thuky@lantoa.test"
VENUES = 8  # that act all the time
ROUNDS = ("web", "postgres", "worker") * 2
WITHIN = 10  # seconds: the promise
PATIENCE = 60  # seconds for everything else; the machine may be busy


class Witness(Client):
    """An account that keeps the key of every command, and what it was answered."""

    def __init__(self, *said):
        super().__init__(*said)
        self.answered, self.heads = [], 0

    async def _insist(self, method, path, headers, said):
        answer = await super()._insist(method, path, headers, said)
        if method == "POST":
            # Said once more, it is answered alike and carried out no second time.
            again = answer
            if len(self.answered) % 5 == 0:
                again = await super()._insist(method, path, headers, said)
            assert again.content == answer.content
            self.answered.append((headers["Idempotency-Key"], path, said, answer))
            self.heads = said.get("headcount", self.heads)
        return answer


@dataclass
class Load:
    """Venues that say how many they are, ask and withdraw; a secretariat that drafts."""

    pk: int
    secretariat: Witness
    rooms: list[tuple[Witness, int]]
    chance: random.Random = field(default_factory=random.Random)
    ending: bool = False
    running: object = None

    def begin(self, loop):
        self.running = asyncio.run_coroutine_threadsafe(self.run(), loop)

    def end(self):
        """Let everybody finish what was begun; raise what went wrong."""
        self.ending = True
        self.running.result(PATIENCE)

    def reaches(self, acknowledged):
        """Return whether so many commands were acknowledged."""
        if self.running.done():
            self.running.result()
        return self.acknowledged >= acknowledged

    @property
    def witnesses(self):
        return [self.secretariat, *(room for room, _ in self.rooms)]

    @property
    def acknowledged(self):
        return sum(len(each.answered) for each in self.witnesses)

    async def run(self):
        async with asyncio.TaskGroup() as everybody:
            everybody.create_task(self._draft())
            for room, venue in self.rooms:
                everybody.create_task(self._attend(room, venue))

    async def _attend(self, room, venue):
        place, number = f"/api/v1/conferences/venues/{venue}", 0
        while not self.ending:
            number += 1
            await room.post(f"{place}/presence", {"headcount": number})
            asked = {"topic": f"{venue} nói lần {number}"}
            turn = await room.post(f"{place}/floor", asked)
            await room.post(f"/api/v1/conferences/turns/{turn['id']}/withdraw")
            await asyncio.sleep(self.chance.random() / 5)

    async def _draft(self):
        number = 0
        while not self.ending:
            number += 1
            await self.secretariat.post(
                f"/api/v1/conferences/{self.pk}/conclusions",
                {
                    "heading": f"Kết luận {number}",
                    "work": "Nội dung công việc.",
                    "lead_rule": "provinces",
                    "deadline_text": "Thường xuyên",
                },
            )
            await asyncio.sleep(self.chance.random() / 5)


@pytest.fixture(scope="module")
def conference(consoles):
    """Give the conference, begun."""
    found = consoles.get(CHAIR, "/api/v1/conferences/1")
    consoles.post(CHAIR, f"/api/v1/conferences/{found['id']}/open")
    return found


@pytest.fixture(scope="module")
def load(program, consoles, conference, venue_accounts):
    """Give the load, running."""
    held = [
        Witness(program.url, venue_accounts[venue["body_id"]], program.word)
        for venue in conference["venues"][:VENUES]
    ]
    secretariat = Witness(program.url, SECRETARIAT, program.word)
    for each in (secretariat, *held):
        consoles.run(each.sign_in())
    numbers = [venue["id"] for venue in conference["venues"][:VENUES]]
    load = Load(conference["id"], secretariat, list(zip(held, numbers, strict=True)))
    load.begin(consoles.loop)
    yield load
    load.ending = True
    for each in load.witnesses:
        consoles.run(each.close())


def sealing(program):
    """Return whether the worker has sealed what was in the journal just now."""
    newest = program.rows("SELECT max(id) FROM journal_entry")[0][0]
    return lambda: (
        not program.rows("SELECT 1 FROM journal_unsealed WHERE entry_id = %s", [newest])
    )


def test_everything_is_killed_during_the_conference(
    program, consoles, conference, load, venue_accounts, window
):
    pk, probe = conference["id"], conference["venues"][-1]
    speaker = consoles.client(venue_accounts[probe["body_id"]])
    watcher = window()
    watcher.goto(f"/theo-doi/{pk}/")
    tile = watcher.locator(f"#tile-{probe['id']}")
    expect(tile).to_have_attribute("data-state", "waiting")
    topics, took = [], {}
    for number, victim in enumerate(ROUNDS):
        some = load.acknowledged + random.randint(10, 60)
        until(lambda some=some: load.reaches(some), within=PATIENCE)
        before, at_least = program.family[victim], load.acknowledged
        os.kill(before, signal.SIGKILL)
        killed = time.monotonic()
        until(lambda v=victim, b=before: program.family.get(v, b) != b, within=WITHIN)
        until(lambda: program.answer() == 200, within=WITHIN)
        took[f"{number} {victim}"] = round(time.monotonic() - killed, 1)
        until(lambda n=at_least: load.reaches(n + 3 * VENUES), within=PATIENCE)
        until(sealing(program), within=PATIENCE)

        # The open page shows what is true now, without being asked to.
        if number % 2:
            path = f"/api/v1/conferences/turns/{topics[-1]}/withdraw"
            consoles.run(speaker.post(path))
            state = "waiting"
        else:
            path = f"/api/v1/conferences/venues/{probe['id']}/floor"
            topics.append(consoles.run(speaker.post(path, {"topic": "Thử"}))["id"])
            state = "queued"
        expect(tile).to_have_attribute("data-state", state, timeout=PATIENCE * 1000)
    assert max(took.values()) <= WITHIN, took

    load.end()
    # Lines fall and come back by the worker's watch, so the page is given time.
    for venue in consoles.get(CHAIR, f"/api/v1/conferences/{pk}")["venues"]:
        shown = watcher.locator(f"#tile-{venue['id']}")
        expect(shown).to_have_attribute("data-state", venue["state"])


def test_what_was_acknowledged_is_there_once(program, load):
    load.end()
    answered = [each for witness in load.witnesses for each in witness.answered]
    assert {answer.status_code for *_, answer in answered} == {200}
    keys = [key for key, *_ in answered]
    written = program.rows(
        "SELECT command_key FROM journal_entry WHERE command_key = ANY(%s)", [keys]
    )
    assert sorted(key for (key,) in written) == sorted(keys)

    # What they did is there once, and nothing that nobody asked for.
    said = {"conclusions": [], "floor": [], "presence": []}
    for _, path, words, _ in answered:
        said.get(path.rpartition("/")[2], []).append(words)
    headings = program.rows("SELECT heading FROM conferences_conclusion")
    assert sorted(each["heading"] for each in said["conclusions"]) == sorted(
        heading for (heading,) in headings
    )
    topics = program.rows("SELECT topic FROM conferences_turn WHERE topic != 'Thử'")
    assert sorted(each["topic"] for each in said["floor"]) == sorted(
        topic for (topic,) in topics
    )
    heard = program.rows("SELECT id, headcount FROM conferences_venue")
    last = {venue: room.heads for room, venue in load.rooms}
    assert {venue: dict(heard)[venue] for venue in last} == last


def test_the_journal_stands(program):
    done = program.manage("verify_journal")
    assert done.returncode == 0, done.stdout + done.stderr
