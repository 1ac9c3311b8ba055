"""Writing the journal: ``@action`` opens a page, ``record`` writes on it."""

import json
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from django.utils import timezone

from lantoa.journal import commands
from lantoa.journal.events import Event
from lantoa.journal.models import Entry
from lantoa.journal.reacting import owe_reactions
from lantoa.journal.vocabulary import SilentActionError
from lantoa.kernel.actor import Actor

P = ParamSpec("P")
R = TypeVar("R")

ACTIONS: dict[str, Callable[..., Any]] = {}
_INSERT = """
WITH entry AS (
    INSERT INTO journal_entry (name, payload, subjects, actor_id, mandate_id, office,
                               occurred_at, command_key)
    VALUES (%s, %s::jsonb, %s::varchar[], %s, %s, %s, %s, %s) RETURNING id
)
"""
_QUIETLY = _INSERT + "SELECT id FROM entry"  # noqa: S608 - constants
_WAKING = _INSERT + "SELECT id, pg_notify('live', %s) FROM entry"  # noqa: S608
_NOTIFY_LIMIT = 7000  # bytes; PostgreSQL refuses payloads of 8000


@dataclass(slots=True)
class _Page:
    entries: list[Entry] = field(default_factory=list)
    unchanged: bool = False
    command_key: str = ""


_page: ContextVar[_Page | None] = ContextVar("page", default=None)


def action(perform: Callable[P, R]) -> Callable[P, R]:
    """Run *perform* in one transaction, once per command key, leaving a trace.

    Raises:
        SilentActionError: it neither recorded a fact nor said ``unchanged()``.
        KeyReused: the command's key was used for something else.
    """
    name = f"{perform.__module__}.{perform.__qualname__}"

    def write(*args: P.args, **kwargs: P.kwargs) -> R:
        outer = _page.get()
        page = _Page(command_key=outer.command_key if outer else "")
        held = commands.current()
        if outer is None and held is not None:
            page.command_key = held.key
        token = _page.set(page)
        try:
            result = perform(*args, **kwargs)
            if not page.entries and not page.unchanged:
                raise SilentActionError(name)
        finally:
            _page.reset(token)
        if outer is not None:
            outer.entries.extend(page.entries)
            outer.unchanged = outer.unchanged or page.unchanged
        return result

    @wraps(perform)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        held = commands.current()
        with transaction.atomic():
            if held is None or _page.get() is not None:
                return write(*args, **kwargs)
            actor = kwargs["actor"]
            if not isinstance(actor, Actor):
                raise TypeError(f"{name} needs an actor")
            answer: R = commands.once(
                actor.person_id or 0, lambda: write(*args, **kwargs), held, name
            )
            return answer

    ACTIONS[name] = run
    return run


def unchanged() -> None:
    """Say that the action rightly found nothing to do."""
    _current_page("unchanged()").unchanged = True


def record(event: Event, *, by: Actor, at: datetime | None = None) -> Entry:
    """Write *event*, owe its reactions, and wake the screens, all or nothing.

    Args:
        by: the actor; kept as ids and office.
        at: when it happened, if not now: history is entered later, an offline venue
            sends late.

    Raises:
        RuntimeError: called outside an ``@action``.
    """
    page = _current_page(event.name)
    entry = Entry(
        name=event.name,
        payload=event.payload(),
        subjects=event.subjects(),
        actor_id=by.person_id,
        mandate_id=by.mandate_id,
        office=by.office,
        occurred_at=at or timezone.now(),
        command_key=page.command_key,
    )
    _insert(entry, wake=_message(event) if event.topic else None)
    owe_reactions(event.name, entry.pk)
    page.entries.append(entry)
    return entry


def _current_page(what: str) -> _Page:
    page = _page.get()
    if page is None:
        raise RuntimeError(f"{what} outside an action")
    return page


def _insert(entry: Entry, *, wake: str | None) -> None:
    """Write the entry and wake the screens: one statement, for every action has it."""
    said = [
        entry.name,
        json.dumps(entry.payload, ensure_ascii=False),
        entry.subjects,
        entry.actor_id,
        entry.mandate_id,
        entry.office,
        entry.occurred_at,
        entry.command_key,
    ]
    with connection.cursor() as cursor:
        if wake is None:
            cursor.execute(_QUIETLY, said)
        else:
            cursor.execute(_WAKING, [*said, wake])
        entry.pk = cursor.fetchone()[0]


def _message(event: Event) -> str:
    message = {"topic": event.topic, "event": event.name, "payload": event.payload()}
    text = json.dumps(message, ensure_ascii=False)
    if len(text.encode()) <= _NOTIFY_LIMIT:
        return text
    # Too long to carry: whoever hears it looks at everything.
    return json.dumps({"topic": event.topic, "event": event.name, "payload": None})
