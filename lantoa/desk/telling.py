"""Entries of the journal, told in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lantoa.desk.subjects import Label, labels
from lantoa.journal.events import Event, all_events
from lantoa.journal.models import Entry
from lantoa.kernel.dates import clock_time, short_date

NAMED = 5  # subjects of one kind in a sentence; more are counted
LATE = timedelta(minutes=1)  # a longer way to the journal is worth telling


@dataclass(frozen=True, slots=True)
class Told:
    """An entry and the sentence that tells it."""

    entry: Entry
    sentence: SafeString

    @property
    def recorded_later(self) -> bool:
        """Return whether it was entered well after it happened."""
        return self.entry.recorded_at - self.entry.occurred_at > LATE


def tell(entries: Sequence[Entry]) -> list[Told]:
    """Return the entries told; labels cost one query for each kind of subject."""
    kinds = {event.name: event for event in all_events()}
    facts = [(entry, _read(kinds.get(entry.name), entry)) for entry in entries]
    named = labels(
        (noun, pk)
        for _entry, fact in facts
        if fact is not None
        for noun, pks in _subjects(fact)
        for pk in pks[:NAMED]
    )
    return [Told(entry, _sentence(entry, fact, named)) for entry, fact in facts]


def _read(kind: type[Event] | None, entry: Entry) -> Event | None:
    """Return the fact; None if this version of the program doesn't know it."""
    if kind is None:
        return None
    try:
        return kind.read(entry.payload)
    except (TypeError, ValueError):
        return None


def _subjects(fact: Event) -> Iterator[tuple[str, list[int]]]:
    for field in fields(fact):
        value = getattr(fact, field.name)
        if field.name.endswith("_ids"):
            yield field.name.removesuffix("_ids"), list(value)
        elif field.name.endswith("_id") and value is not None:
            yield field.name.removesuffix("_id"), [value]


def _sentence(
    entry: Entry, fact: Event | None, named: Mapping[tuple[str, int], Label]
) -> SafeString:
    if fact is None or not fact.sentence:
        return format_html("{}", entry.name)
    words: dict[str, Any] = {
        field.name: conditional_escape(_value(getattr(fact, field.name)))
        for field in fields(fact)
    }
    words |= {noun: _list(noun, pks, named) for noun, pks in _subjects(fact)}
    words |= {
        name: conditional_escape(str(word)) for name, word in fact.words().items()
    }
    text = str(fact.sentence).format_map(_OrUnknown(words))
    return SafeString(text[:1].upper() + text[1:])


class _OrUnknown(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return _("(không rõ)")


def _list(
    noun: str, pks: list[int], named: Mapping[tuple[str, int], Label]
) -> SafeString:
    shown = format_html_join(
        ", ",
        "{}",
        ((_link(named.get((noun, pk)) or Label(f"#{pk}")),) for pk in pks[:NAMED]),
    )
    if len(pks) <= NAMED:
        return shown
    return format_html(_("{} và {} nữa"), shown, len(pks) - NAMED)


def _link(label: Label) -> SafeString:
    if label.href:
        return format_html('<a href="{}">{}</a>', label.href, label.text)
    return format_html("{}", label.text)


def _value(value: Any) -> str:
    match value:
        case None | "":
            return _("(không rõ)")
        case bool():
            return _("có") if value else _("không")
        case datetime():
            return f"{clock_time(value)} {short_date(value)}"
        case date():
            return short_date(value)
        case list() | tuple():
            return ", ".join(map(_value, value))
        case _:
            return str(value)
