"""Who speaks, who waits, and what is said aloud to those who cannot see it."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from lantoa.conferences import clocks, events, queries
from lantoa.conferences.queries.floor import order_hash
from lantoa.conferences.screens.showing import conference, show
from lantoa.conferences.vocabulary import LineState, RequestClass
from lantoa.journal.events import Event
from lantoa.live.fragments import ALL, Touch, Viewer, fragment

Touches = dict[type[Event], Touch]

SHOWN = 8  # rows of the queue for those who only follow; each tile has its own place

FLOOR_MOVES: Touches = {
    events.FloorGiven: ALL,
    events.FloorPaused: ALL,
    events.FloorResumed: ALL,
    events.FloorEnded: ALL,
    events.FloorPassed: ALL,
}
ITEM_MOVES: Touches = {
    events.ItemStarted: ALL,
    events.ItemSuspended: ALL,
    events.ItemFinished: ALL,
    events.ItemSkipped: ALL,
}
QUEUE_MOVES: Touches = {
    events.FloorAsked: ALL,
    events.FloorWithdrawn: ALL,
    events.TurnPlaced: ALL,
    events.FloorGiven: ALL,
    events.FloorEnded: ALL,
    events.FloorPassed: ALL,
}
RUNNING: Touches = {events.ConferenceOpened: ALL, events.ConferenceClosed: ALL}
LINES: Touches = {events.LineLost: ALL, events.LineUp: ALL}


@fragment(
    "speaker", topic="conference", touched_by=FLOOR_MOVES | ITEM_MOVES | RUNNING | LINES
)
def speaker(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return who speaks, with the clock; else what is before the conference."""
    held = conference(topic_id)
    floor = queries.floor.floor(held)
    turn = floor.turn
    return show(
        "speaker",
        {
            "conference": held,
            "turn": turn,
            "lost": turn is not None and turn.venue.line == LineState.LOST,
            "item": floor.item,
            "clock": clocks.of_turn(turn) if turn else None,
        },
    )


@fragment(
    "queue",
    topic="conference",
    touched_by=QUEUE_MOVES | RUNNING,
    authorities=("public", "delegate", "venue"),
)
def queue(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return the foremost of the queue, and how many more wait."""
    turns = list(queries.floor.waiting_line(topic_id))
    return show(
        "queue",
        {
            "turns": turns[:SHOWN],
            "more": max(0, len(turns) - SHOWN),
            "order": order_hash(turns),
            "GENERAL": RequestClass.GENERAL,
        },
    )


@fragment(
    "news",
    topic="conference",
    touched_by={
        events.FloorGiven: ALL,
        events.FloorEnded: ALL,
        events.RollCallOpened: ALL,
        events.RollCallClosed: ALL,
        **RUNNING,
    },
)
def news(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return the one sentence worth saying aloud: who speaks, the roll being called.

    It stands in a polite live region; tiles and clocks never do.
    """
    return show(
        "news",
        {
            "conference": conference(topic_id),
            "turn": queries.floor.holder(topic_id),
            "roll_call": queries.venues.open_roll_call(topic_id),
        },
    )
