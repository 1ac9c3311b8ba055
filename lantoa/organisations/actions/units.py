"""Writes about units."""

from datetime import date, datetime, timedelta

from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.kernel.refusal import NotPermitted
from lantoa.organisations.events import UnitRenamed
from lantoa.organisations.models import Unit, UnitName, valid_on
from lantoa.organisations.rules import KEEP
from lantoa.organisations.vocabulary import DatesOverlap, EndsBeforeItBegins, UnitKind


@action
def rename_unit(
    *, actor: Actor, unit: Unit, kind: UnitKind, name: str, on: date, at: datetime
) -> UnitName:
    """Let the unit bear another kind and name from the day *on*.

    Raises:
        NotPermitted: the actor doesn't keep the whole register.
        DatesOverlap: a later name is entered already.
        EndsBeforeItBegins: the name now borne began on or after that day.
    """
    if not actor.reach.covers(KEEP.capability, None):
        raise NotPermitted
    Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.names.filter(valid_from__gt=on).exists():
        raise DatesOverlap
    borne = unit.names.filter(valid_on(on - timedelta(days=1))).first()
    if borne is None or borne.valid_until is not None:
        raise EndsBeforeItBegins
    borne.valid_until = on
    borne.save(update_fields=["valid_until"])
    new = UnitName.objects.create(
        unit=unit,
        kind=kind,
        name=name,
        full_name=f"{str(kind.label).capitalize()} {name}",
        valid_from=on,
    )
    record(
        UnitRenamed(unit_id=unit.pk, full_name=new.full_name, valid_from=on),
        by=actor,
        at=at,
    )
    return new
