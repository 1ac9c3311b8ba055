"""What a reorganisation means to the packages above, which register it here.

The register of organisations knows nothing of mandates, venues or tasks. Whoever keeps
something for a body says here what becomes of it when the body's work goes over to
another: what would be touched, how it passes, and how it comes back exactly.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol

from django.db.models import Model
from django.utils.functional import Promise

from lantoa.kernel.actor import Actor

SAMPLE = 12  # lines that a preview shows of what it counts


@dataclass(frozen=True, slots=True)
class Move:
    """A body is no more, and another one takes over its open work.

    ``whole`` is False where the taker has only the main part of the old body. In a
    preview a taker that is only described so far has a negative number.
    """

    old_id: int
    new_id: int
    whole: bool = True


@dataclass(frozen=True)
class Moves:
    """All moves of one reorganisation; no taker of one is the old body of another."""

    rows: Sequence[Move]
    names: Mapping[int, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Move]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def takers(self) -> dict[int, int]:
        """Return who takes over, by the old body."""
        return {move.old_id: move.new_id for move in self.rows}

    @property
    def old_ids(self) -> list[int]:
        """Return the bodies that are no more."""
        return [move.old_id for move in self.rows]

    def name(self, body_id: int) -> str:
        """Return what a body of a move is called, also one only described."""
        return self.names.get(body_id, "")


@dataclass(frozen=True, slots=True)
class TouchedLine:
    """One thing that a reorganisation touches."""

    text: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Touched:
    """How much of one kind of thing is touched, the first of it, and what to mind."""

    label: str | Promise
    count: int
    lines: Sequence[TouchedLine] = ()
    warnings: Sequence[str | Promise] = ()


class Consequence(Protocol):
    """What one package does about a reorganisation; consequences run by ``order``."""

    @property
    def name(self) -> str:
        """Return the stable key of its effects."""

    @property
    def label(self) -> str | Promise:
        """Return what it cares for."""

    @property
    def order(self) -> int:
        """Return its place among the consequences."""

    def preview(self, moves: Moves, on: date) -> list[Touched]:
        """Return what would be touched, in a few statements and without a write."""

    def apply(
        self,
        *,
        actor: Actor,
        reorganisation_id: int,
        moves: Moves,
        on: date,
        at: datetime,
    ) -> dict[str, Any]:
        """Let everything pass to the takers; return what ``undo`` needs, for JSON.

        Runs inside the action that applies the reorganisation: ``record`` works. The
        actor keeps the register; nothing else is asked of them.
        """

    def undo(
        self, *, actor: Actor, effects: Mapping[str, Any], on: date, at: datetime
    ) -> None:
        """Put every row back as it was.

        Raises:
            Refused: somebody has acted since on what had passed.
        """


_registered: dict[str, Consequence] = {}


def register(consequence: Consequence) -> None:
    """Let *consequence* follow every reorganisation; the last of a name holds."""
    _registered[consequence.name] = consequence


def registered() -> list[Consequence]:
    """Return the consequences in the order in which they run."""
    return sorted(_registered.values(), key=lambda each: (each.order, each.name))


Rebuild = Callable[[datetime], None]
_derived: dict[type[Model], Rebuild] = {}


def register_derived(model: type[Model], rebuild: Rebuild) -> None:
    """Let rows of *model*, computed from the register, be made anew after every change.

    They may hang on what a reorganisation created: they go with it.
    """
    _derived[model] = rebuild


def derived_models() -> list[type[Model]]:
    """Return the models whose rows are computed from the register."""
    return list(_derived)


_telling: list[type[Model]] = []


def register_telling(model: type[Model]) -> None:
    """Let rows of *model* only tell of what a reorganisation created: they stay.

    Nobody has acted by being told, so such a row doesn't stand in the way of taking a
    reorganisation back; it names nothing any more.
    """
    if model not in _telling:
        _telling.append(model)


def telling_models() -> list[type[Model]]:
    """Return the models whose rows only tell of something."""
    return list(_telling)


def rebuild_derived(at: datetime) -> None:
    """Make everything anew that is computed from the register."""
    for rebuild in _derived.values():
        rebuild(at)
