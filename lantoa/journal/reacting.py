"""Reacting to the journal, after commit, at least once."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from lantoa.journal.events import Event

TASK = "journal.react"
E = TypeVar("E", bound=Event)
Reaction = Callable[[dict[str, Any]], None]

_registry: defaultdict[str, dict[str, Reaction]] = defaultdict(dict)
_news: set[str] = set()
_entering_history: ContextVar[bool] = ContextVar("entering_history", default=False)


@contextmanager
def entering_history() -> Iterator[None]:
    """Enter what happened long ago: nobody is told of it as of something new."""
    token = _entering_history.set(True)
    try:
        yield
    finally:
        _entering_history.reset(token)


def reacts_to(
    event: type[E], *, news: bool = False
) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Run the decorated function in a worker after every commit of *event*.

    It may run twice: write it so that the second time does nothing.

    Args:
        news: it tells people of something new; history that is entered later is none.
    """

    def register(reaction: Callable[[E], None]) -> Callable[[E], None]:
        key = f"{reaction.__module__}.{reaction.__name__}"
        _registry[event.name][key] = lambda payload: reaction(event.read(payload))
        if news:
            _news.add(key)
        return reaction

    return register


def owe_reactions(name: str, entry_id: int) -> None:
    """Queue the reactions to an entry in the open transaction, as one batch."""
    owed: list[JSONDict] = [
        {"entry_id": entry_id, "reaction": key}
        for key in _registry[name]
        if key not in _news or not _entering_history.get()
    ]
    if owed:
        app.configure_task(TASK, queue="reactions").batch_defer(*owed)


def carry_out(name: str, reaction: str, payload: dict[str, Any]) -> None:
    """Run one reaction on the payload of its entry."""
    _registry[name][reaction](payload)
