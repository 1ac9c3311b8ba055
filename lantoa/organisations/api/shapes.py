"""What the API says about units, bodies and councils, and what it is told."""

from datetime import date
from typing import Annotated

from ninja import Field, Schema

from lantoa.kernel.exchange import (
    Asked,
    Day,
    Line,
    Number,
    Said,
    SaidLine,
    Searched,
)
from lantoa.organisations.models import Council
from lantoa.organisations.vocabulary import (
    BodyKind,
    CouncilLevel,
    Extent,
    Level,
    SeatRole,
    UnitKind,
)
from lantoa.organisations.vocabulary import Line as LineOfWork

Short = Annotated[str, Field(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")]  # fmt: skip  # noqa: E501


class OnADay(Schema):
    """The day whose register is shown; today without one."""

    on: Day | None = None


class DayAsked(Asked):
    """A page of what was so on a day; today without one."""

    on: Day | None = None


class UnitsAsked(Searched, DayAsked):
    """Which units."""

    level: Level | None = None
    parent_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None


class BodiesAsked(Searched, DayAsked):
    """Which bodies."""

    kind: BodyKind | None = None
    territory_id: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None


class UnitShown(Schema):
    """An administrative unit under its name of the day."""

    id: int
    level: Level
    code: str
    parent_id: int | None
    kind: UnitKind | None
    name: str | None
    full_name: str | None
    valid_from: date | None
    valid_until: date | None


class NameShown(Schema):
    """What a unit was called for a time."""

    kind: UnitKind
    name: str
    full_name: str
    valid_from: date | None
    valid_until: date | None


class Succeeded(Schema):
    """What became of what."""

    old_id: int
    new_id: int
    effective_on: date
    extent: Extent
    main_part: bool
    basis: str


class BodyShown(Schema):
    """A body under its one official name."""

    id: int
    slug: str
    kind: BodyKind
    name: str
    short_name: str
    territory_id: int | None
    valid_from: date | None
    valid_until: date | None


class LineShown(Schema):
    """A body stands below another in one line of work, for a time."""

    id: int
    body_id: int
    superior_id: int
    line: LineOfWork
    valid_from: date | None
    valid_until: date | None


class SeatShown(Schema):
    """A seat on a council, held by an office."""

    id: int
    council_id: int
    role: SeatRole
    body_id: int
    office: str
    valid_from: date | None
    valid_until: date | None
    source: str


class CouncilShown(Schema):
    """A council; its number is that of its body."""

    id: int
    name: str
    level: CouncilLevel
    territory_id: int | None
    standing_agency_id: int | None
    founding_decision: str

    @staticmethod
    def resolve_id(council: Council) -> int:
        """Return the number of its body."""
        return int(council.pk)

    @staticmethod
    def resolve_name(council: Council) -> str:
        """Return the body's name."""
        return council.body.name

    @staticmethod
    def resolve_territory_id(council: Council) -> int | None:
        """Return where it works."""
        return council.body.territory_id


class TileShown(Schema):
    """A square of the map; an archipelago ``belongs_to`` a province."""

    unit_id: int
    code: str
    column: int
    row: int
    name: str
    short_name: str
    abbreviation: str
    belongs_to: str


class MapShown(Schema):
    """The map of a day: 63 provinces to 30 June 2025, 34 since."""

    columns: int
    rows: int
    tiles: list[TileShown]


class UnitRenamed(Said):
    """Another kind and name of a unit, from a day on."""

    kind: UnitKind
    name: Name
    on: Day


class BodyEntered(Said):
    """A new body below ``superior_id``."""

    kind: BodyKind
    name: SaidLine
    short_name: Short = ""
    territory_id: Number | None = None
    superior_id: Number | None = None
    line: LineOfWork = LineOfWork.TERRITORIAL
    valid_from: Day | None = None


class BodyRenamed(Said):
    """Another name of a body; it goes on as its successor."""

    name: SaidLine
    short_name: Short = ""
    on: Day
    basis: SaidLine


class BodyEnded(Said):
    """The day a body ends, and why."""

    valid_until: Day
    basis: SaidLine


class SuperiorSet(Said):
    """Whom the body reports to in a line of work, from a day on."""

    superior_id: Number
    line: LineOfWork
    valid_from: Day


class Ended(Said):
    """The day from which it is no more."""

    valid_until: Day


class SeatFilled(Said):
    """An office that sits on the council."""

    role: SeatRole
    body_id: Number
    office: SaidLine
    valid_from: Day | None = None
    source: Line = ""
