"""Reading our tables: plain text files beside this module."""

import csv
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of the table *name* as written."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def day(text: str) -> date | None:
    """Return the date written as *text*; empty is not recorded."""
    return date.fromisoformat(text) if text else None
