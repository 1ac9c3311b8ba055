"""What every router of the API shares: who asks, pages of a list, strict words.

The patterns are part of the published description, so that a machine knows before it
sends what will be refused.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Schema
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
)

from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI

T = TypeVar("T")

MOST = 200  # rows of a page
USUAL = 50
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
# One line holds no control characters; a text may hold tabs and new lines. What is
# asked for is more than blanks.
_LINE = r"^[^\x00-\x1f\x7f]*$"
_SAID = r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$"
_TEXT = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
_SAID_TEXT = (
    r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*[^\s\x00-\x1f\x7f]"
    r"[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
)
LONGEST = 20_000  # characters of a text


class ApiRequest(HttpRequest):
    """A request whose actor is known: by session, or by token."""

    actor: Actor


class Said(Schema):
    """What a command says: nothing but the fields named, each of its own kind."""

    model_config = ConfigDict(extra="forbid", from_attributes=True)


def _iso_day(value: Any) -> Any:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise ValueError("a day is written 2026-11-22")
    if not isinstance(value, str | date) or isinstance(value, datetime):
        raise ValueError("a day is written 2026-11-22")  # noqa: TRY004 - pydantic's way
    return value


def _iso_moment(value: Any) -> Any:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError("a moment is written 2026-11-22T08:00:00+07:00")
    return value


def _spelt(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if value not in {"true", "false"}:
        raise ValueError("true or false is asked for")
    return value == "true"


def _in_utc(moment: datetime) -> datetime:
    """Return the same moment in UTC: PostgreSQL doesn't know every offset."""
    try:
        moment.astimezone(HANOI)
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a moment of our time is asked for") from error


def _whole(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("a whole number is asked for")  # noqa: TRY004 - pydantic's way
    return value


WHOLE = BeforeValidator(_whole)  # stands last, so that the borders are described
Number = Annotated[int, Field(ge=1, le=2**63 - 1), WHOLE]  # of a row
Day = Annotated[date, BeforeValidator(_iso_day)]
Moment = Annotated[AwareDatetime, BeforeValidator(_iso_moment), AfterValidator(_in_utc)]
YesNo = StrictBool
Flag = Annotated[bool, BeforeValidator(_spelt)]  # in an address or a form
Line40 = Annotated[str, Field(max_length=40, pattern=_LINE)]
Line = Annotated[str, Field(max_length=200, pattern=_LINE)]
LongLine = Annotated[str, Field(max_length=300, pattern=_LINE)]
Text = Annotated[str, Field(max_length=LONGEST, pattern=_TEXT)]
SaidLine = Annotated[str, Field(min_length=1, max_length=200, pattern=_SAID)]
SaidLine120 = Annotated[str, Field(min_length=1, max_length=120, pattern=_SAID)]
SaidLongLine = Annotated[str, Field(min_length=1, max_length=300, pattern=_SAID)]
SaidText = Annotated[str, Field(min_length=1, max_length=LONGEST, pattern=_SAID_TEXT)]


class Asked(Schema):
    """Which page of a list, and how many rows of it."""

    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    limit: Annotated[int, Field(ge=1, le=MOST)] = USUAL


class Searched(Asked):
    """A page of the rows that hold every word of ``q``; diacritics may be left out."""

    q: Annotated[str, Field(max_length=100, pattern=_LINE)] = ""


class Listed(Schema, Generic[T]):
    """A page of a list; ``next`` is the number of the next page, null on the last."""

    count: int
    next: int | None
    items: list[T]


class Made(Schema):
    """The number of the row that a command made or changed, and how it stands."""

    id: int
    state: str = ""


class Moved(Schema):
    """How many rows a command moved."""

    moved: int


def acting(request: ApiRequest) -> dict[str, Any]:
    """Return who acts, and when, as every action takes them."""
    return {"actor": request.actor, "at": timezone.now()}


def by_token(request: HttpRequest) -> bool:
    """Return whether a machine asks: it stands for one mandate, not for a person."""
    return getattr(request, "token", None) is not None


def listed(rows: QuerySet[Any] | Sequence[Any], asked: Asked) -> dict[str, Any]:
    """Return the page of *rows* that was asked for, as ``Listed`` has it."""
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    first = (asked.page - 1) * asked.limit
    items = list(rows[first : first + asked.limit]) if first < count else []
    more = first + asked.limit < count
    return {"count": count, "next": asked.page + 1 if more else None, "items": items}
