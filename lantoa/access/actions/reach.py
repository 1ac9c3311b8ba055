"""Keeping the table of reach true."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection

from lantoa.access import queries
from lantoa.access.events import ReachRebuilt
from lantoa.access.models import Mandate, Reach
from lantoa.access.vocabulary import Way
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.kernel.rule import require_anywhere
from lantoa.organisations import queries as organisations
from lantoa.organisations.vocabulary import Line

GRANT = "access.grant"
_REACH_LOCK = 0x1A4A
_WAYS = {
    Line.JUSTICE.value: Way.JUSTICE,
    Line.TERRITORIAL.value: Way.TERRITORIAL,
    Line.COUNCIL.value: Way.COUNCIL,
    "": Way.PREDECESSOR,
}


@action
def rebuild_reach(*, actor: Actor, at: datetime) -> int:
    """Hold the table of reach against who reports to whom; return how much moved."""
    require_anywhere(actor, GRANT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_REACH_LOCK])
    today = at.astimezone(HANOI).date()
    rows = Reach.objects.values_list("holder_id", "way", "body_id", "pk")
    # Read before the holders: whose rows are there is a holder by then.
    there = {(holder, way, body): pk for holder, way, body, pk in rows}
    wanted = _reach_of(queries.holders(today), today)
    gone = [pk for key, pk in there.items() if key not in wanted]
    new = wanted - there.keys()
    if not gone and not new:
        unchanged()
        return 0
    Reach.objects.filter(pk__in=gone).delete()
    _write(new)
    mandates = queries.not_over(today).count()
    moved = len(gone) + len(new)
    record(ReachRebuilt(mandates=mandates, rows=moved), by=actor, at=at)
    return moved


def fill_reach(mandates: list[Mandate], today: date) -> None:
    """Write what the bodies of new mandates reach on *today*."""
    _write(_reach_of({mandate.body_id for mandate in mandates}, today))


def _reach_of(holders: set[int], today: date) -> set[tuple[int, str, int]]:
    """Return (holder, way, body) for all that *holders* reach."""
    own = {(pk, Way.OWN.value, pk) for pk in holders}
    return own | {
        (holder, _WAYS[line].value, pk)
        for holder, line, pk in organisations.reached_ids(holders, today)
    }


def _write(rows: Iterable[tuple[int, str, int]]) -> None:
    Reach.objects.bulk_create(
        (Reach(holder_id=one, way=way, body_id=other) for one, way, other in rows),
        batch_size=5_000,
        ignore_conflicts=True,
    )
