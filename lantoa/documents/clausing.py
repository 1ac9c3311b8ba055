"""Reading the clauses out of a paper's text, and writing them back."""

import re
from collections.abc import Iterable, Sequence

from lantoa.documents.vocabulary import ClauseText

_HEAD = re.compile(
    r"\s*(?:(?:Điều|Mục|Khoản|Điểm)\s+)?"
    r"(?P<label>[IVXLC]+(?:\.\w{1,3})*|\d{1,3}(?:\.\w{1,3})*|[a-zđ])"
    r"(?:\.|\)|:)\s+(?P<heading>\S.*)"
)
_ROMAN = re.compile(r"[IVXLC]+")
_LONGEST_HEADING = 300  # characters


def read_clauses(text: str, *, nested: bool = True) -> list[ClauseText]:
    """Return the clauses of *text*: "I. …", below it "1. …", below that "a) …".

    A line that begins with a number opens a clause and is its heading; what follows is
    its text. A heading too long for one is text.

    Args:
        nested: "1." below "I." gets the label "I.1"; otherwise labels stand as written.
    """
    found: list[tuple[str, str, list[str]]] = []
    path: list[str] = []
    for line in text.splitlines():
        match = _HEAD.fullmatch(line)
        if match is None:
            if found and line.strip():
                found[-1][2].append(line.strip())
            continue
        label, heading = match["label"], match["heading"].strip()
        if nested and "." not in label:
            path = [*_above(label, path), label]
            label = ".".join(path)
        body = [heading] if len(heading) > _LONGEST_HEADING else []
        found.append((label, "" if body else heading, body))
    return [ClauseText(label, head, "\n".join(body)) for label, head, body in found]


def _above(label: str, path: Sequence[str]) -> Sequence[str]:
    """Return the part of the path below which *label* stands."""
    ranks = [_rank(each) for each in path]
    rank = _rank(label)
    return [each for each, of in zip(path, ranks, strict=True) if of < rank]


def _rank(label: str) -> int:
    if _ROMAN.fullmatch(label):
        return 0
    return 1 if label.isdigit() else 2


def write_clauses(clauses: Iterable[ClauseText]) -> str:
    """Return clauses as text that ``read_clauses(nested=False)`` reads back."""
    return "\n\n".join(
        f"{each.label}. {each.heading or each.text}"
        + (f"\n{each.text}" if each.heading and each.text else "")
        for each in clauses
    )
