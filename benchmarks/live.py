"""Thousands of watchers of one board: how soon, how cheaply, and is nobody left behind?

A change is committed by an action; the web process renders the tile from the database
and writes it to everybody. Django channels with Redis and nginx with nchan carry the
same bytes in the same run, on the same two cores as the crowd.
"""

import json
import sys
import time

from ground import servers
from ground.crowd import Crowd
from ground.report import report, say, spread
from peers import race

FAMILY = "bench-tile"
ROUNDS = 12
PAUSE = 0.35  # seconds between two rounds


def stream_request(have: dict[str, str]) -> str:
    """Return the request that opens a stream on our hub."""
    from ground.live_program import TOPIC

    from lantoa.live import tickets
    from lantoa.live.fragments import Viewer

    ticket = tickets.issue(TOPIC, Viewer("public", "vi"), lifetime=3600)
    body = json.dumps({"ticket": ticket, "want": [FAMILY], "have": have})
    return (
        "POST /live/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    )


def digests() -> dict[str, str]:
    """Return what a page that was rendered now would have."""
    from ground.live_program import TOPIC

    from lantoa.live.fragments import Viewer
    from lantoa.live.pages import screen

    pieces = screen(TOPIC, [FAMILY], Viewer("public", "vi")).pieces[FAMILY]
    return {name: piece.digest for name, piece in pieces.items()}


class Rounds:
    """Commits changes, one numbered round after the other."""

    def __init__(self, crowd: Crowd) -> None:
        self.number = 0
        self.crowd = crowd

    def change(self) -> tuple[int, float]:
        """Commit the next change; return its number and the moment it was begun."""
        from ground.live_program import change

        self.number += 1
        begun = time.monotonic()
        change(1 + self.number % 63, self.number)
        return self.number, begun

    def measure(self, pids: list[int], watchers: int) -> dict[str, object]:
        """Return delay and cost over a dozen rounds."""
        delays: list[float] = []
        self.crowd.ask("await_round", number=self.change()[0], patience=10)  # warm
        time.sleep(PAUSE)
        used = servers.cpu_seconds(pids)
        for _ in range(ROUNDS):
            number, begun = self.change()
            said = self.crowd.ask("await_round", number=number, patience=10)
            delays += [(moment - begun) * 1000 for moment in said["arrivals"]]
            time.sleep(PAUSE)
        used = servers.cpu_seconds(pids) - used
        state = self.crowd.ask("state")
        return {
            "ms": spread(delays),
            "left_behind": watchers * ROUNDS - len(delays) + state["lost"],
            "cpu_us": round(used / max(1, len(delays)) * 1e6, 1),
        }


def ours(crowd: Crowd) -> dict[str, object]:
    """Measure our hub at 5,000 and 10,000, and the return of 5,000 at once."""
    found: dict[str, object] = {}
    with (
        servers.database("journal", "live"),
        servers.web("live_program.py") as (port, process),
    ):
        from ground.live_program import make_table

        make_table()
        rounds = Rounds(crowd)
        pids = [process.pid]

        def connect(count: int, have: dict[str, str], at_once: int = 100) -> dict:
            return crowd.ask(
                "connect",
                port=port,
                request=stream_request(have),
                greeting="event: hello",
                count=count,
                at_once=at_once,
            )

        connect(1, digests())
        before = servers.resident_kb(pids)
        connect(4999, digests())
        found["kb_per_connection"] = round(
            (servers.resident_kb(pids) - before) / 4999, 1
        )
        found["5000"] = rounds.measure(pids, 5000)
        say(f"ours, 5,000 watchers: {found['5000']}, {found['kb_per_connection']} KB")

        have = digests()
        crowd.ask("leave")
        number, _ = rounds.change()
        storm = connect(5000, have, at_once=5000)
        begun = time.monotonic()
        said = crowd.ask("await_round", number=number, patience=15)
        found["storm"] = {
            "seconds": round(storm["seconds"] + time.monotonic() - begun, 2),
            "current": len(said["arrivals"]),
        }
        say(f"ours, 5,000 back at once: {found['storm']}")

        connect(5000, digests())
        found["10000"] = rounds.measure(pids, 10000)
        say(f"ours, 10,000 watchers: {found['10000']}")
        crowd.ask("leave")
    return found


def carried(number: int) -> bytes:
    """Return the bytes that our hub would send in this round."""
    from ground.live_program import TOPIC, Tile, template

    from lantoa.live.fragments import stamp
    from lantoa.live.hub.frames import change

    tile = Tile(pk=7, name=f"Điểm cầu tỉnh số {TOPIC[-1]}", state="present")
    tile.round = number
    piece = stamp(f"{FAMILY}-7", template().render({"tile": tile}))
    return json.dumps(
        change({f"{FAMILY}-7": piece.html}, []), ensure_ascii=False
    ).encode()


TARGETS = {
    "p50_ms_5000": ("<=", 300),
    "p99_ms_5000": ("<=", 700),
    "p99_ms_10000": ("<=", 1200),
    "left_behind": ("==", 0),
    "cpu_us_per_delivery": ("<=", 30),
    "kb_per_connection": ("<=", 20),
    "storm_5000_seconds": ("<=", 5),
    "channels_cost_over_ours": (">=", 8),
    "our_cost_over_nchan": ("<=", 2.5),
}


def over(one: dict | None, other: dict | None) -> float | None:
    """Return how many times *one* costs what *other* does."""
    if not one or not other or not other["cpu_us"]:
        return None
    return round(one["cpu_us"] / other["cpu_us"], 2)


def main() -> int:
    """Run the whole benchmark."""
    servers.raise_limits()
    race.install()
    with Crowd() as crowd, servers.scratch() as folder:
        found = ours(crowd)
        nchan = race.nchan(crowd, folder, carried)
        channels = race.channels(crowd, folder, carried)
    few, many, storm = found["5000"], found["10000"], found["storm"]
    figures = {
        "p50_ms_5000": few["ms"]["p50"],
        "p99_ms_5000": few["ms"]["p99"],
        "p99_ms_10000": many["ms"]["p99"],
        "left_behind": few["left_behind"]
        + many["left_behind"]
        + 5000
        - storm["current"],
        "cpu_us_per_delivery": max(few["cpu_us"], many["cpu_us"]),
        "kb_per_connection": found["kb_per_connection"],
        "storm_5000_seconds": storm["seconds"],
        "bytes_carried": len(carried(1)),
        "ours": found,
        "nchan": nchan,
        "channels": channels,
    }
    ratios = {
        "channels_cost_over_ours": over(channels, few),
        "our_cost_over_nchan": over(few, nchan),
    }
    return report("live", figures, ratios, TARGETS)


if __name__ == "__main__":
    sys.exit(main())
