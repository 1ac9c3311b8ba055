"""Entering the facts of the installation: in batches, once, overwriting nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.kernel.rule import require_anywhere
from lantoa.organisations.data import bodies as body_data
from lantoa.organisations.data import local as local_data
from lantoa.organisations.data import units as unit_data
from lantoa.organisations.data.bodies import (
    BodyFact,
    BodySuccessionFact,
    CouncilFact,
    LineFact,
    SeatFact,
)
from lantoa.organisations.data.units import SuccessionFact, UnitFact, UnitKey
from lantoa.organisations.events import ReferenceEntered
from lantoa.organisations.models import (
    Body,
    BodySuccession,
    Council,
    CouncilSeat,
    ReportsTo,
    Succession,
    Unit,
    UnitName,
)
from lantoa.organisations.rules import KEEP
from lantoa.organisations.vocabulary import Level


@action
def load_reference(*, actor: Actor, at: datetime) -> None:
    """Enter units of both eras, bodies, lines, successions and councils.

    What is there already, by code and date, is left as it is; so it can run at every
    start and after it was interrupted.
    """
    require_anywhere(actor, KEEP.capability)
    old, new = unit_data.units_of_three_levels(), unit_data.units_of_two_levels()
    moves = unit_data.unit_successions()
    enter_units(actor=actor, source="units_to_2025-06-30", facts=old, at=at)
    enter_units(actor=actor, source="units_from_2025-07-01", facts=new, at=at)
    enter_successions(actor=actor, source="succession_2025-07-01", facts=moves, at=at)
    settled = local_data.units_with_bodies((*old, *new))
    local = list(local_data.local_bodies(settled))
    enter_bodies(
        actor=actor,
        source="bodies",
        facts=[*body_data.central_bodies(), *local],
        at=at,
    )
    enter_lines(
        actor=actor,
        source="lines",
        facts=[*body_data.central_lines(), *local_data.local_lines(settled)],
        at=at,
    )
    enter_body_successions(
        actor=actor,
        source="body_successions",
        facts=[
            *body_data.central_successions(),
            *local_data.local_successions(local, settled, moves),
        ],
        at=at,
    )
    enter_councils(
        actor=actor,
        source="councils",
        facts=list(body_data.councils(local)),
        seats=body_data.council_seats(),
        at=at,
    )


def _keep(actor: Actor, source: str, counts: Counter[str], at: datetime) -> None:
    if not counts:
        unchanged()
        return
    record(ReferenceEntered(source=source, counts=dict(counts)), by=actor, at=at)


def _unit_ids() -> dict[UnitKey, int]:
    return {
        (level, code, since): pk
        for pk, level, code, since in Unit.objects.values_list(
            "pk", "level", "code", "valid_from"
        )
    }


@action
def enter_units(
    *, actor: Actor, source: str, facts: Sequence[UnitFact], at: datetime
) -> None:
    """Enter the units not there yet, with their names; upper levels first."""
    require_anywhere(actor, KEEP.capability)
    known = _unit_ids()
    counts: Counter[str] = Counter()
    for level in Level:
        fresh = [f for f in facts if f.key[0] == level and f.key not in known]
        rows = Unit.objects.bulk_create(
            Unit(
                level=fact.key[0],
                code=fact.key[1],
                parent_id=known[fact.parent] if fact.parent else None,
                valid_from=fact.key[2],
                valid_until=fact.valid_until,
            )
            for fact in fresh
        )
        known |= {fact.key: row.pk for fact, row in zip(fresh, rows, strict=True)}
        UnitName.objects.bulk_create(
            UnitName(
                unit=row,
                kind=name.kind,
                name=name.name,
                full_name=name.full_name,
                valid_from=name.valid_from,
                valid_until=name.valid_until,
            )
            for fact, row in zip(fresh, rows, strict=True)
            for name in fact.names
        )
        if fresh:
            counts[level.value] += len(fresh)
    _keep(actor, source, counts, at)


@action
def enter_successions(
    *, actor: Actor, source: str, facts: Iterable[SuccessionFact], at: datetime
) -> None:
    """Enter the successions of units not there yet."""
    require_anywhere(actor, KEEP.capability)
    ids = _unit_ids()
    known = set(Succession.objects.values_list("old_id", "new_id", "effective_on"))
    fresh = [
        Succession(
            old_id=ids[fact.old],
            new_id=ids[fact.new],
            effective_on=fact.effective_on,
            extent=fact.extent,
            main_part=fact.main_part,
            basis=fact.basis,
        )
        for fact in facts
        if (ids[fact.old], ids[fact.new], fact.effective_on) not in known
    ]
    Succession.objects.bulk_create(fresh)
    _keep(actor, source, Counter(str(row.extent) for row in fresh), at)


@action
def enter_bodies(
    *, actor: Actor, source: str, facts: Iterable[BodyFact], at: datetime
) -> None:
    """Enter the bodies not there yet, known by their slug."""
    require_anywhere(actor, KEEP.capability)
    known = set(Body.objects.values_list("slug", flat=True))
    fresh = [fact for fact in facts if fact.slug not in known]
    units = _unit_ids() if fresh else {}
    Body.objects.bulk_create(
        Body(
            slug=fact.slug,
            kind=fact.kind,
            name=fact.name,
            short_name=fact.short_name,
            territory_id=units[fact.territory] if fact.territory else None,
            valid_from=fact.valid_from,
            valid_until=fact.valid_until,
        )
        for fact in fresh
    )
    _keep(actor, source, Counter(fact.kind.value for fact in fresh), at)


def _shared_period(
    one: tuple[date | None, date | None], other: tuple[date | None, date | None]
) -> tuple[date | None, date | None]:
    """Return the days on which both of two bodies are in being."""
    begin = max((d for d in (one[0], other[0]) if d), default=None)
    end = min((d for d in (one[1], other[1]) if d), default=None)
    return begin, end


@action
def enter_lines(
    *, actor: Actor, source: str, facts: Iterable[LineFact], at: datetime
) -> None:
    """Enter who reports to whom, for as long as both bodies are in being."""
    require_anywhere(actor, KEEP.capability)
    bodies = {
        slug: (pk, (since, until))
        for slug, pk, since, until in Body.objects.values_list(
            "slug", "pk", "valid_from", "valid_until"
        )
    }
    known = set(ReportsTo.objects.values_list("body_id", "line"))
    fresh: list[ReportsTo] = []
    for fact in facts:
        (below, life), (above, lives) = bodies[fact.body], bodies[fact.superior]
        if (below, fact.line.value) in known:
            continue
        begin, end = _shared_period(life, lives)
        if begin and end and begin >= end:
            continue  # the two were never at one time
        fresh.append(
            ReportsTo(
                body_id=below,
                superior_id=above,
                line=fact.line,
                valid_from=begin,
                valid_until=end,
            )
        )
    ReportsTo.objects.bulk_create(fresh)
    _keep(actor, source, Counter(str(row.line) for row in fresh), at)


@action
def enter_body_successions(
    *, actor: Actor, source: str, facts: Iterable[BodySuccessionFact], at: datetime
) -> None:
    """Enter the successions of bodies not there yet."""
    require_anywhere(actor, KEEP.capability)
    ids = dict(Body.objects.values_list("slug", "pk"))
    known = set(BodySuccession.objects.values_list("old_id", "new_id"))
    fresh = [
        BodySuccession(
            old_id=ids[fact.old],
            new_id=ids[fact.new],
            effective_on=fact.effective_on,
            extent=fact.extent,
            main_part=fact.main_part,
            basis=fact.basis,
        )
        for fact in facts
        if (ids[fact.old], ids[fact.new]) not in known
    ]
    BodySuccession.objects.bulk_create(fresh)
    _keep(actor, source, Counter(str(row.extent) for row in fresh), at)


@action
def enter_councils(
    *,
    actor: Actor,
    source: str,
    facts: Iterable[CouncilFact],
    seats: Iterable[SeatFact],
    at: datetime,
) -> None:
    """Enter the councils not there yet, and the seats of those just entered."""
    require_anywhere(actor, KEEP.capability)
    ids = dict(Body.objects.values_list("slug", "pk"))
    known = set(Council.objects.values_list("pk", flat=True))
    fresh = [fact for fact in facts if ids[fact.body] not in known]
    Council.objects.bulk_create(
        Council(
            body_id=ids[fact.body],
            level=fact.level,
            standing_agency_id=ids[fact.standing_agency]
            if fact.standing_agency
            else None,
            note=fact.note,
        )
        for fact in fresh
    )
    entered = {fact.body for fact in fresh}
    taken = CouncilSeat.objects.bulk_create(
        CouncilSeat(
            council_id=ids[seat.council],
            role=seat.role,
            body_id=ids[seat.body],
            office=seat.office,
            valid_from=seat.valid_from,
            valid_until=seat.valid_until,
            source=seat.source,
        )
        for seat in seats
        if seat.council in entered
    )
    counts = Counter(fact.level.value for fact in fresh)
    if taken:
        counts["seats"] = len(taken)
    _keep(actor, source, counts, at)
