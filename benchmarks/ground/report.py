"""Figures and the one JSON line that every benchmark prints last."""

import json
import operator
import statistics
import sys
from collections.abc import Mapping, Sequence
from typing import Any

COMPARE = {"<=": operator.le, ">=": operator.ge, "==": operator.eq}


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the nearest-rank percentile of *values*."""
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * percent // 100))
    return ordered[int(rank) - 1]


def spread(values: Sequence[float], digits: int = 1) -> dict[str, float]:
    """Return the median, the 95th and 99th percentile and the maximum."""
    return {
        "p50": round(statistics.median(values), digits),
        "p95": round(percentile(values, 95), digits),
        "p99": round(percentile(values, 99), digits),
        "max": round(max(values), digits),
    }


def say(line: str) -> None:
    """Print a line for the person who waits."""
    print(line, flush=True)


def report(
    bench: str,
    figures: Mapping[str, Any],
    ratios: Mapping[str, Any],
    targets: Mapping[str, tuple[str, float]],
) -> int:
    """Print the JSON line; return 0, for a missed target is said, not an error.

    Args:
        targets: name → (comparison, bound); the name is one of figures or ratios. What
            could not be measured (None) is not met.
    """
    measured = {**figures, **ratios}
    met = {
        name: measured.get(name) is not None
        and bool(COMPARE[sign](measured[name], bound))
        for name, (sign, bound) in targets.items()
    }
    for name, (sign, bound) in targets.items():
        word = "met" if met[name] else "NOT MET"
        say(f"  {name}: {measured.get(name)} (target {sign} {bound}): {word}")
    shown = {name: f"{sign} {bound}" for name, (sign, bound) in targets.items()}
    line = {
        "bench": bench,
        "figures": figures,
        "ratios": ratios,
        "targets": shown,
        "met": met,
    }
    sys.stdout.flush()
    print(json.dumps(line, ensure_ascii=False), flush=True)
    return 0
