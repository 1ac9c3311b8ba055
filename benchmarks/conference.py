"""The commands of a conference of 63 venues: the roll call, and issuing conclusions.

Promises: 63 venues answer a roll call within one second, p99 ≤ 200 ms; all at the same
instant, all answered ≤ 600 ms; each exactly once under retries; issuing 10 clauses to
63 provinces ≤ 2 s. Everything goes through the API of the web process, over HTTP.
"""

import asyncio
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.ground import report, servers

ROUNDS = 5  # of each roll call; their answers are taken together
VENUES = 63
CLAUSES = 10


class Answer(NamedTuple):
    """How a command ended: status, body, and how long it took [ms]."""

    status: int
    body: Any
    ms: float


class Console:
    """A venue's session, and its commands as bytes."""

    def __init__(self, port: int, client: Any, venue: dict[str, Any]) -> None:
        cookies = client.http.cookies
        self.port, self.venue = port, venue
        self.cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.token = cookies["csrftoken"]

    async def post(self, path: str, said: Any, key: str) -> Answer:
        """Send one command on a new connection and wait for its answer."""
        body = json.dumps(said).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Cookie: {self.cookie}\r\nX-CSRFToken: {self.token}\r\n"
            f"Idempotency-Key: {key}\r\nContent-Type: application/json\r\n"
            f"Referer: http://127.0.0.1:{self.port}/\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        start = time.perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(head.encode() + body)
        top = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(top.partition("content-length:")[2].partition("\r\n")[0])
        content = await reader.readexactly(length)
        writer.close()
        ms = (time.perf_counter() - start) * 1000
        return Answer(int(top.split()[1]), json.loads(content or b"null"), ms)

    async def answer(self, headcount: int, key: str = "") -> Answer:
        """Answer the roll call."""
        path = f"/api/v1/conferences/venues/{self.venue['id']}/presence"
        return await self.post(path, {"headcount": headcount}, key or str(uuid4()))


async def measure(port: int, conference: int, word: str) -> dict[str, Any]:
    """Return the figures."""
    from lantoa.config.demo import people
    from lantoa.config.demo.clients import Client

    url = f"http://127.0.0.1:{port}"
    chair = Client(url, people.CHAIR, word)
    secretariat = Client(url, people.SECRETARIAT, word)
    for each in (chair, secretariat):
        await each.sign_in()
    base = f"/api/v1/conferences/{conference}"
    consoles = await sign_in_all(url, port, word, (await chair.get(base))["venues"])
    await chair.post(f"{base}/open")
    spread_out, at_once, once = [], [], True
    for number in range(1, ROUNDS + 1):
        spread_out += await roll_call(chair, base, consoles, number, within=1.0)
    totals = []
    for number in range(ROUNDS + 1, 2 * ROUNDS + 1):
        answers = await roll_call(chair, base, consoles, number, within=0.0)
        totals.append(max(each.ms for each in answers))
        at_once += answers
    once = await retried(chair, base, consoles)
    figures = {
        "venues": len(consoles),
        "answers_refused": sum(a.status != 200 for a in spread_out + at_once),
        "rollcall_1s_ms": report.spread([each.ms for each in spread_out]),
        "rollcall_1s_p99_ms": report.spread([a.ms for a in spread_out])["p99"],
        "rollcall_instant_all_ms": report.spread(totals),
        "rollcall_instant_median_ms": report.spread(totals)["p50"],
        "each_exactly_once": int(once),
        "issue_ms": round(await issue(chair, secretariat, base), 1),
    }
    await chair.close()
    await secretariat.close()
    return figures


async def sign_in_all(
    url: str, port: int, word: str, venues: Sequence[dict[str, Any]]
) -> list[Console]:
    """Return a signed-in console for every venue."""
    from lantoa.config.demo.clients import Client
    from lantoa.config.management.commands.demo_live import representative

    emails = await asyncio.to_thread(addresses, representative)
    consoles = []
    for venue in venues:
        client = Client(url, emails[venue["id"]], word)
        await client.sign_in()
        consoles.append(Console(port, client, venue))
        await client.close()
    return consoles


def addresses(representative: Any) -> dict[int, str]:
    """Return the account of each venue."""
    from django.db import connections

    from lantoa.conferences.models import Venue

    try:
        return {venue.pk: representative(venue) for venue in Venue.objects.all()}
    finally:
        connections.close_all()


async def roll_call(
    chair: Any, base: str, consoles: list[Console], number: int, *, within: float
) -> list[Answer]:
    """Call the roll and return the answers, sent at moments within so many seconds."""
    await chair.post(f"{base}/roll-call/open")
    chance = random.Random(number)

    async def one(console: Console) -> Answer:
        if within:
            await asyncio.sleep(chance.random() * within)
        return await console.answer(20 + number)

    answers = await asyncio.gather(*(one(console) for console in consoles))
    await chair.post(f"{base}/roll-call/close")
    return list(answers)


async def retried(chair: Any, base: str, consoles: list[Console]) -> bool:
    """Send each answer three times under one key; return whether each counted once."""
    await chair.post(f"{base}/roll-call/open")
    keys = {console.venue["id"]: str(uuid4()) for console in consoles}

    async def thrice(console: Console) -> list[Answer]:
        return [await console.answer(99, keys[console.venue["id"]]) for _ in range(3)]

    answers = await asyncio.gather(*(thrice(console) for console in consoles))
    await chair.post(f"{base}/roll-call/close")
    same = all(len({(a.status, a.body["id"]) for a in each}) == 1 for each in answers)
    return same and await asyncio.to_thread(counted_once, list(keys.values()))


def counted_once(keys: list[str]) -> bool:
    """Return whether the journal holds one entry for each key."""
    from django.db import connections

    from lantoa.journal.models import Entry

    try:
        found = Entry.objects.filter(command_key__in=keys)
        return found.count() == len(set(keys)) == len(keys)
    finally:
        connections.close_all()


async def issue(chair: Any, secretariat: Any, base: str) -> float:
    """Draft and confirm ten conclusions; return how long issuing took [ms]."""
    for number in range(1, CLAUSES + 1):
        drafted = await secretariat.post(
            f"{base}/conclusions",
            {
                "heading": f"Kết luận {number}",
                "work": f"Nội dung công việc số {number}.",
                "lead_rule": "provinces",
                "deadline_text": "Thường xuyên",
            },
        )
        confirm = f"/api/v1/conferences/conclusions/{drafted['id']}/confirm"
        await chair.post(confirm)
    start = time.perf_counter()
    await secretariat.post(f"{base}/conclusions/issue")
    return (time.perf_counter() - start) * 1000


def main() -> int:
    """Measure and report."""
    servers.raise_limits()
    with servers.database():
        from django.core.management import call_command
        from django.db import connections

        from lantoa.conferences.models import Conference
        from lantoa.config.demo import people
        from lantoa.plans.models import Task

        report.say("entering the demo …")
        call_command("createcachetable", verbosity=0)
        call_command("load_reference", verbosity=0)
        call_command("load_papers", verbosity=0)
        call_command("load_demo", eve=True, verbosity=0)
        conference, word = Conference.objects.get().pk, people.password()
        with servers.web() as (port, _):
            figures = asyncio.run(measure(port, conference, word))
        figures["tasks_issued"] = Task.objects.count()
        connections.close_all()
    return report.report(
        "conference",
        figures,
        {},
        {
            "venues": ("==", VENUES),
            "answers_refused": ("==", 0),
            "rollcall_1s_p99_ms": ("<=", 200),
            "rollcall_instant_median_ms": ("<=", 600),
            "each_exactly_once": ("==", 1),
            "issue_ms": ("<=", 2000),
            "tasks_issued": ("==", VENUES * CLAUSES),
        },
    )


if __name__ == "__main__":
    sys.exit(main())
