"""Making the agenda, and running it."""

from datetime import datetime

from django.db.models import Max

from lantoa.conferences import rules
from lantoa.conferences.actions import floor
from lantoa.conferences.actions.locking import being_prepared, being_run, locked
from lantoa.conferences.events import (
    ItemAdded,
    ItemFinished,
    ItemMoved,
    ItemRemoved,
    ItemRevised,
    ItemSkipped,
    ItemStarted,
    ItemSuspended,
)
from lantoa.conferences.models import AgendaItem, Conference, Venue
from lantoa.conferences.vocabulary import (
    ItemInUse,
    ItemIsASession,
    ItemKind,
    ItemNotReady,
    ItemState,
    NotPreparing,
)
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor


@action
def add_item(
    *,
    actor: Actor,
    conference: Conference,
    kind: ItemKind,
    title: str,
    minutes: int,
    presenter_office: str = "",
    presenter_venue: Venue | None = None,
    parent: AgendaItem | None = None,
    at: datetime,
) -> AgendaItem:
    """Put an item at the end of the agenda, or of the session *parent*."""
    conference = _open_agenda(actor, conference.pk)
    siblings = conference.items.filter(parent=parent)
    last = siblings.aggregate(last=Max("position"))["last"] or 0
    item = AgendaItem.objects.create(
        conference=conference,
        parent=parent,
        position=last + 1,
        kind=kind,
        title=title.strip(),
        minutes=minutes,
        presenter_office=presenter_office.strip(),
        presenter_venue=presenter_venue,
    )
    record(ItemAdded(conference_id=conference.pk, item_id=item.pk), by=actor, at=at)
    return item


@action
def revise_item(
    *,
    actor: Actor,
    item: AgendaItem,
    kind: ItemKind,
    title: str,
    minutes: int,
    presenter_office: str,
    presenter_venue: Venue | None,
    at: datetime,
) -> AgendaItem:
    """Change an item that is not over.

    Raises:
        ItemNotReady: it is done or was skipped.
    """
    _open_agenda(actor, item.conference_id)
    item = AgendaItem.objects.get(pk=item.pk)
    if item.state in {ItemState.DONE, ItemState.SKIPPED}:
        raise ItemNotReady
    item.kind, item.title, item.minutes = kind, title.strip(), minutes
    item.presenter_office = presenter_office.strip()
    item.presenter_venue = presenter_venue
    item.save(
        update_fields=[
            "kind",
            "title",
            "minutes",
            "presenter_office",
            "presenter_venue",
        ]
    )
    record(
        ItemRevised(conference_id=item.conference_id, item_id=item.pk),
        by=actor,
        at=at,
    )
    return item


@action
def move_item(
    *, actor: Actor, item: AgendaItem, place: int, at: datetime
) -> AgendaItem:
    """Put an item at the *place*-th place (from 1) among its siblings.

    Raises:
        ItemNotReady: it has begun, so its place is history.
    """
    conference = _open_agenda(actor, item.conference_id)
    siblings = list(
        conference.items.filter(parent_id=item.parent_id).order_by("position", "pk")
    )
    moved = next(each for each in siblings if each.pk == item.pk)
    if moved.state != ItemState.PLANNED:
        raise ItemNotReady
    before = siblings.index(moved)
    siblings.remove(moved)
    place = max(1, min(place, len(siblings) + 1))
    siblings.insert(place - 1, moved)
    if before == place - 1:
        unchanged()
        return moved
    for position, each in enumerate(siblings, start=1):
        each.position = position
    AgendaItem.objects.bulk_update(siblings, ["position"])
    record(
        ItemMoved(conference_id=conference.pk, item_id=moved.pk, position=place),
        by=actor,
        at=at,
    )
    return moved


@action
def remove_item(*, actor: Actor, item: AgendaItem, at: datetime) -> None:
    """Take an item out of an agenda that has not begun.

    Raises:
        ItemInUse: it has parts.
    """
    being_prepared(actor, item.conference_id)
    if item.parts.exists():
        raise ItemInUse
    record(
        ItemRemoved(
            conference_id=item.conference_id, item_id=item.pk, title=item.title
        ),
        by=actor,
        at=at,
    )
    AgendaItem.objects.filter(pk=item.pk).delete()


@action
def start_item(*, actor: Actor, item: AgendaItem, at: datetime) -> AgendaItem:
    """Bring an item before the conference; the one before it is finished.

    An item that was left out may come back.

    The presenting venue gets the floor with it, or waits for it if somebody speaks.

    Raises:
        NotPermitted, NotLive: as for every running command.
        ItemNotReady: it is done.
        ItemIsASession: only items without parts can be started.
    """
    conference = being_run(actor, item.conference_id)
    item = AgendaItem.objects.get(pk=item.pk)
    if item.state == ItemState.RUNNING:
        unchanged()
        return item
    if item.state == ItemState.DONE:
        raise ItemNotReady
    if item.parts.exists():
        raise ItemIsASession
    running = conference.items.filter(state=ItemState.RUNNING).first()
    if running is not None:
        finish_item(actor=actor, item=running, at=at)
    item.state, item.resumed_at = ItemState.RUNNING, at
    item.started_at, item.ended_at = item.started_at or at, None
    item.save(update_fields=["state", "resumed_at", "started_at", "ended_at"])
    record(ItemStarted(conference_id=conference.pk, item_id=item.pk), by=actor, at=at)
    if item.presenter_venue_id is not None:
        floor.let_present(actor=actor, item=item, at=at)
    return item


@action
def suspend_item(*, actor: Actor, item: AgendaItem, at: datetime) -> AgendaItem:
    """Put the running item aside; ``start_item`` takes it up again."""
    item = _running(actor, item)
    item.spent, item.state = item.spent_at(at), ItemState.SUSPENDED
    item.save(update_fields=["spent", "state"])
    record(
        ItemSuspended(conference_id=item.conference_id, item_id=item.pk),
        by=actor,
        at=at,
    )
    return item


@action
def finish_item(*, actor: Actor, item: AgendaItem, at: datetime) -> AgendaItem:
    """Finish the running item; a paper's presenter gives back the floor with it."""
    item = _running(actor, item)
    item.spent, item.state, item.ended_at = item.spent_at(at), ItemState.DONE, at
    item.save(update_fields=["spent", "state", "ended_at"])
    record(
        ItemFinished(conference_id=item.conference_id, item_id=item.pk),
        by=actor,
        at=at,
    )
    floor.end_presenting(actor=actor, item=item, at=at)
    return item


@action
def skip_item(*, actor: Actor, item: AgendaItem, at: datetime) -> AgendaItem:
    """Leave out an item that has not been heard.

    Raises:
        ItemNotReady: it is running or over.
    """
    conference = being_run(actor, item.conference_id)
    item = AgendaItem.objects.get(pk=item.pk)
    if item.state not in {ItemState.PLANNED, ItemState.SUSPENDED}:
        raise ItemNotReady
    item.state, item.ended_at = ItemState.SKIPPED, at
    item.save(update_fields=["state", "ended_at"])
    record(ItemSkipped(conference_id=conference.pk, item_id=item.pk), by=actor, at=at)
    floor.end_presenting(actor=actor, item=item, at=at)
    return item


def _running(actor: Actor, item: AgendaItem) -> AgendaItem:
    being_run(actor, item.conference_id)
    item = AgendaItem.objects.get(pk=item.pk)
    if item.state != ItemState.RUNNING:
        raise ItemNotReady
    return item


def _open_agenda(actor: Actor, conference_id: int) -> Conference:
    """Return the locked conference whose agenda may change: before or during it."""
    conference = locked(conference_id)
    rules.require_any(actor, conference, rules.CHAIR, rules.PREPARE)
    if conference.over:
        raise NotPreparing
    return conference
