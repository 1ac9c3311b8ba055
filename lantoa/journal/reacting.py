"""Reacting to the journal, after commit, at least once."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from lantoa.journal.events import Event

TASK = "journal.react"
E = TypeVar("E", bound=Event)
Reaction = Callable[[dict[str, Any]], None]

_registry: defaultdict[str, dict[str, Reaction]] = defaultdict(dict)


def reacts_to(event: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Run the decorated function in a worker after every commit of *event*.

    It may run twice: write it so that the second time does nothing.
    """

    def register(reaction: Callable[[E], None]) -> Callable[[E], None]:
        key = f"{reaction.__module__}.{reaction.__name__}"
        _registry[event.name][key] = lambda payload: reaction(event.read(payload))
        return reaction

    return register


def owe_reactions(name: str, entry_id: int) -> None:
    """Queue the reactions to an entry in the open transaction, as one batch."""
    owed: list[JSONDict] = [
        {"entry_id": entry_id, "reaction": key} for key in _registry[name]
    ]
    if owed:
        app.configure_task(TASK, queue="reactions").batch_defer(*owed)


def carry_out(name: str, reaction: str, payload: dict[str, Any]) -> None:
    """Run one reaction on the payload of its entry."""
    _registry[name][reaction](payload)
