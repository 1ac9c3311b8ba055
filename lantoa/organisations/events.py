"""Facts about organisations."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from lantoa.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceEntered(Event):
    """A batch of reference facts was entered; ``counts`` says how many of what."""

    name: ClassVar[str] = "organisations.reference_entered"
    source: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRenamed(Event):
    """A unit bears another name or kind from a day on."""

    name: ClassVar[str] = "organisations.unit_renamed"
    unit_id: int
    full_name: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyEntered(Event):
    """A body was entered."""

    name: ClassVar[str] = "organisations.body_entered"
    body_id: int
    unit_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRenamed(Event):
    """A body goes on under another name, as a successor."""

    name: ClassVar[str] = "organisations.body_renamed"
    body_id: int
    successor_id: int
    effective_on: date
    basis: str

    def subjects(self) -> list[str]:
        """Return both bodies."""
        return [f"body:{self.body_id}", f"body:{self.successor_id}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyEnded(Event):
    """A body ceased to be."""

    name: ClassVar[str] = "organisations.body_ended"
    body_id: int
    valid_until: date
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorSet(Event):
    """A body reports to another in a line of work from a day on."""

    name: ClassVar[str] = "organisations.superior_set"
    body_id: int
    superior_id: int
    line: str
    valid_from: date | None

    def subjects(self) -> list[str]:
        """Return both bodies."""
        return [f"body:{self.body_id}", f"body:{self.superior_id}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorEnded(Event):
    """A body no longer reports to another in a line of work."""

    name: ClassVar[str] = "organisations.superior_ended"
    body_id: int
    superior_id: int
    line: str
    valid_until: date

    def subjects(self) -> list[str]:
        """Return both bodies."""
        return [f"body:{self.body_id}", f"body:{self.superior_id}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFilled(Event):
    """An office took a seat on a council."""

    name: ClassVar[str] = "organisations.seat_filled"
    council_id: int
    body_id: int
    role: str
    office: str

    def subjects(self) -> list[str]:
        """Return the council's own body and the body that sits on it."""
        return [f"body:{self.council_id}", f"body:{self.body_id}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatVacated(Event):
    """An office left its seat on a council."""

    name: ClassVar[str] = "organisations.seat_vacated"
    council_id: int
    body_id: int
    role: str
    valid_until: date

    def subjects(self) -> list[str]:
        """Return the council's own body and the body that sat on it."""
        return [f"body:{self.council_id}", f"body:{self.body_id}"]
