"""Types of paper and the founding papers, as tables with their sources."""

import csv
import tomllib
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


def document_types() -> list[dict[str, str]]:
    """Return the types of paper as written."""
    with (_HERE / "document_types.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def founding_papers() -> list[dict[str, Any]]:
    """Return the papers every installation knows, directives before what they ask."""
    text = (_HERE / "founding_papers.toml").read_text(encoding="utf-8")
    papers: list[dict[str, Any]] = tomllib.loads(text)["paper"]
    return papers
