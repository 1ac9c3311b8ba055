"""Clocks travel as instants: when it began to run, what was spent before, the limit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lantoa.conferences.models import AgendaItem, Turn
from lantoa.conferences.vocabulary import ItemState, TurnState


@dataclass(frozen=True, slots=True)
class Clock:
    """What <elapsed-clock> counts by; without ``since`` it stands."""

    since: str  # ISO instant, "" while it stands
    spent: int  # seconds before that instant
    limit: int  # seconds, 0 = none

    @property
    def planned(self) -> int:
        """Return the limit in whole minutes, for readers without scripts."""
        return self.limit // 60


def _clock(since: datetime | None, spent: timedelta, limit: timedelta) -> Clock:
    return Clock(
        since=since.isoformat(timespec="milliseconds") if since else "",
        spent=int(spent.total_seconds()),
        limit=int(limit.total_seconds()),
    )


def of_turn(turn: Turn) -> Clock:
    """Return the clock of a turn that holds the floor."""
    runs = turn.state == TurnState.SPEAKING
    return _clock(turn.resumed_at if runs else None, turn.spent, turn.length)


def of_item(item: AgendaItem) -> Clock:
    """Return the clock of an item before the conference."""
    runs = item.state == ItemState.RUNNING
    since = item.resumed_at if runs else None
    return _clock(since, item.spent, timedelta(minutes=item.minutes))
