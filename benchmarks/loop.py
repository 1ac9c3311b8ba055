"""The loop closed: boards, deriving, a day of reports, a reorganisation, and kills.

Promises: the national board over 63 × 40 tasks ≤ 100 ms of server time in a number of
statements that does not grow; deriving a task to the 3,321 communes ≤ 5 s; 10,000
progress reports of 200 officers: p99 ≤ 500 ms, none lost or doubled; web, worker and
PostgreSQL killed 100 times in turn under that load: no acknowledged report missing;
the reorganisation of 1 July 2025 over all open tasks previewed ≤ 10 s, applied ≤ 60 s
and taken back exactly.

KILLS=, REPORTS= and RATE= (reports a second) change the size of a run.
"""

import asyncio
import os
import secrets
import signal
import sys
import tempfile
import threading
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.ground import report, servers
from benchmarks.ground.officers import Day, Officer
from tests.program import Program, until

OFFICERS = 200
REPORTS = int(os.environ.get("REPORTS") or 10_000)
RATE = float(os.environ.get("RATE") or 35)  # reports a second
KILLS = int(os.environ.get("KILLS") or 100)
PROVINCES, CLAUSES, COMMUNES = 63, 40, 3321
ON_2020 = date(2020, 12, 15)
AT_2020 = datetime(2020, 12, 21, 2, 0, tzinfo=UTC)
PATH = "/api/v1/tasks/obligations/{obligation}/progress"
VICTIMS = ("web", "worker", "postgres")


def main() -> int:
    """Measure and report."""
    servers.raise_limits()
    with tempfile.TemporaryDirectory(prefix="lantoa-bench-") as folder:
        Path(folder).chmod(0o755)
        program = Program(Path(folder), DEMO="no")
        try:
            figures = measure(program)
        finally:
            program.stop()
            program.discard()
    return report.report(
        "loop",
        figures,
        {},
        {
            "national_board_ms": ("<=", 100),
            "national_board_statements_grow_by": ("==", 0),
            "derive_communes": ("==", COMMUNES),
            "derive_seconds": ("<=", 5),
            "reports_acknowledged": (">=", REPORTS),
            "reports_p99_ms": ("<=", 500),
            "reports_lost_or_doubled": ("==", 0),
            "kills": ("==", KILLS),
            "missing_after_kills": ("==", 0),
            "doubled_after_kills": ("==", 0),
            "reorganisation_open_tasks": (">=", PROVINCES * CLAUSES),
            "preview_seconds": ("<=", 10),
            "apply_seconds": ("<=", 60),
            "taken_back_exactly": ("==", 1),
        },
    )


def measure(program: Program) -> dict[str, Any]:
    """Return the figures."""
    told = program.told
    os.environ.update(
        DATABASE_URL=told["DATABASE_URL"],
        DATA=told["DATA"],
        SECRET_KEY=told["SECRET_KEY"],
        DJANGO_SETTINGS_MODULE="lantoa.config.settings",
    )
    import django

    django.setup()
    from benchmarks.ground import country

    report.say("dispatching 40 clauses to 63 provinces …")
    held = country.people()
    figures = country.national_board(held, PROVINCES, CLAUSES)
    report.say(f"  {figures}")
    report.say("deriving to the communes …")
    figures |= country.derive_to_communes(held)
    officers = [
        Officer(token, obligation)
        for token, obligation in country.officers(OFFICERS, secrets.token_urlsafe)
    ]
    day = Day(program.port, PATH, officers, RATE)
    report.say(f"{REPORTS} reports at {RATE}/s …")
    cpu, start = country.clock(program.family["web"]), time.monotonic()
    asyncio.run(day.run(REPORTS))
    seconds = time.monotonic() - start
    used = country.clock(program.family["web"]) - cpu
    figures |= {
        "officers": OFFICERS,
        "reports_acknowledged": len(day.acknowledged),
        "reports_per_second": round(len(day.acknowledged) / seconds, 1),
        "reports_ms": report.spread(day.took),
        "reports_p99_ms": report.spread(day.took)["p99"],
        "web_cpu_ms_per_report": round(1000 * used / max(1, len(day.acknowledged)), 1),
    }
    missing, doubled = country.compare(day.acknowledged)
    figures["reports_lost_or_doubled"] = missing + doubled + day.refused
    report.say(f"  {figures}")
    report.say(f"killing {KILLS} times under the same load …")
    figures |= kill(program, officers)
    report.say(f"  {figures}")
    report.say("the reorganisation of 1 July 2025 …")
    figures |= country.reorganise(held)
    return figures


def kill(program: Program, officers: list[Officer]) -> dict[str, Any]:
    """Kill web, worker and PostgreSQL in turn while the officers report."""
    from benchmarks.ground import country

    day = Day(program.port, PATH, officers, RATE)
    failed: list[BaseException] = []

    def work() -> None:
        try:
            asyncio.run(day.run())
        except BaseException as error:  # noqa: BLE001 - told by the main thread
            failed.append(error)

    load = threading.Thread(target=work)
    load.start()
    back: list[float] = []
    kills = 0
    for number in range(KILLS):
        seen = len(day.acknowledged)
        until(lambda seen=seen: len(day.acknowledged) > seen or failed, within=60)
        if failed:
            break
        victim = VICTIMS[number % len(VICTIMS)]
        before = program.family[victim]
        os.kill(before, signal.SIGKILL)
        kills, killed = kills + 1, time.monotonic()
        until(lambda v=victim, b=before: program.family.get(v, b) != b, within=30)
        until(lambda: program.answer() == 200, within=30)
        back.append(time.monotonic() - killed)
        report.say(f"  {kills} {victim}: back after {back[-1]:.1f} s")
    day.ending = True
    load.join(120)
    if failed:
        raise failed[0]
    missing, doubled = country.compare(day.acknowledged)
    return {
        "kills": kills,
        "acknowledged_under_kills": len(day.acknowledged),
        "refused_under_kills": day.refused,
        "back_after_s": report.spread(back, 2) if back else None,
        "missing_after_kills": missing,
        "doubled_after_kills": doubled,
    }


if __name__ == "__main__":
    sys.exit(main())
