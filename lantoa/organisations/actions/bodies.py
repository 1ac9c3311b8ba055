"""Writes about bodies and who reports to whom."""

from datetime import date, datetime

from django.db.models import Q
from django.utils.text import slugify

from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.kernel.refusal import NotPermitted
from lantoa.kernel.text import fold
from lantoa.organisations import queries
from lantoa.organisations.events import (
    BodyEnded,
    BodyEntered,
    BodyRenamed,
    SuperiorEnded,
    SuperiorSet,
)
from lantoa.organisations.models import (
    Body,
    BodySuccession,
    Council,
    CouncilSeat,
    ReportsTo,
    Unit,
    valid_on,
)
from lantoa.organisations.rules import KEEP
from lantoa.organisations.vocabulary import (
    AlreadyEnded,
    BodyKind,
    DatesOverlap,
    EndsBeforeItBegins,
    Extent,
    Line,
    NotInBeing,
    ReportsInACircle,
)


def _free_slug(name: str) -> str:
    stem = slugify(fold(name))[:70] or "co-quan"
    taken = set(
        Body.objects.filter(slug__startswith=stem).values_list("slug", flat=True)
    )
    if stem not in taken:
        return stem
    return next(s for n in range(2, 10_000) if (s := f"{stem}-{n}") not in taken)


@action
def enter_body(
    *,
    actor: Actor,
    kind: BodyKind,
    name: str,
    short_name: str = "",
    territory: Unit | None = None,
    superior: Body | None = None,
    line: Line = Line.TERRITORIAL,
    valid_from: date | None = None,
    at: datetime,
) -> Body:
    """Enter a body below *superior*; without one, only who keeps everything may.

    Raises:
        NotPermitted: *superior* is beyond the actor's reach.
    """
    if not actor.reach.covers(KEEP.capability, superior.pk if superior else None):
        raise NotPermitted
    body = Body.objects.create(
        slug=_free_slug(name),
        kind=kind,
        name=name,
        short_name=short_name,
        territory=territory,
        valid_from=valid_from,
    )
    record(
        BodyEntered(body_id=body.pk, unit_id=territory.pk if territory else None),
        by=actor,
        at=at,
    )
    if superior:
        _stand_below(
            actor=actor,
            body=body,
            superior=superior,
            line=line,
            valid_from=valid_from,
            at=at,
        )
    return body


def _stand_below(
    *,
    actor: Actor,
    body: Body,
    superior: Body,
    line: Line,
    valid_from: date | None,
    at: datetime,
) -> ReportsTo:
    row = ReportsTo.objects.create(
        body=body, superior=superior, line=line, valid_from=valid_from
    )
    record(
        SuperiorSet(
            body_id=body.pk,
            superior_id=superior.pk,
            line=line,
            valid_from=valid_from,
        ),
        by=actor,
        at=at,
    )
    return row


@action
def set_reports_to(
    *,
    actor: Actor,
    body: Body,
    superior: Body,
    line: Line,
    valid_from: date,
    at: datetime,
) -> ReportsTo:
    """Let *body* report to *superior* in *line* from a day on; the line before ends.

    Raises:
        NotPermitted: the actor doesn't keep both bodies.
        NotInBeing: one of the two does not exist on that day.
        DatesOverlap: a later superior is entered already.
        ReportsInACircle: *superior* stands below *body*.
    """
    KEEP.require(actor, body)
    KEEP.require(actor, superior)
    # Locking every body of the change in one order keeps two changes from deadlock.
    list(
        Body.objects.select_for_update()
        .filter(pk__in=[body.pk, superior.pk])
        .order_by("pk")
    )
    if not (body.holds_on(valid_from) and superior.holds_on(valid_from)):
        raise NotInBeing
    if superior.pk == body.pk or queries.below(body, line, valid_from).contains(
        superior
    ):
        raise ReportsInACircle
    lines = ReportsTo.objects.filter(body=body, line=line)
    if lines.filter(valid_from__gte=valid_from).exists():
        raise DatesOverlap
    lines.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=valid_from)).update(
        valid_until=valid_from
    )
    return _stand_below(
        actor=actor,
        body=body,
        superior=superior,
        line=line,
        valid_from=valid_from,
        at=at,
    )


@action
def end_reports_to(
    *, actor: Actor, row: ReportsTo, valid_until: date, at: datetime
) -> ReportsTo:
    """End a line; the body has no superior in it from that day on.

    Raises:
        NotPermitted: the actor doesn't keep the body.
        AlreadyEnded: it has an end already.
        EndsBeforeItBegins: the end is not after the beginning.
    """
    row = ReportsTo.objects.select_for_update().select_related("body").get(pk=row.pk)
    KEEP.require(actor, row.body)
    if row.valid_until is not None:
        raise AlreadyEnded
    if row.valid_from and valid_until <= row.valid_from:
        raise EndsBeforeItBegins
    row.valid_until = valid_until
    row.save(update_fields=["valid_until"])
    record(
        SuperiorEnded(
            body_id=row.body_id,
            superior_id=row.superior_id,
            line=row.line,
            valid_until=valid_until,
        ),
        by=actor,
        at=at,
    )
    return row


def _close(body: Body, on: date) -> None:
    """End the body's lines and seats together with it."""
    for rows in (
        ReportsTo.objects.filter(Q(body=body) | Q(superior=body)),
        CouncilSeat.objects.filter(Q(body=body) | Q(council_id=body.pk)),
    ):
        rows.filter(valid_on(on)).update(valid_until=on)
    body.valid_until = on
    body.save(update_fields=["valid_until"])


def _living(actor: Actor, body: Body, on: date) -> Body:
    body = Body.objects.select_for_update().get(pk=body.pk)
    KEEP.require(actor, body)
    if body.valid_until is not None:
        raise AlreadyEnded
    if body.valid_from and on <= body.valid_from:
        raise EndsBeforeItBegins
    return body


@action
def end_body(
    *, actor: Actor, body: Body, valid_until: date, basis: str, at: datetime
) -> Body:
    """Let a body end on a day, with its lines and seats.

    Raises:
        NotPermitted: the actor doesn't keep the body.
        AlreadyEnded: it has an end already.
        EndsBeforeItBegins: the end is not after the beginning.
    """
    body = _living(actor, body, valid_until)
    _close(body, valid_until)
    record(
        BodyEnded(body_id=body.pk, valid_until=valid_until, basis=basis),
        by=actor,
        at=at,
    )
    return body


@action
def rename_body(
    *,
    actor: Actor,
    body: Body,
    name: str,
    short_name: str = "",
    on: date,
    basis: str,
    at: datetime,
) -> Body:
    """Let the body go on under another name, as a successor with its lines and seats.

    Raises:
        NotPermitted: the actor doesn't keep the body.
        AlreadyEnded: it has an end already.
        EndsBeforeItBegins: the day is not after the body's beginning.
    """
    body = _living(actor, body, on)
    lines = ReportsTo.objects.filter(Q(body=body) | Q(superior=body))
    carried = list(lines.filter(valid_on(on)))
    seats = CouncilSeat.objects.filter(Q(body=body) | Q(council_id=body.pk))
    kept = list(seats.filter(valid_on(on)))
    _close(body, on)
    new = Body.objects.create(
        slug=_free_slug(name),
        kind=body.kind,
        name=name,
        short_name=short_name,
        territory=body.territory,
        valid_from=on,
    )
    _carry_council(body, new)
    for row in carried:
        row.pk, row.valid_from = None, on
        row.body, row.superior = (
            (new, row.superior) if row.body_id == body.pk else (row.body, new)
        )
    ReportsTo.objects.bulk_create(carried)
    for seat in kept:
        seat.pk, seat.valid_from = None, on
        if seat.council_id == body.pk:
            seat.council_id = new.pk
        if seat.body_id == body.pk:
            seat.body = new
    CouncilSeat.objects.bulk_create(kept)
    BodySuccession.objects.create(
        old=body, new=new, effective_on=on, extent=Extent.WHOLE, basis=basis
    )
    record(
        BodyRenamed(body_id=body.pk, successor_id=new.pk, effective_on=on, basis=basis),
        by=actor,
        at=at,
    )
    return new


def _carry_council(old: Body, new: Body) -> None:
    """Give the successor of a council its council, and its councils to an agency's."""
    for council in Council.objects.filter(pk=old.pk):
        council.pk = new.pk
        council.save(force_insert=True)
    # What an agency serves has no dates: who serves now is what is known.
    Council.objects.filter(standing_agency=old).update(standing_agency=new)
