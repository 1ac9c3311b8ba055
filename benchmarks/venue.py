"""A venue's page on a weak line: how heavy, how soon usable, what a roll call costs.

Promises: ≤ 120 KB on first load (compressed), ≤ 15 KB after; at 64 kbit/s with 600 ms
of delay usable ≤ 8 s; a roll call of 63 costs a venue ≤ 20 KB. Everything that comes
down the wire is counted, heads and streams too, at a relay before the program as
`make run` starts it, from an empty Chromium. A KB is 1,000 bytes.
"""

import asyncio
import random
import shutil
import sys
import time
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.ground import report, servers
from benchmarks.ground.weak_line import WeakLine, weak_line

CHAIR, VENUE = "chutri@lantoa.test", "Lạng Sơn"
BITS, ROUND_TRIP = 64_000, 0.6  # a second; seconds
ANSWERS_WITHIN = 20.0  # seconds: so slowly that hardly two answers share a message
QUIET = 2.0  # seconds without a byte
ARGS = ["--disable-background-networking", "--disable-component-update"]
# The page is usable when a press is sent in the background, by its own scripts.
USABLE = """() => customElements.get('command-desk') &&
document.querySelector('#presence-form button')?.checkVisibility()"""


class Held:
    """The demo's conference, held: the chair, and a client for each venue."""

    def __init__(self, url: str, word: str) -> None:
        from lantoa.config.demo.clients import Client

        self.url, self.word = url, word
        self.client = lambda email: Client(url, email, word)
        self.chair = self.client(CHAIR)
        self.venues: dict[str, tuple[Any, int]] = {}
        self.base = "/api/v1/conferences/1"

    async def begin(self, emails: dict[int, str]) -> None:
        """Sign everybody in, open the conference, and call the roll once."""
        await self.chair.sign_in()
        for venue in (await self.chair.get(self.base))["venues"]:
            client = self.client(emails[venue["body_id"]])
            await client.sign_in()
            self.venues[venue["name"]] = (client, venue["id"])
        await self.chair.post(f"{self.base}/open")
        await self.roll_call(21, within=1.0)
        items = (await self.chair.get(self.base))["items"]
        item = next(each for each in items if each["kind"] == "discussion")
        await self.chair.post(f"/api/v1/conferences/items/{item['id']}/start")
        for name in ("Cao Bằng", "Cà Mau", "Đồng Tháp"):
            client, pk = self.venues[name]
            said = {"topic": "Mô hình hiệu quả ở cơ sở"}
            await client.post(f"/api/v1/conferences/venues/{pk}/floor", said)

    async def roll_call(self, people: int, *, within: float) -> None:
        """Call the roll; everybody answers at some moment within so many seconds."""
        chance = random.Random(people)
        await self.chair.post(f"{self.base}/roll-call/open")

        async def answer(client: Any, pk: int) -> None:
            await asyncio.sleep(chance.random() * within)
            path = f"/api/v1/conferences/venues/{pk}/presence"
            await client.post(path, {"headcount": people})

        await asyncio.gather(*(answer(*each) for each in self.venues.values()))
        await self.chair.post(f"{self.base}/roll-call/close")

    async def close(self) -> None:
        """Let go of the connections."""
        for client in [self.chair, *(client for client, _ in self.venues.values())]:
            await client.close()


async def measure(program: Any) -> dict[str, Any]:
    """Return the figures."""
    from playwright.async_api import async_playwright

    rows = program.rows(
        "SELECT m.body_id, p.email FROM access_mandate m JOIN identity_person p"
        " ON p.id = m.person_id WHERE m.role = 'representative'"
    )
    held = Held(program.url, program.word)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(held.close)
        await held.begin(dict(rows))
        client, pk = held.venues[VENUE]
        playwright = await stack.enter_async_context(async_playwright())
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = await playwright.chromium.launch(executable_path=path, args=ARGS)
        stack.push_async_callback(browser.close)
        cookies = [
            {"name": name, "value": value, "url": program.url}
            for name, value in client.http.cookies.items()
        ]
        place = f"/hoi-nghi/1/diem-cau/{pk}/"
        weighed = await weigh(browser, program.port, cookies, place, held)
        return weighed | await hurry(browser, program.port, cookies, place)


async def weigh(
    browser: Any, port: int, cookies: list[Any], place: str, held: Held
) -> dict[str, Any]:
    """Return the bytes of the first load, of a later one, and of a roll call [KB]."""
    figures: dict[str, Any] = {}
    async with weak_line(port) as (line, url):
        context = await browser.new_context()
        await context.add_cookies(cookies)
        page = await opened(context, url + place, line)
        figures["first_load_kb"] = kilo(line.down.carried)
        await page.close()
        before = line.down.carried
        page = await opened(context, url + place, line)
        figures["later_load_kb"] = kilo(line.down.carried - before)
        before = line.down.carried
        await held.roll_call(22, within=ANSWERS_WITHIN)
        await line.quiet(QUIET)
        figures["roll_call_kb"] = kilo(line.down.carried - before)
        shown = page.locator("[data-venue][data-round='2']")
        figures["roll_call_shown"] = await shown.count()
        await context.close()
    return figures


async def opened(context: Any, address: str, line: WeakLine) -> Any:
    """Return the page once it is usable and nothing more comes."""
    page = await context.new_page()
    await page.goto(address)
    await page.wait_for_function(USABLE)
    await line.quiet(QUIET)
    return page


async def hurry(
    browser: Any, port: int, cookies: list[Any], place: str
) -> dict[str, Any]:
    """Return when the page is painted, usable, and its word has arrived [s]."""
    async with weak_line(port) as (line, url):
        line.narrow(BITS, ROUND_TRIP)
        context = await browser.new_context()
        context.set_default_timeout(60_000)
        await context.add_cookies(cookies)
        page = await context.new_page()
        start = time.perf_counter()
        await page.goto(url + place, wait_until="commit")
        await page.wait_for_function(USABLE)
        usable = time.perf_counter() - start
        painted = await page.evaluate(
            "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
        )
        await page.fill("#presence-form [name=headcount]", "31")
        await page.click("#presence-form button")
        await page.get_by_text("Đã ghi nhận điểm cầu có mặt").wait_for()
        answered = time.perf_counter() - start
        await context.close()
    return {
        "painted_s": round((painted or 0) / 1000, 2),
        "usable_s": round(usable, 2),
        "presence_answered_s": round(answered, 2),
    }


def kilo(size: int) -> float:
    """Return bytes as KB."""
    return round(size / 1000, 1)


def main() -> int:
    """Measure and report."""
    from tests.program import Program

    servers.raise_limits()
    with servers.scratch() as folder:
        report.say("starting the program with its demo …")
        program = Program(folder / "data")
        try:
            figures = asyncio.run(measure(program))
        finally:
            program.stop()
            program.discard()
    return report.report(
        "venue",
        figures,
        {},
        {
            "first_load_kb": ("<=", 120),
            "later_load_kb": ("<=", 15),
            "usable_s": ("<=", 8),
            "roll_call_kb": ("<=", 20),
            "roll_call_shown": ("==", 63),
        },
    )


if __name__ == "__main__":
    sys.exit(main())
