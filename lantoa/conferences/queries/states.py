"""A conference at a glance, for machines."""

from typing import Any

from lantoa.conferences.models import AgendaItem, Conference, Turn
from lantoa.conferences.queries.agenda import timeline
from lantoa.conferences.queries.floor import holder, order_hash, waiting_line
from lantoa.conferences.queries.venues import attendance, open_roll_call, tiles


def snapshot(conference: Conference) -> dict[str, Any]:
    """Return state, agenda, floor, queue and venues as JSON-ready values.

    ``order`` is a hash of the queue: every screen that shows the same queue has the
    same one.
    """
    line = list(waiting_line(conference.pk))
    speaking = holder(conference.pk)
    roll_call = open_roll_call(conference.pk)
    there = attendance(conference.pk)
    return {
        "id": conference.pk,
        "title": conference.title,
        "state": conference.state,
        "paper_id": conference.paper_id,
        "started_at": conference.started_at,
        "ended_at": conference.ended_at,
        "roll_call_id": roll_call.pk if roll_call else None,
        "attendance": {
            "venues": there.venues,
            "present": there.present,
            "lost": there.lost,
            "people": there.people,
        },
        "items": [
            _item(row.item, row.number, has_parts=row.has_parts)
            for row in timeline(conference)
        ],
        "speaker": _turn(speaking) if speaking else None,
        "queue": [_turn(turn) for turn in line],
        "order": order_hash(line),
        "venues": [
            {
                "id": tile.venue.pk,
                "body_id": tile.venue.body_id,
                "name": tile.venue.name,
                "state": tile.state,
                "expected": tile.venue.expected,
                "headcount": tile.venue.headcount,
            }
            for tile in tiles(conference.pk)
        ],
    }


def _item(item: AgendaItem, number: str, *, has_parts: bool) -> dict[str, Any]:
    return {
        "id": item.pk,
        "number": number,
        "kind": item.kind,
        "title": item.title,
        "minutes": item.minutes,
        "state": item.state,
        "has_parts": has_parts,
        "started_at": item.started_at,
        "ended_at": item.ended_at,
    }


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "id": turn.pk,
        "venue_id": turn.venue_id,
        "klass": turn.klass,
        "topic": turn.topic,
        "state": turn.state,
        "started_at": turn.started_at,
    }
