"""Writing down a reorganisation: its words, and its changes one by one or at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.kernel.refusal import NotPermitted
from lantoa.organisations.actions.applying import hold
from lantoa.organisations.events import (
    ChangesEntered,
    ChangesRemoved,
    ReorganisationDiscarded,
    ReorganisationDrafted,
)
from lantoa.organisations.models import (
    Body,
    Change,
    FoundedBody,
    Reorganisation,
    Unit,
)
from lantoa.organisations.queries.reorganisations import kind_of, known_successions
from lantoa.organisations.rules import KEEP
from lantoa.organisations.vocabulary import (
    AppliedAlready,
    BodyKind,
    ChangeKind,
    ChangeSaidAlready,
    Extent,
    Level,
    Line,
    ReorganisationState,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """A body to be founded, as it is described."""

    kind: BodyKind
    name: str
    short_name: str = ""
    territory: Unit | None = None
    superior: Body | None = None
    justice_superior: Body | None = None


@action
def draft_reorganisation(
    *, actor: Actor, title: str, basis: str, effective_on: date, at: datetime
) -> Reorganisation:
    """Begin a reorganisation; the day may be past or to come.

    Raises:
        NotPermitted: the actor does not keep the whole register.
    """
    if not actor.reach.covers(KEEP.capability, None):
        raise NotPermitted
    row = Reorganisation.objects.create(
        title=title.strip(), basis=basis.strip(), effective_on=effective_on
    )
    _drafted(actor, row, at)
    return row


@action
def amend_reorganisation(
    *,
    actor: Actor,
    reorganisation: Reorganisation,
    title: str,
    basis: str,
    effective_on: date,
    at: datetime,
) -> Reorganisation:
    """Say the title, the basis or the day of a draft anew.

    Raises:
        NotPermitted: the actor does not keep the whole register.
        AppliedAlready: it is no draft any more.
    """
    row = _draft(actor, reorganisation)
    row.title, row.basis = title.strip(), basis.strip()
    row.effective_on = effective_on
    row.save(update_fields=["title", "basis", "effective_on"])
    _drafted(actor, row, at)
    return row


@action
def discard_reorganisation(
    *, actor: Actor, reorganisation: Reorganisation, at: datetime
) -> None:
    """Throw a draft away; one that was ever applied stays for the record.

    Raises:
        NotPermitted: the actor does not keep the whole register.
        AppliedAlready: it is no draft any more.
    """
    row = _draft(actor, reorganisation)
    if row.state != ReorganisationState.DRAFT:
        raise AppliedAlready
    record(
        ReorganisationDiscarded(reorganisation_id=row.pk, title=row.title),
        by=actor,
        at=at,
    )
    row.delete()


@action
def enter_passing(
    *,
    actor: Actor,
    reorganisation: Reorganisation,
    kind: ChangeKind,
    olds: Sequence[Body],
    new: Body | None = None,
    founding: Founding | None = None,
    extent: Extent = Extent.WHOLE,
    main_part: bool = False,
    at: datetime,
) -> list[Change]:
    """Let the work of *olds* go over to a body of the register or a described one.

    Args:
        kind: merger, split or renaming; a move is entered by ``enter_move``.
        new: a body of the register; else *founding* says the body to be founded.

    Raises:
        NotPermitted: the actor does not keep the whole register.
        AppliedAlready: it is no draft any more.
        ChangeSaidAlready: one of *olds* goes there already, or has a main taker.
    """
    row = _draft(actor, reorganisation)
    _refuse_second_taker(row, olds, new, main=extent == Extent.WHOLE or main_part)
    founded = None
    if new is None and founding is not None:
        founded = FoundedBody.objects.create(
            reorganisation=row,
            kind=founding.kind,
            name=founding.name.strip(),
            short_name=founding.short_name.strip(),
            territory=founding.territory,
            superior=founding.superior,
            justice_superior=founding.justice_superior,
        )
    made = Change.objects.bulk_create(
        Change(
            reorganisation=row,
            kind=kind,
            old=old,
            new=new,
            founded=founded,
            extent=extent,
            main_part=main_part and extent == Extent.PART,
        )
        for old in {body.pk: body for body in olds}.values()
    )
    _entered(actor, row, len(made), at)
    return made


@action
def enter_move(
    *,
    actor: Actor,
    reorganisation: Reorganisation,
    body: Body,
    superior: Body,
    line: Line,
    at: datetime,
) -> Change:
    """Let *body* get another superior in a line of work.

    Raises:
        NotPermitted: the actor does not keep the whole register.
        AppliedAlready: it is no draft any more.
        ChangeSaidAlready: the body moves in that line already.
    """
    row = _draft(actor, reorganisation)
    there = Change.objects.filter(
        reorganisation=row, kind=ChangeKind.MOVE, old=body, line=line
    )
    if body.pk == superior.pk or there.exists():
        raise ChangeSaidAlready
    made = Change.objects.create(
        reorganisation=row, kind=ChangeKind.MOVE, old=body, new=superior, line=line
    )
    _entered(actor, row, 1, at)
    return made


@action
def remove_changes(
    *,
    actor: Actor,
    reorganisation: Reorganisation,
    changes: Sequence[int],
    at: datetime,
) -> int:
    """Take changes out of a draft, with the bodies that nothing leads to any more.

    Raises:
        NotPermitted: the actor does not keep the whole register.
        AppliedAlready: it is no draft any more.
    """
    row = _draft(actor, reorganisation)
    rows = Change.objects.filter(reorganisation=row, pk__in=changes)
    count, _by_model = rows.delete()
    FoundedBody.objects.filter(reorganisation=row, changes__isnull=True).delete()
    if not count:
        unchanged()
        return 0
    record(ChangesRemoved(reorganisation_id=row.pk, count=count), by=actor, at=at)
    return count


@action
def take_known_successions(
    *,
    actor: Actor,
    reorganisation: Reorganisation,
    level: Level | None = None,
    province: Unit | None = None,
    at: datetime,
) -> int:
    """Take over what the register says of the day of effect; return how much is new.

    Args:
        level: only bodies of territories of this level.
        province: only bodies on the territory of this province.

    Raises:
        NotPermitted: the actor does not keep the whole register.
        AppliedAlready: it is no draft any more.
    """
    row = _draft(actor, reorganisation)
    said = list(known_successions(row.effective_on, level, province))
    kinds = kind_of(known_successions(row.effective_on))
    pairs = Change.objects.filter(reorganisation=row).exclude(kind=ChangeKind.MOVE)
    there = {(c.old_id, c.new_id) for c in pairs}
    settled = {c.old_id for c in pairs if c.passes}
    made = Change.objects.bulk_create(
        Change(
            reorganisation=row,
            kind=kinds[each.pk],
            old=each.old,
            new=each.new,
            extent=each.extent,
            main_part=each.main_part,
        )
        for each in said
        if (each.old_id, each.new_id) not in there
        and not (
            each.old_id in settled and (each.extent == Extent.WHOLE or each.main_part)
        )
    )
    if not made:
        unchanged()
        return 0
    _entered(actor, row, len(made), at)
    return len(made)


def _draft(actor: Actor, reorganisation: Reorganisation) -> Reorganisation:
    row = hold(actor, reorganisation.pk)
    if row.applied:
        raise AppliedAlready
    return row


def _refuse_second_taker(
    row: Reorganisation, olds: Sequence[Body], new: Body | None, *, main: bool
) -> None:
    if new is not None and any(old.pk == new.pk for old in olds):
        raise ChangeSaidAlready
    same = Q(new=new) if new else Q(pk__in=[])
    if main:
        same |= Q(extent=Extent.WHOLE) | Q(main_part=True)
    there = Change.objects.filter(same, reorganisation=row, old__in=olds)
    if there.exclude(kind=ChangeKind.MOVE).exists():
        raise ChangeSaidAlready


def _drafted(actor: Actor, row: Reorganisation, at: datetime) -> None:
    said = ReorganisationDrafted(
        reorganisation_id=row.pk, effective_on=row.effective_on, basis=row.basis
    )
    record(said, by=actor, at=at)


def _entered(actor: Actor, row: Reorganisation, count: int, at: datetime) -> None:
    record(ChangesEntered(reorganisation_id=row.pk, count=count), by=actor, at=at)
