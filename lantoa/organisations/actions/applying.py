"""A reorganisation takes effect with all that follows, and is taken back exactly."""

from datetime import datetime

from django.db import connection

from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.kernel.refusal import NotPermitted
from lantoa.organisations import consequences
from lantoa.organisations.actions.carrying import Register
from lantoa.organisations.actions.ledger import Ledger
from lantoa.organisations.consequences import Move, Moves
from lantoa.organisations.events import ReorganisationApplied, ReorganisationTakenBack
from lantoa.organisations.models import Body, Reorganisation
from lantoa.organisations.queries.reorganisations import Plan, plan_of
from lantoa.organisations.rules import KEEP
from lantoa.organisations.vocabulary import (
    AppliedAlready,
    CannotApply,
    NotApplied,
    NothingToApply,
    ReorganisationState,
)

_LOCK = 0x1A51  # one reorganisation at a time: the next one must see what came of it


def hold(actor: Actor, reorganisation_id: int) -> Reorganisation:
    """Return the reorganisation, which nobody else changes meanwhile.

    Raises:
        NotPermitted: the actor does not keep the whole register.
    """
    if not actor.reach.covers(KEEP.capability, None):
        raise NotPermitted
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    return Reorganisation.objects.select_for_update().get(pk=reorganisation_id)


def hold_register() -> None:
    """Let no reorganisation take effect before the transaction ends.

    Whoever gives work to bodies by what the register says calls this before anything
    else is locked: a task given to a body that just then goes over would stay behind.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_LOCK])


@action
def apply_reorganisation(
    *, actor: Actor, reorganisation: Reorganisation, at: datetime
) -> Reorganisation:
    """Let everything that a reorganisation says take effect, all of it or nothing.

    First the register itself, then what packages above have registered.

    Raises:
        NotPermitted: the actor does not keep the whole register.
        AppliedAlready: it stands applied.
        NothingToApply: it says no change.
        CannotApply: a change does not fit the register; it says which.
    """
    reorganisation = hold(actor, reorganisation.pk)
    if reorganisation.applied:
        raise AppliedAlready
    plan = plan_of(reorganisation)
    if not plan.changes:
        raise NothingToApply
    if plan.problems:
        raise CannotApply("\n".join(plan.problems[:5]))
    _lock_bodies(plan)
    ledger = Ledger()
    register = Register(ledger, plan)
    register.write()
    moves = Moves(
        [
            Move(each.old_id, register.takers[each.old_id], each.whole)
            for each in plan.moves
        ],
        plan.moves.names,
    )
    followed = [
        [
            each.name,
            each.apply(
                actor=actor,
                reorganisation_id=reorganisation.pk,
                moves=moves,
                on=plan.on,
                at=at,
            ),
        ]
        for each in consequences.registered()
    ]
    reorganisation.effects = {"register": ledger.effects(), "consequences": followed}
    reorganisation.state = ReorganisationState.APPLIED
    reorganisation.applied_at, reorganisation.taken_back_at = at, None
    reorganisation.save()
    consequences.rebuild_derived(at)
    record(
        ReorganisationApplied(
            reorganisation_id=reorganisation.pk,
            effective_on=plan.on,
            basis=reorganisation.basis,
            changes=len(plan.changes),
            body_ids=_bodies(plan),
        ),
        by=actor,
        at=at,
    )
    return reorganisation


@action
def take_back_reorganisation(
    *, actor: Actor, reorganisation: Reorganisation, reason: str, at: datetime
) -> Reorganisation:
    """Put every row as it was before the reorganisation was applied.

    Raises:
        NotPermitted: the actor does not keep the whole register.
        NotApplied: it does not stand applied.
        Refused: somebody has since acted on what had passed; it says on what.
    """
    reorganisation = hold(actor, reorganisation.pk)
    if not reorganisation.applied:
        raise NotApplied
    plan = plan_of(reorganisation)
    _lock_bodies(plan)
    bodies = _bodies(plan)
    known = {each.name: each for each in consequences.registered()}
    for name, effects in reversed(reorganisation.effects["consequences"]):
        known[name].undo(actor=actor, effects=effects, on=plan.on, at=at)
    Ledger.take_back(
        reorganisation.effects["register"], derived=consequences.derived_models()
    )
    reorganisation.effects = {}
    reorganisation.state = ReorganisationState.TAKEN_BACK
    reorganisation.taken_back_at = at
    reorganisation.save()
    consequences.rebuild_derived(at)
    record(
        ReorganisationTakenBack(
            reorganisation_id=reorganisation.pk, reason=reason.strip(), body_ids=bodies
        ),
        by=actor,
        at=at,
    )
    return reorganisation


def _bodies(plan: Plan) -> list[int]:
    """Return the bodies whose journal tells of the reorganisation."""
    ids = {each.old_id for each in plan.changes}
    ids |= {each.new_id for each in plan.changes if each.new_id}
    return sorted(ids)


def _lock_bodies(plan: Plan) -> None:
    """Hold every body of the plan, in one order, so that two changes never wait."""
    rows = Body.objects.select_for_update(no_key=True).filter(pk__in=_bodies(plan))
    list(rows.order_by("pk").values_list("pk", flat=True))
