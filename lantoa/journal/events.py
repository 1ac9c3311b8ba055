"""The shape of a fact."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, ClassVar, Self

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact, named in the past tense; carries ids, never rows or personal names.

    A field ``venue_id`` makes the fact one about the subject "venue:<id>"; a field
    ``venue_ids`` about each of them.

    The ``sentence`` tells the fact to people: ``{venue}`` stands for the label of
    ``venue_id`` (or of all ``venue_ids``), any other name for the field of that name.
    """

    name: ClassVar[str]
    sentence: ClassVar[str | Promise] = ""

    @property
    def topic(self) -> str:
        """Return the live channel that must hear of this fact ("" = nobody)."""
        return ""

    def subjects(self) -> list[str]:
        """Return what the fact is about, as "noun:id"."""
        about: list[str] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name.endswith("_id") and value is not None:
                about.append(f"{field.name[:-3]}:{value}")
            elif field.name.endswith("_ids"):
                about.extend(f"{field.name[:-4]}:{each}" for each in value)
        return about

    def words(self) -> dict[str, str | Promise]:
        """Return what the sentence says instead of the fields that are codes."""
        return {}

    def payload(self) -> dict[str, Any]:
        """Return the fields as JSON-ready values."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in asdict(self).items()
        }

    @classmethod
    def read(cls, payload: dict[str, Any]) -> Self:
        """Return the event that was written as *payload*."""
        moments = {f.name: f.type for f in fields(cls) if _is_moment(f.type)}
        return cls(
            **{
                key: _moment(moments[key], value)
                if key in moments and value is not None
                else value
                for key, value in payload.items()
            }
        )


def _is_moment(kind: Any) -> bool:
    return any(moment is kind or moment in _args(kind) for moment in (datetime, date))


def _args(kind: Any) -> tuple[Any, ...]:
    return getattr(kind, "__args__", ())


def _moment(kind: Any, value: str) -> date | datetime:
    if datetime is kind or datetime in _args(kind):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value)


def all_events() -> list[type[Event]]:
    """Return every concrete event class, by name."""
    found: dict[str, type[Event]] = {}
    waiting = list(Event.__subclasses__())
    while waiting:
        cls = waiting.pop()
        waiting.extend(cls.__subclasses__())
        if "name" in cls.__dict__:
            found[cls.name] = cls
    return [found[name] for name in sorted(found)]
