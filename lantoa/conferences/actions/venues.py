"""Venues: listing them, inviting them, and what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from lantoa.conferences import rules
from lantoa.conferences.actions.locking import being_prepared
from lantoa.conferences.events import (
    InvitationAnswered,
    VenueChecked,
    VenueRemoved,
    VenuesAdded,
    VenuesInvited,
)
from lantoa.conferences.models import (
    Conference,
    Delegate,
    Delegation,
    RehearsalCheck,
    Venue,
)
from lantoa.conferences.vocabulary import (
    Check,
    CheckState,
    ConferenceState,
    NothingToInvite,
    NotInvited,
    NotPreparing,
    VenueExists,
    VenueKind,
)
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.organisations import queries as organisations
from lantoa.organisations.models import Body
from lantoa.organisations.queries import province_list, tile_map
from lantoa.organisations.vocabulary import BodyRule

_KINDS = {
    BodyRule.PROVINCES: VenueKind.PROVINCE,
    BodyRule.MINISTRIES: VenueKind.MINISTRY,
}


@dataclass(frozen=True, slots=True)
class Seat:
    """A delegation of another body at a venue: who, and how many people."""

    body: Body
    headcount: int


@action
def add_venues_by_rule(
    *, actor: Actor, conference: Conference, rule: BodyRule, at: datetime
) -> list[Venue]:
    """Give a venue to every body the rule names on the day; return the new ones."""
    conference = being_prepared(actor, conference.pk)
    named = organisations.bodies_by_rule(rule, conference.on)
    bodies = [each.body for each in named]
    return _add(actor, conference, bodies, _KINDS[rule], str(rule), at)


@action
def add_venues(
    *,
    actor: Actor,
    conference: Conference,
    bodies: Sequence[Body],
    kind: VenueKind = VenueKind.OTHER,
    at: datetime,
) -> list[Venue]:
    """Give a venue to each of *bodies* that has none; return the new ones.

    Raises:
        VenueExists: all of them have one.
    """
    conference = being_prepared(actor, conference.pk)
    added = _add(actor, conference, bodies, kind, "", at)
    if not added and bodies:
        raise VenueExists
    return added


@action
def remove_venue(*, actor: Actor, venue: Venue, at: datetime) -> None:
    """Take a venue off the list of a conference that has not begun."""
    being_prepared(actor, venue.conference_id)
    record(
        VenueRemoved(
            conference_id=venue.conference_id, venue_id=venue.pk, body_id=venue.body_id
        ),
        by=actor,
        at=at,
    )
    Venue.objects.filter(pk=venue.pk).delete()


@action
def invite(*, actor: Actor, conference: Conference, at: datetime) -> Conference:
    """Invite every venue not yet invited; their people see the conference from now.

    Raises:
        NothingToInvite: the list is empty.
    """
    conference = being_prepared(actor, conference.pk)
    if not conference.venues.exists():
        raise NothingToInvite
    waiting = conference.venues.filter(invited_at__isnull=True)
    ids = list(waiting.values_list("pk", flat=True))
    if not ids:
        unchanged()
        return conference
    waiting.update(invited_at=at)
    conference.state = ConferenceState.INVITED
    conference.invited_at = conference.invited_at or at
    conference.save(update_fields=["state", "invited_at"])
    record(VenuesInvited(conference_id=conference.pk, venue_ids=ids), by=actor, at=at)
    return conference


@action
def answer_invitation(
    *,
    actor: Actor,
    venue: Venue,
    room: str,
    lead_office: str,
    contact: str,
    technician: str,
    expected: int,
    delegates: Sequence[str],
    delegations: Sequence[Seat],
    at: datetime,
) -> Venue:
    """Say where the venue sits, who leads it, who comes, whom to call.

    It may be said again until the conference is over; the last word counts.

    Raises:
        NotPermitted: the actor neither speaks for the venue nor prepares.
        NotInvited: the venue has not been invited.
        NotPreparing: the conference is over.
    """
    venue = Venue.objects.select_for_update(no_key=True).get(pk=venue.pk)
    _open_to(actor, venue)
    venue.room, venue.lead_office = room.strip(), lead_office.strip()
    venue.contact, venue.technician = contact.strip(), technician.strip()
    venue.expected, venue.answered_at = expected, at
    venue.save(
        update_fields=[
            "room",
            "lead_office",
            "contact",
            "technician",
            "expected",
            "answered_at",
        ]
    )
    venue.delegates.all().delete()
    Delegate.objects.bulk_create(
        Delegate(venue=venue, office=office.strip(), position=position)
        for position, office in enumerate(delegates, start=1)
        if office.strip()
    )
    venue.delegations.all().delete()
    Delegation.objects.bulk_create(
        Delegation(venue=venue, body=seat.body, headcount=seat.headcount)
        for seat in {seat.body.pk: seat for seat in delegations}.values()
    )
    record(
        InvitationAnswered(
            conference_id=venue.conference_id,
            venue_id=venue.pk,
            expected=expected,
            delegations=len(delegations),
        ),
        by=actor,
        at=at,
    )
    return venue


@action
def check_venue(
    *,
    actor: Actor,
    venue: Venue,
    check: Check,
    state: CheckState,
    note: str = "",
    at: datetime,
) -> RehearsalCheck:
    """Note what the rehearsal showed of one thing at a venue."""
    venue = Venue.objects.select_for_update(no_key=True).get(pk=venue.pk)
    _open_to(actor, venue)
    row, new = RehearsalCheck.objects.get_or_create(venue=venue, check_of=check)
    if not new and (row.state, row.note) == (state, note.strip()):
        unchanged()
        return row
    row.state, row.note, row.checked_at = state, note.strip(), at
    row.save(update_fields=["state", "note", "checked_at"])
    record(
        VenueChecked(
            conference_id=venue.conference_id,
            venue_id=venue.pk,
            check_of=check,
            state=state,
        ),
        by=actor,
        at=at,
    )
    return row


def _open_to(actor: Actor, venue: Venue) -> None:
    conference = Conference.objects.get(pk=venue.conference_id)
    if not rules.SPEAK.allows(actor, venue):
        rules.PREPARE.require(actor, conference)
    if venue.invited_at is None:
        raise NotInvited
    if not (conference.preparing or conference.live):
        raise NotPreparing


def _add(  # noqa: PLR0917 - the two ways in say the same six things
    actor: Actor,
    conference: Conference,
    bodies: Sequence[Body],
    kind: VenueKind,
    rule: str,
    at: datetime,
) -> list[Venue]:
    held = set(conference.venues.values_list("body_id", flat=True))
    taken = set(conference.venues.values_list("column", "row"))
    last = conference.venues.aggregate(last=Max("position"))["last"] or 0
    provinces = {unit.pk: unit.name for unit in province_list(conference.on)}
    places = {
        tile.unit_id: tile
        for tile in tile_map(conference.on).tiles
        if not tile.is_archipelago
    }
    new: list[Venue] = []
    for body in bodies:
        if body.pk in held:
            continue
        held.add(body.pk)
        tile = places.get(body.territory_id or 0)
        if tile is not None and (tile.column, tile.row) in taken:
            tile = None
        if tile is not None:
            taken.add((tile.column, tile.row))
        new.append(
            Venue(
                conference=conference,
                body=body,
                unit_id=body.territory_id,
                kind=kind,
                name=provinces.get(body.territory_id or 0, body.label)[:120],
                short_name=(tile.short_name if tile else body.label)[:40],
                position=last + len(new) + 1,
                column=tile.column if tile else None,
                row=tile.row if tile else None,
            )
        )
    if not new:
        unchanged()
        return []
    Venue.objects.bulk_create(new)
    record(
        VenuesAdded(
            conference_id=conference.pk,
            venue_ids=[venue.pk for venue in new],
            rule=rule,
        ),
        by=actor,
        at=at,
    )
    return new
