"""Command keys: a retry gets the first answer, other content is refused.

The web front opens a command for each request that carries a key; the outermost
action looks the key up before its body and stores its answer in its own transaction.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model

from lantoa.journal.models import Command
from lantoa.journal.vocabulary import KeyReused
from lantoa.kernel import trace

_ANSWER = "UPDATE journal_command SET answer = %s::jsonb WHERE id = %s"
_INSERT = """
INSERT INTO journal_command (key, actor_id, digest) VALUES (%s, %s, %s)
ON CONFLICT (actor_id, key) DO NOTHING RETURNING id
"""


@dataclass(slots=True)
class OpenCommand:
    """The command of the request in hand; each outermost action takes a step of it."""

    key: str
    digest: str
    steps: int = 0

    def next_key(self) -> str:
        """Return the key of the next action under this command."""
        self.steps += 1
        return self.key if self.steps == 1 else f"{self.key}#{self.steps}"


_open: ContextVar[OpenCommand | None] = ContextVar("open_command", default=None)


@contextmanager
def command(key: str, digest: str = "") -> Iterator[OpenCommand]:
    """Carry out the actions inside under the command *key*.

    Args:
        key: chosen by the client, at most 70 characters.
        digest: a hash of everything the command says; a retry must say the same.
    """
    token = _open.set(OpenCommand(key, digest))
    try:
        yield _open.get()  # type: ignore[misc]
    finally:
        _open.reset(token)


def current() -> OpenCommand | None:
    """Return the command in hand, if the request carried one."""
    return _open.get()


def once(
    actor_id: int, perform: Callable[[], Any], held: OpenCommand, name: str
) -> Any:
    """Perform inside the open transaction, unless this key was answered already.

    A concurrent retry waits on the unique index until the first has committed.

    Raises:
        KeyReused: the key was used for something else.
    """
    key = held.next_key()
    digest = sha256(f"{name}:{held.digest}".encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [key, actor_id, digest])
        row = cursor.fetchone()
    if row is None:
        first = Command.objects.get(actor_id=actor_id, key=key)
        if first.digest != digest:
            raise KeyReused
        trace.current().repeated = True
        return _unpack(first.answer)
    result = perform()
    with connection.cursor() as cursor:
        cursor.execute(_ANSWER, [json.dumps(_pack(result), ensure_ascii=False), row[0]])
    return result


def _pack(value: Any) -> Any:
    """Return *value* as JSON; rows as their keys, so that a retry reads them afresh.

    Raises:
        TypeError: an action answered with something that cannot be kept.
    """
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Model):
        return {"~row": [value._meta.label, value.pk]}
    if isinstance(value, datetime):
        return {"~moment": value.isoformat()}
    if isinstance(value, date):
        return {"~day": value.isoformat()}
    if isinstance(value, list | tuple):
        return [_pack(each) for each in value]
    if isinstance(value, dict):
        return {"~dict": [[_pack(key), _pack(each)] for key, each in value.items()]}
    raise TypeError(f"an action's answer cannot be kept: {type(value).__name__}")


def _unpack(value: Any) -> Any:
    match value:
        case {"~row": [label, pk]}:
            return apps.get_model(label)._default_manager.get(pk=pk)
        case {"~moment": moment}:
            return datetime.fromisoformat(moment)
        case {"~day": day}:
            return date.fromisoformat(day)
        case {"~dict": pairs}:
            return {_unpack(key): _unpack(each) for key, each in pairs}
        case list():
            return [_unpack(each) for each in value]
    return value
