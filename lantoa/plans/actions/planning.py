"""Planning what is owed: milestones with products, version by version."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.plans import rules
from lantoa.plans.actions.answering import known
from lantoa.plans.actions.holding import hold_open
from lantoa.plans.deadlines import insist_on_real_day
from lantoa.plans.events import PlanSet
from lantoa.plans.models import Milestone, Obligation, PlanVersion
from lantoa.plans.vocabulary import (
    MilestoneDone,
    MilestoneIncomplete,
    NothingRevised,
    NotInPlan,
    PlanEmpty,
    PlanMovedOn,
    ReasonMissing,
    Verdict,
    WaitsForVerdict,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneText:
    """What a plan says of one milestone; ``id`` is None for a new one."""

    id: int | None = None
    title: str
    product: str
    due_on: date | None = None

    def tidy(self) -> "MilestoneText":
        """Return it without spaces around its texts."""
        return replace(self, title=self.title.strip(), product=self.product.strip())

    @classmethod
    def of(cls, milestone: Milestone) -> "MilestoneText":
        """Return what the plan says of *milestone* now."""
        return cls(
            id=milestone.pk,
            title=milestone.title,
            product=milestone.product,
            due_on=milestone.due_on,
        )

    def kept(self) -> dict[str, Any]:
        """Return it as a version of the plan keeps it."""
        return {
            "id": self.id,
            "title": self.title,
            "product": self.product,
            "due_on": self.due_on.isoformat() if self.due_on else None,
        }


@action
def set_plan(
    *,
    actor: Actor,
    obligation: Obligation,
    milestones: Sequence[MilestoneText],
    reason: str,
    at: datetime,
    seen: int | None = None,
) -> PlanVersion:
    """Plan an obligation as *milestones*, in their order; earlier plans stay readable.

    A milestone that is left out is dropped. Planning says that the task is known.

    Args:
        reason: why the plan changes; the first one needs none.
        seen: number of the version that the planner had before them (0: none), so
            that of two who plan at once neither undoes the other unseen.

    Raises:
        NotPermitted: the actor doesn't work for the lead body.
        WorkClosed: nothing is owed any more.
        PlanEmpty: no milestones.
        MilestoneIncomplete: one lacks its work or its product.
        PlanMovedOn: somebody else has planned since *seen*.
        NotInPlan: one is not, or no longer, a milestone of this plan.
        MilestoneDone: one that was accepted would change or go.
        WaitsForVerdict: one that waits for its verdict would change or go.
        DayOutOfReach: a milestone's due day lies before 2000 or after 2100.
        NothingRevised: the plan says just that.
        ReasonMissing: no reason is given for a change.
    """
    rules.CARRY_OUT.require(actor, obligation)
    said = _tidy(milestones)
    obligation = hold_open(obligation)
    before = obligation.plan_versions.count()
    if seen is not None and seen != before:
        raise PlanMovedOn
    current = list(obligation.milestones.filter(dropped=False))
    _check_changes(current, said)
    if before and [MilestoneText.of(each) for each in current] == said:
        raise NothingRevised
    if before and not reason.strip():
        raise ReasonMissing
    _write(obligation, current, said)
    version = _keep_version(actor, obligation, before + 1, reason.strip(), at)
    known(actor, obligation.party, at)
    if obligation.planned_at is None:
        obligation.planned_at = at
        obligation.save(update_fields=["planned_at"])
    record(
        PlanSet(
            task_id=obligation.task_id,
            obligation_id=obligation.pk,
            body_id=obligation.party.body_id,
            version=version.number,
            milestones=len(said),
        ),
        by=actor,
        at=at,
    )
    return version


def _tidy(milestones: Sequence[MilestoneText]) -> list[MilestoneText]:
    said = [each.tidy() for each in milestones]
    if not said:
        raise PlanEmpty
    if not all(each.title and each.product for each in said):
        raise MilestoneIncomplete
    for each in said:
        insist_on_real_day(each.due_on)
    kept = [each.id for each in said if each.id is not None]
    if len(set(kept)) < len(kept):
        raise NotInPlan
    return said


def _check_changes(current: list[Milestone], said: list[MilestoneText]) -> None:
    """Refuse what would change a milestone that was, or is being, judged."""
    wanted = {each.id: each for each in said if each.id is not None}
    if not wanted.keys() <= {each.pk for each in current}:
        raise NotInPlan
    other = [each for each in current if wanted.get(each.pk) != MilestoneText.of(each)]
    if any(each.accepted_at is not None for each in other):
        raise MilestoneDone
    waiting = Milestone.objects.filter(
        pk__in=[each.pk for each in other], progress__verdict=Verdict.PENDING
    )
    if other and waiting.exists():
        raise WaitsForVerdict


def _write(
    obligation: Obligation, current: list[Milestone], said: list[MilestoneText]
) -> None:
    """Write the milestones as they now are; those left out stay as dropped rows."""
    rows = {each.pk: each for each in current}
    kept: list[Milestone] = []
    new: list[Milestone] = []
    for position, text in enumerate(said, start=1):
        held = rows.pop(text.id, None) if text.id else None
        row = held or Milestone(obligation=obligation)
        row.position, row.due_on = position, text.due_on
        row.title, row.product = text.title, text.product
        (kept if held else new).append(row)
    for row in rows.values():
        row.dropped = True
    Milestone.objects.bulk_update(
        [*kept, *rows.values()], ["position", "title", "product", "due_on", "dropped"]
    )
    Milestone.objects.bulk_create(new)


def _keep_version(
    actor: Actor, obligation: Obligation, number: int, reason: str, at: datetime
) -> PlanVersion:
    planned = obligation.milestones.filter(dropped=False)
    return PlanVersion.objects.create(
        obligation=obligation,
        number=number,
        milestones=[MilestoneText.of(each).kept() for each in planned],
        reason=reason,
        office=actor.office,
        mandate_id=actor.mandate_id,
        at=at,
    )
