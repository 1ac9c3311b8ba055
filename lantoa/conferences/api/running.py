"""Running a conference: the agenda, the roll call, the floor."""

from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router

from lantoa.conferences.actions import agenda, floor, rollcall, running
from lantoa.conferences.api.preparing import run_item
from lantoa.conferences.api.shapes import (
    Giving,
    RollCallWhole,
    TurnsAsked,
    TurnWhole,
    Where,
)
from lantoa.conferences.models import AgendaItem, Conference, RollCall, Turn
from lantoa.conferences.queries import conferences as queries
from lantoa.conferences.queries.scopes import (
    roll_calls_seen_by,
    seen_by,
    turns_seen_by,
)
from lantoa.conferences.queries.venues import roll_calls as counted
from lantoa.conferences.vocabulary import NoRollCall
from lantoa.kernel.exchange import ApiRequest, Asked, Listed, Made, acting, listed

router = Router(tags=["conferences"])


def _run(request: ApiRequest, conference_id: int) -> Conference:
    return get_object_or_404(queries.run_by(request.actor), pk=conference_id)


def _turn(request: ApiRequest, turn_id: int) -> Turn:
    run = queries.run_by(request.actor)
    return get_object_or_404(Turn, pk=turn_id, conference__in=run)


@router.post("/{int:conference_id}/open", response=Made, summary="Begin")
def open_(request: ApiRequest, conference_id: int) -> Conference:
    """Begin the conference."""
    conference = _run(request, conference_id)
    return running.open_conference(conference=conference, **acting(request))


@router.post("/{int:conference_id}/close", response=Made, summary="Close")
def close(request: ApiRequest, conference_id: int) -> Conference:
    """Close the conference; what is open ends with it."""
    conference = _run(request, conference_id)
    return running.close_conference(conference=conference, **acting(request))


@router.post("/items/{int:item_id}/start", response=Made, summary="Start an item")
def start_item(request: ApiRequest, item_id: int) -> AgendaItem:
    """Bring an item before the conference."""
    return agenda.start_item(item=run_item(request, item_id), **acting(request))


@router.post("/items/{int:item_id}/suspend", response=Made, summary="Suspend an item")
def suspend_item(request: ApiRequest, item_id: int) -> AgendaItem:
    """Put the running item aside."""
    return agenda.suspend_item(item=run_item(request, item_id), **acting(request))


@router.post("/items/{int:item_id}/finish", response=Made, summary="Finish an item")
def finish_item(request: ApiRequest, item_id: int) -> AgendaItem:
    """Finish the running item."""
    return agenda.finish_item(item=run_item(request, item_id), **acting(request))


@router.post("/items/{int:item_id}/skip", response=Made, summary="Skip an item")
def skip_item(request: ApiRequest, item_id: int) -> AgendaItem:
    """Leave an item out."""
    return agenda.skip_item(item=run_item(request, item_id), **acting(request))


@router.get(
    "/{int:conference_id}/roll-calls",
    response=Listed[RollCallWhole],
    auth=None,
    summary="Roll calls of a conference",
)
def roll_calls(
    request: ApiRequest, conference_id: int, asked: Query[Asked]
) -> dict[str, Any]:
    """Return the rounds with how many answered, newest first."""
    conference = get_object_or_404(seen_by(request.actor), pk=conference_id)
    return listed(counted(conference), asked)


@router.get(
    "/roll-calls/{int:roll_call_id}",
    response=RollCallWhole,
    auth=None,
    summary="A roll call",
)
def roll_call(request: ApiRequest, roll_call_id: int) -> RollCall:
    """Return a round with how many answered."""
    rows = roll_calls_seen_by(request.actor).select_related("conference")
    found = get_object_or_404(rows, pk=roll_call_id)
    return counted(found.conference).get(pk=roll_call_id)


@router.post(
    "/{int:conference_id}/roll-call/open", response=Made, summary="Call the roll"
)
def open_roll_call(request: ApiRequest, conference_id: int) -> dict[str, Any]:
    """Open a round: every venue's console asks for its head-count."""
    conference = _run(request, conference_id)
    opened = rollcall.open_roll_call_round(conference=conference, **acting(request))
    return {"id": opened.pk, "state": "open"}


@router.post(
    "/{int:conference_id}/roll-call/close", response=Made, summary="End the roll call"
)
def close_roll_call(request: ApiRequest, conference_id: int) -> dict[str, Any]:
    """End the round that is open."""
    # The last round, open or not: a retry gets its first answer in the action.
    last = _run(request, conference_id).roll_calls.order_by("-number").first()
    if last is None:
        raise NoRollCall
    rollcall.close_roll_call(roll_call=last, **acting(request))
    return {"id": last.pk, "state": "closed"}


@router.get(
    "/{int:conference_id}/turns",
    response=Listed[TurnWhole],
    auth=None,
    summary="Turns of a conference",
)
def turns(
    request: ApiRequest, conference_id: int, asked: Query[TurnsAsked]
) -> dict[str, Any]:
    """Return the turns in the order they were asked; the queue is in the glance."""
    conference = get_object_or_404(seen_by(request.actor), pk=conference_id)
    rows = turns_seen_by(request.actor).filter(conference=conference)
    if asked.state is not None:
        rows = rows.filter(state=asked.state)
    return listed(rows.order_by("pk"), asked)


@router.get("/turns/{int:turn_id}", response=TurnWhole, auth=None, summary="A turn")
def turn(request: ApiRequest, turn_id: int) -> Turn:
    """Return a turn of a conference that the actor may follow."""
    return get_object_or_404(turns_seen_by(request.actor), pk=turn_id)


@router.post(
    "/turns/{int:turn_id}/withdraw", response=Made, summary="Withdraw a request"
)
def withdraw(request: ApiRequest, turn_id: int) -> Turn:
    """Take one's own request back."""
    own = queries.spoken_for(request.actor)
    row = get_object_or_404(Turn, pk=turn_id, venue__in=own)
    return floor.withdraw(turn=row, **acting(request))


@router.post("/turns/{int:turn_id}/place", response=Made, summary="Place a request")
def place_turn(request: ApiRequest, turn_id: int, said: Where) -> Turn:
    """Put a request elsewhere within its class."""
    row = _turn(request, turn_id)
    return floor.place_turn(turn=row, place=said.place, **acting(request))


@router.post("/turns/{int:turn_id}/give", response=Made, summary="Give the floor")
def give_floor(request: ApiRequest, turn_id: int, said: Giving) -> Turn:
    """Give the floor to a waiting venue."""
    row = _turn(request, turn_id)
    return floor.give_floor(turn=row, minutes=said.minutes, **acting(request))


@router.post("/turns/{int:turn_id}/pause", response=Made, summary="Pause a speaker")
def pause_floor(request: ApiRequest, turn_id: int) -> Turn:
    """Stop the speaker's clock."""
    return floor.pause_floor(turn=_turn(request, turn_id), **acting(request))


@router.post("/turns/{int:turn_id}/resume", response=Made, summary="Resume a speaker")
def resume_floor(request: ApiRequest, turn_id: int) -> Turn:
    """Let a paused speaker go on."""
    return floor.resume_floor(turn=_turn(request, turn_id), **acting(request))


@router.post("/turns/{int:turn_id}/end", response=Made, summary="End a turn")
def end_floor(request: ApiRequest, turn_id: int) -> Turn:
    """End the turn that holds the floor."""
    return floor.end_floor(turn=_turn(request, turn_id), **acting(request))


@router.post("/turns/{int:turn_id}/pass", response=Made, summary="Pass over a turn")
def pass_turn(request: ApiRequest, turn_id: int) -> Turn:
    """Pass over a turn; the venue may ask again."""
    return floor.pass_turn(turn=_turn(request, turn_id), **acting(request))
