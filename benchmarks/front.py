"""Do pages stay as quick while twenty people upload, and twenty download, on bad lines?

One visitor asks for a page over and over; then again under twenty slow uploads; then
with twenty slow downloads besides. Eight such uploads stop a server that hands bodies
to its threads as they come.
"""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http.client import HTTPConnection

from ground import servers
from ground.front_program import film_path
from ground.report import report, say, spread

PAGE = "/to-chuc/"  # from the database
ADDRESS = "/tai-khoan/login/"
VISITS, ROUNDS = 80, 4
SLOW = 20
UPLOAD = 5_000_000  # bytes
PIECE, PAUSE = 4096, 0.25  # 16 KB/s, as on a telephone
TARGETS = {
    "uploads_over_quiet_p95": ("<=", 2.0),
    "uploads_and_downloads_over_quiet_p95": ("<=", 2.0),
    "failed": ("==", 0),
}


async def upload(port: int) -> None:
    """Send a body a piece at a time, for as long as one is let."""
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST {ADDRESS} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {UPLOAD}"
    writer.write(f"{head}\r\n\r\n".encode())
    try:
        while True:
            writer.write(b"x" * PIECE)
            await writer.drain()
            await asyncio.sleep(PAUSE)
    finally:
        writer.close()


async def download(port: int) -> None:
    """Take a long file a piece at a time, for as long as one is let."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=PIECE)
    writer.write(b"GET /film HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    try:
        while True:
            await reader.read(PIECE)
            await asyncio.sleep(PAUSE)
    finally:
        writer.close()


@asynccontextmanager
async def crowd(port: int, *kinds: object) -> AsyncIterator[None]:
    """Have twenty of each kind at it meanwhile."""
    tasks = [asyncio.ensure_future(kind(port)) for kind in kinds for _ in range(SLOW)]
    await asyncio.sleep(1.0)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def visit(port: int) -> tuple[list[float], int]:
    """Ask for the page over and over; return the milliseconds, and the failures."""
    took, failed = [], 0
    line = HTTPConnection("127.0.0.1", port, timeout=20)
    for _ in range(VISITS):
        begun = time.perf_counter()
        line.request("GET", PAGE)
        answer = line.getresponse()
        answer.read()
        failed += answer.status != 200
        took.append((time.perf_counter() - begun) * 1000)
        time.sleep(0.003)
    line.close()
    return took, failed


async def measure(port: int) -> tuple[dict[str, object], dict[str, float]]:
    """Return the figures and the ratios; the kinds take turns, for a fair machine."""
    took: dict[str, list[float]] = {"quiet": [], "uploads": [], "both": []}
    kinds = {"quiet": (), "uploads": (upload,), "both": (upload, download)}
    failed = 0
    await asyncio.to_thread(visit, port)  # warm
    for _ in range(ROUNDS):
        for name, slow in kinds.items():
            async with crowd(port, *slow):
                some, lost = await asyncio.to_thread(visit, port)
            took[name] += some
            failed += lost
    p95 = {name: spread(values, 3)["p95"] for name, values in took.items()}
    figures: dict[str, object] = {
        f"{name}_ms": spread(values, 2) for name, values in took.items()
    }
    ratios = {
        "uploads_over_quiet_p95": round(p95["uploads"] / p95["quiet"], 2),
        "uploads_and_downloads_over_quiet_p95": round(p95["both"] / p95["quiet"], 2),
    }
    return {**figures, "failed": failed}, ratios


def main() -> int:
    """Run the benchmark."""
    servers.raise_limits()
    with servers.database():
        film_path().write_bytes(os.urandom(20_000_000))
        with servers.web("front_program.py") as (port, _):
            figures, ratios = asyncio.run(measure(port))
    for name, value in figures.items():
        say(f"{name}: {value}")
    return report("front", figures, ratios, TARGETS)


if __name__ == "__main__":
    sys.exit(main())
