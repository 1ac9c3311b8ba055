"""The agenda as it was planned and as it goes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from lantoa.conferences.models import AgendaItem, Conference
from lantoa.conferences.vocabulary import ItemState

_REPLAY = timedelta(hours=6)  # held so far from its hour that only lengths compare


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the agenda, in reading order."""

    item: AgendaItem
    depth: int
    number: str  # "II", "II.1"
    planned_at: datetime
    minutes: int  # its own, or those of its parts
    has_parts: bool
    state: ItemState  # its own, or as far as its parts have come

    @property
    def ends_at(self) -> datetime:
        """Return when it is planned to end."""
        return self.planned_at + timedelta(minutes=self.minutes)

    @property
    def late(self) -> timedelta | None:
        """Return how much later than planned it started, if it has."""
        if self.item.started_at is None:
            return None
        return self.item.started_at - self.planned_at


def items(conference: Conference) -> QuerySet[AgendaItem]:
    """Return the items, siblings in their order."""
    return conference.items.select_related("presenter_venue").order_by("position", "pk")


def timeline(conference: Conference, *, as_planned: bool = False) -> list[Row]:
    """Return the agenda in reading order, with the planned time of each item.

    Planned times run from the planned start; for a conference held at another time
    altogether they run from when it did begin, unless *as_planned*.
    """
    children: dict[int | None, list[AgendaItem]] = {}
    for item in items(conference):
        children.setdefault(item.parent_id, []).append(item)
    start, begun = conference.planned_start, conference.started_at
    if begun and not as_planned and abs(begun - start) > _REPLAY:
        start = begun
    rows, _ = _lay_out(children, None, start, 0, "")
    return rows


def _lay_out(
    children: dict[int | None, list[AgendaItem]],
    parent: int | None,
    at: datetime,
    depth: int,
    prefix: str,
) -> tuple[list[Row], datetime]:
    rows: list[Row] = []
    for index, item in enumerate(children.get(parent, []), start=1):
        number = f"{prefix}{index}"
        parts, end = _lay_out(children, item.pk, at, depth + 1, f"{number}.")
        if not parts:
            end = at + timedelta(minutes=item.minutes)
        minutes = int((end - at).total_seconds() // 60)
        own = [part.state for part in parts if part.depth == depth + 1]
        state = _together(own) if own else ItemState(item.state)
        rows.append(Row(item, depth, number, at, minutes, bool(parts), state))
        rows.extend(parts)
        at = end
    return rows, at


def _together(parts: list[ItemState]) -> ItemState:
    """Return how far a session has come, from the states of its parts."""
    over = {ItemState.DONE, ItemState.SKIPPED}
    if set(parts) == {ItemState.SKIPPED}:
        return ItemState.SKIPPED
    if over.issuperset(parts):
        return ItemState.DONE
    if set(parts) == {ItemState.PLANNED}:
        return ItemState.PLANNED
    if ItemState.SUSPENDED in parts and ItemState.RUNNING not in parts:
        return ItemState.SUSPENDED
    return ItemState.RUNNING


def running(conference: Conference) -> AgendaItem | None:
    """Return the item before the conference."""
    return conference.items.filter(state=ItemState.RUNNING).first()


def next_item(rows: list[Row]) -> AgendaItem | None:
    """Return the first item, in reading order, that has not come up yet."""
    return next(_planned(rows), None)


def _planned(rows: list[Row]) -> Iterator[AgendaItem]:
    return (
        row.item
        for row in rows
        if not row.has_parts and row.item.state == ItemState.PLANNED
    )
