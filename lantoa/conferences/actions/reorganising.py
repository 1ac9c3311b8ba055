"""Conferences not yet held follow a reorganisation; what was held stays as it was.

A venue goes on under the body that takes over. Where two venues of a conference would
be those of one body, the first on the list stays: the people of the second sit there,
its part of the agenda is presented from there, and the second is withdrawn.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy

from lantoa.conferences.events import VenuesPassed, VenuesPassedBack
from lantoa.conferences.models import (
    AgendaItem,
    Conference,
    Delegate,
    Delegation,
    RehearsalCheck,
    Turn,
    Venue,
)
from lantoa.conferences.queries.passing import Passing, passing_venues, touched
from lantoa.journal.writing import record
from lantoa.kernel.actor import Actor
from lantoa.organisations.actions.ledger import Ledger
from lantoa.organisations.consequences import Moves, Touched
from lantoa.organisations.models import Body
from lantoa.organisations.queries import Tile, province_list, tile_map

PLACE = ("body", "unit", "name", "short_name", "column", "row")


class PassVenues:
    """Venues of conferences to come pass to the bodies that take over."""

    name = "conferences"
    label = gettext_lazy("Điểm cầu")
    order = 20

    def preview(self, moves: Moves, on: date) -> list[Touched]:
        """Return the conferences and venues that pass, and those withdrawn."""
        return touched(moves, on)

    def apply(
        self,
        *,
        actor: Actor,
        reorganisation_id: int,
        moves: Moves,
        on: date,
        at: datetime,
    ) -> dict[str, Any]:
        """Let venues, delegations and hosts pass."""
        passing = passing_venues(moves, on)
        conferences = Conference.objects.select_for_update(no_key=True)
        list(conferences.filter(pk__in=passing.conferences).order_by("pk"))
        ledger = Ledger()
        for host in passing.hosts:
            host.host_id = moves.takers[host.host_id]
        ledger.change(Conference, passing.hosts, ["host"])
        _join(ledger, passing.withdrawn)
        _rename(ledger, passing, moves)
        _pass_delegations(ledger, passing, moves)
        touched_by = passing.venues_by_conference()
        for conference_id, venue_ids in touched_by.items():
            record(
                VenuesPassed(
                    conference_id=conference_id,
                    reorganisation_id=reorganisation_id,
                    venue_ids=venue_ids,
                    passed=len(venue_ids),
                    withdrawn=sum(
                        gone.conference_id == conference_id
                        for gone, _keeper in passing.withdrawn
                    ),
                ),
                by=actor,
                at=at,
            )
        return {
            "reorganisation": reorganisation_id,
            "conferences": [[pk, ids] for pk, ids in touched_by.items()],
            "ledger": ledger.effects(),
        }

    def undo(
        self, *, actor: Actor, effects: Mapping[str, Any], on: date, at: datetime
    ) -> None:
        """Put every venue back where it was.

        Raises:
            ActedSince: a venue that had passed was changed since.
        """
        Ledger.take_back(effects["ledger"])
        for conference_id, venue_ids in effects["conferences"]:
            record(
                VenuesPassedBack(
                    conference_id=conference_id,
                    reorganisation_id=effects["reorganisation"],
                    venue_ids=venue_ids,
                ),
                by=actor,
                at=at,
            )


def _join(ledger: Ledger, withdrawn: Iterable[tuple[Venue, Venue]]) -> None:
    """Seat the people of the withdrawn venues in those that stay."""
    keeper = {gone.pk: kept for gone, kept in withdrawn}
    if not keeper:
        return
    for model, field in ((Turn, "venue"), (AgendaItem, "presenter_venue")):
        rows = list(model._default_manager.filter(**{f"{field}__in": keeper}))
        for row in rows:
            setattr(row, field, keeper[getattr(row, f"{field}_id")])
        ledger.change(model, rows, [field])
    _join_delegates(ledger, keeper)
    _join_delegations(ledger, keeper)
    for gone, kept in withdrawn:
        if gone.expected is not None:
            kept.expected = (kept.expected or 0) + gone.expected
    ledger.change(
        Venue, list({v.pk: v for v in keeper.values()}.values()), ["expected"]
    )
    ledger.remove(RehearsalCheck.objects.filter(venue__in=keeper))
    ledger.remove(Venue.objects.filter(pk__in=keeper))


def _join_delegates(ledger: Ledger, keeper: Mapping[int, Venue]) -> None:
    kept = {venue.pk for venue in keeper.values()}
    rows = list(
        Delegate.objects.filter(venue__in=[*keeper, *kept]).order_by(
            "venue", "position"
        )
    )
    last: defaultdict[int, int] = defaultdict(int)
    for row in rows:
        if row.venue_id in kept:
            last[row.venue_id] = max(last[row.venue_id], row.position)
    moved = [row for row in rows if row.venue_id in keeper]
    for row in moved:
        row.venue = keeper[row.venue_id]
        last[row.venue_id] += 1
        row.position = last[row.venue_id]
    ledger.change(Delegate, moved, ["venue", "position"])


def _join_delegations(ledger: Ledger, keeper: Mapping[int, Venue]) -> None:
    kept = {venue.pk for venue in keeper.values()}
    rows = Delegation.objects.filter(venue__in=[*keeper, *kept]).order_by("pk")
    there = {(row.venue_id, row.body_id): row for row in rows if row.venue_id in kept}
    going = [row for row in rows if row.venue_id in keeper]
    for row in going:
        row.venue = keeper[row.venue_id]
    _seat(ledger, going, there, "venue")


def _seat(
    ledger: Ledger,
    going: Iterable[Delegation],
    there: dict[tuple[int, int], Delegation],
    field: str,
) -> None:
    """Write delegations that bear a new venue or body; each body sits once a venue."""
    moved: list[Delegation] = []
    added: dict[int, Delegation] = {}
    gone: list[int] = []
    for row in going:
        same = there.setdefault((row.venue_id, row.body_id), row)
        if same is row:
            moved.append(row)
        else:
            same.headcount += row.headcount
            added[same.pk] = same
            gone.append(row.pk)
    ledger.remove(Delegation.objects.filter(pk__in=gone))
    ledger.change(Delegation, moved, [field])
    ledger.change(Delegation, list(added.values()), ["headcount"])


@dataclass
class _Map:
    """Names and tiles of the provinces of a day."""

    names: dict[int, str]
    tiles: dict[int, Tile]


def _map_of(on: date) -> _Map:
    return _Map(
        {unit.pk: unit.name for unit in province_list(on)},
        {t.unit_id: t for t in tile_map(on).tiles if not t.is_archipelago},
    )


def _rename(ledger: Ledger, passing: Passing, moves: Moves) -> None:
    """Let the venues that go on be those of the takers, at their place on the map."""
    going = passing.going
    if not going:
        return
    ids = [venue.pk for venue in going]
    ledger.set(Venue.objects.filter(pk__in=ids), column=None, row=None)
    bodies = Body.objects.in_bulk({moves.takers[v.body_id] for v in going})
    maps = {day: _map_of(day) for day in {v.conference.on for v in going}}
    conferences = {venue.conference_id for venue in going}
    others = Venue.objects.filter(conference__in=conferences)
    taken = set(others.values_list("conference", "column", "row"))
    for venue in going:
        body = bodies[moves.takers[venue.body_id]]
        shown = maps[venue.conference.on]
        place = body.territory_id or 0
        tile = shown.tiles.get(place)
        if tile and (venue.conference_id, tile.column, tile.row) in taken:
            tile = None
        venue.body, venue.unit_id = body, body.territory_id
        venue.name = shown.names.get(place, body.label)[:120]
        venue.short_name = (tile.short_name if tile else body.label)[:40]
        venue.column, venue.row = (tile.column, tile.row) if tile else (None, None)
        taken.add((venue.conference_id, venue.column, venue.row))
    ledger.change(Venue, going, PLACE)


def _pass_delegations(ledger: Ledger, passing: Passing, moves: Moves) -> None:
    """Let the delegations of ended bodies be those of the takers, each once a venue."""
    rows = Delegation.objects.filter(venue__conference__in=passing.conferences)
    ended = set(moves.old_ids)
    going = [row for row in rows.order_by("pk") if row.body_id in ended]
    there = {(row.venue_id, row.body_id): row for row in rows.exclude(body__in=ended)}
    for row in going:
        row.body_id = moves.takers[row.body_id]
    _seat(ledger, going, there, "body")
