"""What only chair and secretariat see: the same facts with the levers beside them.

The bytes are the same for everybody of a class, so no form stands here: each button
names the page's one form (``form="lenh"``) and its own address (``formaction``).
"""

from collections.abc import Sequence
from typing import Final

from django.db.models import Count, Q
from django.utils.safestring import SafeString

from lantoa.conferences import clocks, events, queries
from lantoa.conferences.models import Turn
from lantoa.conferences.queries.agenda import Row
from lantoa.conferences.queries.floor import order_hash
from lantoa.conferences.screens.agenda import AGENDA_MOVES, running_row
from lantoa.conferences.screens.floor import (
    FLOOR_MOVES,
    ITEM_MOVES,
    LINES,
    QUEUE_MOVES,
    RUNNING,
)
from lantoa.conferences.screens.showing import conference, show
from lantoa.conferences.vocabulary import LineState
from lantoa.live.fragments import ALL, Authority, Viewer, fragment

DESK: Final[tuple[Authority, ...]] = ("chair", "secretariat")


@fragment(
    "state-desk",
    topic="conference",
    touched_by={**RUNNING, events.VenuesInvited: ALL, events.ConclusionsIssued: ALL},
    authorities=DESK,
)
def state_desk(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return the state of the conference, with what begins and closes it."""
    return show("state_desk", {"conference": conference(topic_id)})


@fragment("agenda-desk", topic="conference", touched_by=AGENDA_MOVES, authorities=DESK)
def agenda_desk(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return the agenda with start, suspend, finish, skip and move on each row."""
    held = conference(topic_id)
    rows = queries.agenda.timeline(held)
    row = running_row(rows)
    return show(
        "agenda_desk",
        {
            "conference": held,
            "rows": _movable(rows),
            "row": row,
            "clock": clocks.of_item(row.item) if row else None,
            "next": queries.agenda.next_item(rows),
        },
    )


def _movable(rows: list[Row]) -> list[tuple[Row, int, int]]:
    """Return each row with the places above and below it, 0 = none."""
    sizes: dict[int | None, int] = {}
    places = []
    for row in rows:
        parent = row.item.parent_id
        sizes[parent] = sizes.get(parent, 0) + 1
        places.append(sizes[parent])
    return [
        (row, place - 1, place + 1 if place < sizes[row.item.parent_id] else 0)
        for row, place in zip(rows, places, strict=True)
    ]


@fragment(
    "floor-desk",
    topic="conference",
    touched_by=FLOOR_MOVES | ITEM_MOVES | RUNNING | LINES | QUEUE_MOVES,
    authorities=DESK,
)
def floor_desk(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return who holds the floor, with pause, resume, end; wait or pass if lost."""
    held = conference(topic_id)
    floor = queries.floor.floor(held)
    turn = floor.turn
    return show(
        "floor_desk",
        {
            "conference": held,
            "turn": turn,
            "item": floor.item,
            "lost": turn is not None and turn.venue.line == LineState.LOST,
            "clock": clocks.of_turn(turn) if turn else None,
            "first": queries.floor.waiting_line(topic_id).first(),
        },
    )


@fragment(
    "queue-desk",
    topic="conference",
    touched_by=QUEUE_MOVES | RUNNING | LINES,
    authorities=DESK,
)
def queue_desk(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return the whole queue, with give, place and pass on each row."""
    turns = list(queries.floor.waiting_line(topic_id))
    return show(
        "queue_desk",
        {
            "rows": _placed(turns),
            "order": order_hash(turns),
            "holder": queries.floor.holder(topic_id),
            "live": conference(topic_id).live,
            "LOST": LineState.LOST,
        },
    )


def _placed(turns: list[Turn]) -> list[tuple[Turn, int, int]]:
    """Return each turn with the places above and below it in its class, 0 = none."""
    sizes: dict[int, int] = {}
    places = []
    for turn in turns:
        sizes[turn.klass] = sizes.get(turn.klass, 0) + 1
        places.append(sizes[turn.klass])
    return [
        (turn, place - 1, place + 1 if place < sizes[turn.klass] else 0)
        for turn, place in zip(turns, places, strict=True)
    ]


@fragment(
    "roll-desk",
    topic="conference",
    touched_by={
        **RUNNING,
        events.RollCallOpened: ALL,
        events.RollCallClosed: ALL,
        events.PresenceConfirmed: ALL,
        events.AnswerAmended: ALL,
        events.VenuesInvited: ALL,
    },
    authorities=DESK,
)
def roll_desk(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return how the roll call fills, and who has not answered."""
    held = conference(topic_id)
    rounds = list(queries.venues.roll_calls(held)[:1])
    latest = rounds[0] if rounds else None
    return show(
        "roll_desk",
        {
            "conference": held,
            "roll_call": latest,
            "open": latest is not None and latest.closed_at is None,
            "silent": list(queries.venues.unanswered(latest)) if latest else [],
            "whole": held.venues.filter(invited_at__isnull=False).count(),
        },
    )


@fragment(
    "lines-desk",
    topic="conference",
    touched_by=LINES,
    authorities=DESK,
)
def lines_desk(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return the venues whose line is lost, longest first, and whom to call there."""
    lost = queries.venues.venues(topic_id).filter(line=LineState.LOST)
    return show("lines_desk", {"lost": lost.order_by("line_changed_at", "pk")})


@fragment(
    "conclusions-desk",
    topic="conference",
    touched_by={
        events.ConclusionDrafted: ALL,
        events.ConclusionRevised: ALL,
        events.ConclusionRemoved: ALL,
        events.ConclusionConfirmed: ALL,
        events.ConclusionReturned: ALL,
        events.ConclusionsIssued: ALL,
    },
    authorities=DESK,
)
def conclusions_desk(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return how many conclusions are drafted and confirmed, and the way to them."""
    held = conference(topic_id)
    counted = held.conclusions.aggregate(
        drafts=Count("pk"), confirmed=Count("pk", filter=Q(confirmed_at__isnull=False))
    )
    return show("conclusions_desk", {"conference": held, **counted})
