"""The floor: asking, queueing, giving, pausing, ending."""

from datetime import datetime, timedelta

from lantoa.conferences import rules
from lantoa.conferences.actions.locking import being_run, held_open, locked
from lantoa.conferences.events import (
    FloorAsked,
    FloorEnded,
    FloorGiven,
    FloorPassed,
    FloorPaused,
    FloorResumed,
    FloorWithdrawn,
    TurnPlaced,
)
from lantoa.conferences.models import AgendaItem, Turn, Venue
from lantoa.conferences.models.floor import HOLDING
from lantoa.conferences.queries.floor import holder, waiting_line
from lantoa.conferences.vocabulary import (
    TURN_LENGTH,
    AlreadyWaiting,
    FloorTaken,
    NotInvited,
    NotLive,
    NotSpeaking,
    NotWaiting,
    RequestClass,
    TurnState,
)
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor


@action
def ask_for_floor(
    *,
    actor: Actor,
    venue: Venue,
    klass: RequestClass,
    topic: str,
    speaker_office: str = "",
    at: datetime,
) -> Turn:
    """Put a venue's request into the queue; the server's order decides.

    Raises:
        NotPermitted: the actor doesn't speak for the venue.
        NotLive: the conference is not being held.
        AlreadyWaiting: the venue waits in that class already.
    """
    conference = held_open(venue.conference_id)
    venue = Venue.objects.select_for_update(no_key=True).get(pk=venue.pk)
    rules.SPEAK.require(actor, venue)
    if venue.invited_at is None:
        raise NotInvited
    if not conference.live:
        raise NotLive
    if venue.turns.filter(state=TurnState.WAITING, klass=klass).exists():
        raise AlreadyWaiting
    turn = Turn.objects.create(
        conference_id=venue.conference_id,
        venue=venue,
        klass=klass,
        topic=topic.strip(),
        speaker_office=speaker_office.strip(),
        length=TURN_LENGTH,
        asked_at=at,
    )
    record(
        FloorAsked(
            conference_id=venue.conference_id,
            venue_id=venue.pk,
            turn_id=turn.pk,
            klass=klass,
        ),
        by=actor,
        at=at,
    )
    return turn


@action
def withdraw(*, actor: Actor, turn: Turn, at: datetime) -> Turn:
    """Take a venue's own request out of the queue.

    Raises:
        NotWaiting: it is no longer in the queue.
    """
    locked(turn.conference_id)
    turn = Turn.objects.select_related("venue").get(pk=turn.pk)
    rules.SPEAK.require(actor, turn.venue)
    if turn.state != TurnState.WAITING:
        raise NotWaiting
    turn.state, turn.ended_at = TurnState.WITHDRAWN, at
    turn.save(update_fields=["state", "ended_at"])
    record(FloorWithdrawn(**_about(turn)), by=actor, at=at)
    return turn


@action
def place_turn(*, actor: Actor, turn: Turn, place: int, at: datetime) -> Turn:
    """Put a request at the *place*-th place (from 1) among those of its class.

    Raises:
        NotWaiting: it is no longer in the queue.
    """
    being_run(actor, turn.conference_id)
    line = [
        each for each in waiting_line(turn.conference_id) if each.klass == turn.klass
    ]
    moved = next((each for each in line if each.pk == turn.pk), None)
    if moved is None:
        raise NotWaiting
    before = line.index(moved)
    line.remove(moved)
    place = max(1, min(place, len(line) + 1))
    line.insert(place - 1, moved)
    if before == place - 1:
        unchanged()
        return moved
    # Whoever stands before it, or was placed already, now stands where the chair sees
    # them; the rest keep the order of the queue.
    placed = [
        each
        for index, each in enumerate(line)
        if index <= max(before, place - 1) or each.placement is not None
    ]
    for index, each in enumerate(placed):
        each.placement = float(index)
    Turn.objects.bulk_update(placed, ["placement"])
    record(TurnPlaced(**_about(moved), place=place), by=actor, at=at)
    return moved


@action
def give_floor(
    *, actor: Actor, turn: Turn, minutes: int | None = None, at: datetime
) -> Turn:
    """Give the floor to a waiting venue.

    The conference row is locked first, so two chairs can't both succeed; the database
    holds one speaker at a time besides.

    Args:
        minutes: how long the turn may last; None keeps its planned length.

    Raises:
        FloorTaken: another venue holds the floor.
        NotWaiting: the turn was heard, passed or withdrawn.
    """
    being_run(actor, turn.conference_id)
    if holder(turn.conference_id) is not None:
        raise FloorTaken
    turn = Turn.objects.get(pk=turn.pk)
    if turn.state != TurnState.WAITING:
        raise NotWaiting
    if minutes is not None:
        turn.length = timedelta(minutes=minutes)
    turn.state, turn.started_at, turn.resumed_at = TurnState.SPEAKING, at, at
    turn.save(update_fields=["length", "state", "started_at", "resumed_at"])
    record(FloorGiven(**_about(turn)), by=actor, at=at)
    return turn


@action
def pause_floor(*, actor: Actor, turn: Turn, at: datetime) -> Turn:
    """Stop the speaker's clock."""
    being_run(actor, turn.conference_id)
    return _pause(actor, turn.pk, at, by_line=False)


@action
def pause_for_line(*, actor: Actor, turn: Turn, at: datetime) -> Turn:
    """Stop the clock of a speaker whose line fell, at the moment last heard."""
    conference = locked(turn.conference_id)
    rules.require_any(actor, conference, rules.CHAIR, rules.PREPARE)
    return _pause(actor, turn.pk, at, by_line=True)


@action
def resume_floor(*, actor: Actor, turn: Turn, at: datetime) -> Turn:
    """Let a paused speaker go on."""
    being_run(actor, turn.conference_id)
    turn = Turn.objects.get(pk=turn.pk)
    if turn.state != TurnState.PAUSED:
        raise NotSpeaking
    turn.state, turn.resumed_at = TurnState.SPEAKING, at
    turn.save(update_fields=["state", "resumed_at"])
    record(FloorResumed(**_about(turn)), by=actor, at=at)
    return turn


@action
def end_floor(*, actor: Actor, turn: Turn, at: datetime) -> Turn:
    """End the turn that holds the floor.

    Raises:
        NotSpeaking: the turn doesn't hold the floor (any more).
    """
    being_run(actor, turn.conference_id)
    turn = Turn.objects.get(pk=turn.pk)
    if turn.state not in {TurnState.SPEAKING, TurnState.PAUSED}:
        raise NotSpeaking
    turn.spent, turn.state, turn.ended_at = turn.spent_at(at), TurnState.DONE, at
    turn.save(update_fields=["spent", "state", "ended_at"])
    record(
        FloorEnded(**_about(turn), seconds=round(turn.spent.total_seconds())),
        by=actor,
        at=at,
    )
    return turn


@action
def pass_turn(*, actor: Actor, turn: Turn, at: datetime) -> Turn:
    """Pass over a turn, waiting or paused; the venue may ask again."""
    being_run(actor, turn.conference_id)
    turn = Turn.objects.get(pk=turn.pk)
    if turn.state not in {TurnState.WAITING, TurnState.PAUSED}:
        raise NotWaiting
    turn.state, turn.ended_at = TurnState.PASSED, at
    turn.save(update_fields=["state", "ended_at"])
    record(FloorPassed(**_about(turn)), by=actor, at=at)
    return turn


@action
def let_present(*, actor: Actor, item: AgendaItem, at: datetime) -> Turn | None:
    """Give a started item's presenting venue the floor, or a place in the queue."""
    venue = item.presenter_venue
    if venue is None:
        unchanged()
        return None
    conference = being_run(actor, item.conference_id)
    speaking = holder(conference.pk)
    if speaking is not None and speaking.item_id == item.pk:
        unchanged()  # the item was put aside while its presenter went on speaking
        return speaking
    turn = venue.turns.filter(
        state=TurnState.WAITING, klass=RequestClass.SCHEDULED
    ).first()
    if turn is not None and turn.item_id != item.pk:  # asked for, or another item's
        turn.item, turn.topic = item, item.title[:200]
        turn.length = timedelta(minutes=item.minutes)
        turn.speaker_office = item.presenter_office
        turn.save(update_fields=["item", "topic", "length", "speaker_office"])
    if turn is None:
        turn = Turn.objects.create(
            conference=conference,
            venue=venue,
            item=item,
            klass=RequestClass.SCHEDULED,
            topic=item.title[:200],
            speaker_office=item.presenter_office,
            length=timedelta(minutes=item.minutes),
            asked_at=at,
        )
        record(FloorAsked(**_about(turn), klass=turn.klass), by=actor, at=at)
    if speaking is None:
        return give_floor(actor=actor, turn=turn, at=at)
    unchanged()
    return turn


@action
def end_presenting(*, actor: Actor, item: AgendaItem, at: datetime) -> None:
    """End or drop the turn that a finished item had given to its presenter."""
    turn = Turn.objects.filter(HOLDING, item=item).first()
    if turn is not None:
        end_floor(actor=actor, turn=turn, at=at)
        return
    waiting = Turn.objects.filter(item=item, state=TurnState.WAITING).first()
    if waiting is not None:
        pass_turn(actor=actor, turn=waiting, at=at)
        return
    unchanged()


def _pause(actor: Actor, turn_id: int, at: datetime, *, by_line: bool) -> Turn:
    turn = Turn.objects.get(pk=turn_id)
    if turn.state != TurnState.SPEAKING:
        raise NotSpeaking
    at = max(at, turn.resumed_at or at)
    turn.spent, turn.state = turn.spent_at(at), TurnState.PAUSED
    turn.save(update_fields=["spent", "state"])
    record(FloorPaused(**_about(turn), by_line=by_line), by=actor, at=at)
    return turn


def _about(turn: Turn) -> dict[str, int]:
    return {
        "conference_id": turn.conference_id,
        "venue_id": turn.venue_id,
        "turn_id": turn.pk,
    }
