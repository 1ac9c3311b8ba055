"""What one version of a paper says otherwise than the one before."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lantoa.documents.vocabulary import PaperState

_NAMES: dict[str, Promise] = {
    "code": _("Số, ký hiệu"),
    "type": _("Loại văn bản"),
    "issuer": _("Cơ quan ban hành"),
    "issued_on": _("Ngày ban hành"),
    "place": _("Nơi ban hành"),
    "summary": _("Trích yếu"),
    "signed_as": _("Thể thức ký"),
    "effective_from": _("Có hiệu lực từ"),
    "effective_until": _("Hết hiệu lực từ"),
    "state": _("Trạng thái"),
    "file": _("Tệp (giá trị băm)"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed, came or went."""

    kind: Literal["same", "new", "old"]
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field or clause that says something else."""

    name: str | Promise
    pieces: list[Piece]


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """Return what differs between two contents: fields first, then clauses."""
    found = [
        Difference(name, pieces(_said(key, old), _said(key, new)))
        for key, name in _NAMES.items()
        if old.get(key) != new.get(key)
    ]
    before, after = _clauses(old), _clauses(new)
    for label in [*after, *(each for each in before if each not in after)]:
        was, now = before.get(label, ""), after.get(label, "")
        if was != now:
            found.append(Difference(label, pieces(was, now)))
    return found


def pieces(old: str, new: str) -> list[Piece]:
    """Return how *new* follows from *old*, word by word."""
    before, after = _words(old), _words(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return list(_runs(matcher, before, after))


def _runs(
    matcher: "SequenceMatcher[str]", before: list[str], after: list[str]
) -> Iterator[Piece]:
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[a:b]))
            continue
        if a < b:
            yield Piece("old", "".join(before[a:b]))
        if c < d:
            yield Piece("new", "".join(after[c:d]))


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*|\s+", text)


def _said(key: str, content: dict[str, Any]) -> str:
    value = content.get(key)
    if key == "state" and value:
        return str(PaperState(value).label)
    return str(value or "")


def _clauses(content: dict[str, Any]) -> dict[str, str]:
    return {
        each["label"]: "\n".join(filter(None, [each["heading"], each["text"]]))
        for each in content["clauses"]
    }
