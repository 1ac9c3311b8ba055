"""What one version of a plan says otherwise than the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from lantoa.documents.differences import Piece, pieces
from lantoa.kernel.dates import short_date
from lantoa.plans.models import PlanVersion

Kind = Literal["new", "dropped", "changed", "moved", "same"]


@dataclass(frozen=True, slots=True)
class Line:
    """A milestone in a version: what was done to it, and its words, old and new."""

    kind: Kind
    title: list[Piece]
    product: list[Piece]
    due: list[Piece]


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a plan beside the one before; the first has none."""

    version: PlanVersion
    first: bool
    lines: list[Line]


def history_of(versions: Sequence[PlanVersion]) -> list[Version]:
    """Return the versions, given oldest first, the newest first with differences."""
    found = []
    before: list[dict[str, Any]] = []
    for number, each in enumerate(versions):
        lines = list(_lines(before, each.milestones, first=number == 0))
        found.append(Version(each, number == 0, lines))
        before = each.milestones
    return found[::-1]


def _lines(
    old: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]], *, first: bool
) -> list[Line]:
    was = {each["id"]: each for each in old}
    stayed = [each["id"] for each in new if each["id"] in was]
    order = [pk for pk in was if pk in set(stayed)]
    moved = {pk for pk, at in zip(stayed, order, strict=True) if pk != at}
    lines = []
    for each in new:
        before = was.pop(each["id"], None)
        if before is None:
            lines.append(_line("same" if first else "new", each, each))
        elif _words(before) != _words(each):
            lines.append(_line("changed", before, each))
        else:
            kind: Kind = "moved" if each["id"] in moved else "same"
            lines.append(_line(kind, before, each))
    return [*lines, *(_line("dropped", each, each) for each in was.values())]


def _line(kind: Kind, old: dict[str, Any], new: dict[str, Any]) -> Line:
    said = [pieces(a, b) for a, b in zip(_words(old), _words(new), strict=True)]
    return Line(kind, *said)


def _words(said: dict[str, Any]) -> tuple[str, str, str]:
    due = said["due_on"]
    day = short_date(date.fromisoformat(due)) if due else ""
    return said["title"], said["product"], day
