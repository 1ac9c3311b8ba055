"""The item before the conference, and the agenda as planned and as it goes."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from lantoa.conferences import clocks, events, queries
from lantoa.conferences.queries.agenda import Row
from lantoa.conferences.screens.floor import ITEM_MOVES, RUNNING, Touches
from lantoa.conferences.screens.showing import conference, show
from lantoa.conferences.vocabulary import ItemState
from lantoa.live.fragments import ALL, Viewer, fragment

AGENDA_MOVES: Touches = {
    **ITEM_MOVES,
    **RUNNING,
    events.ItemAdded: ALL,
    events.ItemRevised: ALL,
    events.ItemMoved: ALL,
    events.ItemRemoved: ALL,
    events.ConferenceRevised: ALL,
}


def running_row(rows: list[Row]) -> Row | None:
    """Return the row of the item before the conference."""
    return next((row for row in rows if row.item.state == ItemState.RUNNING), None)


@fragment("item", topic="conference", touched_by=AGENDA_MOVES)
def item(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return the item before the conference with its clock, and what comes next."""
    held = conference(topic_id)
    rows = queries.agenda.timeline(held)
    row = running_row(rows)
    return show(
        "item",
        {
            "conference": held,
            "row": row,
            "clock": clocks.of_item(row.item) if row else None,
            "next": queries.agenda.next_item(rows),
        },
    )


@fragment("agenda", topic="conference", touched_by=AGENDA_MOVES)
def agenda(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return the agenda, planned against actual."""
    return show("agenda", {"rows": queries.agenda.timeline(conference(topic_id))})
