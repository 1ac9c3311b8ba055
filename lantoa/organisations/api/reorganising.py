"""Reorganisations: written down, previewed, applied, taken back."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from lantoa.kernel.exchange import (
    ApiRequest,
    Asked,
    Day,
    Listed,
    Made,
    Moved,
    Number,
    Said,
    SaidLine,
    SaidLongLine,
    YesNo,
    acting,
    listed,
)
from lantoa.kernel.refusal import NotPermitted, Refused
from lantoa.organisations import actions, consequences
from lantoa.organisations.actions import Founding
from lantoa.organisations.api.shapes import Short
from lantoa.organisations.models import Body, Change, Reorganisation, Unit
from lantoa.organisations.queries import reorganisations as queries
from lantoa.organisations.rules import KEEP
from lantoa.organisations.vocabulary import (
    BodyKind,
    ChangeKind,
    Extent,
    Level,
    Line,
    ReorganisationState,
)

router = Router(tags=["reorganisations"])
Bodies = Annotated[list[Number], Field(min_length=1, max_length=200)]


class ReorganisationShown(Schema):
    """Changes of bodies that take effect together."""

    id: int
    title: str
    basis: str
    effective_on: date
    state: ReorganisationState
    applied_at: datetime | None
    taken_back_at: datetime | None


class ChangeShown(Schema):
    """An old body and who takes over; or a body and its new superior."""

    id: int
    kind: ChangeKind
    old_id: int
    new_id: int | None
    founded_name: str
    extent: Extent
    main_part: bool
    line: str

    @staticmethod
    def resolve_founded_name(change: Change) -> str:
        """Return what the body to be founded is called."""
        return change.founded.name if change.founded else ""


class TouchedShown(Schema):
    """How much of one kind of thing is touched."""

    label: str
    count: int
    lines: list[str]
    warnings: list[str]


class Previewed(Schema):
    """What applying it would mean; with problems it cannot be applied."""

    ending: int
    problems: list[str]
    warnings: list[str]
    touched: list[TouchedShown]


class ReorganisationSaid(Said):
    """A reorganisation, its legal basis and its day."""

    title: SaidLongLine
    basis: SaidLine
    effective_on: Day


class FoundingSaid(Said):
    """A body to be founded."""

    kind: BodyKind
    name: SaidLine
    short_name: Short = ""
    territory_id: Number | None = None
    superior_id: Number | None = None
    justice_superior_id: Number | None = None


class Passing(Said):
    """Whose work goes over to whom: a body of the register, or one to be founded."""

    kind: ChangeKind
    old_ids: Bodies
    new_id: Number | None = None
    founding: FoundingSaid | None = None
    extent: Extent = Extent.WHOLE
    main_part: YesNo = False


class Moving(Said):
    """Another superior of a body in a line of work."""

    body_id: Number
    superior_id: Number
    line: Line


class Removed(Said):
    """Which changes to take out."""

    change_ids: Annotated[list[Number], Field(min_length=1, max_length=5000)]


class Known(Said):
    """Which of the successions that the register knows of the day."""

    level: Level | None = None
    province_id: Number | None = None


class TakenBack(Said):
    """Why it is taken back."""

    reason: SaidLine


def _found(request: ApiRequest, reorganisation_id: int) -> Reorganisation:
    if not request.actor.reach.covers(KEEP.capability, None):
        raise NotPermitted
    return get_object_or_404(Reorganisation, pk=reorganisation_id)


def _bodies(ids: Sequence[int]) -> list[Body]:
    found = Body.objects.in_bulk(ids)
    if not set(ids) <= found.keys():
        raise Http404
    return list(found.values())


def _body(pk: int | None) -> Body | None:
    return get_object_or_404(Body, pk=pk) if pk else None


def _unit(pk: int | None) -> Unit | None:
    return get_object_or_404(Unit, pk=pk) if pk else None


@router.get("", response=Listed[ReorganisationShown], summary="Reorganisations")
def list_(request: ApiRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Return all reorganisations, the latest first."""
    if not request.actor.reach.covers(KEEP.capability, None):
        raise NotPermitted
    return listed(queries.reorganisations(), asked)


@router.post("", response=Made, summary="Draft a reorganisation")
def draft(request: ApiRequest, said: ReorganisationSaid) -> Reorganisation:
    """Begin a reorganisation; the day may be past or to come."""
    return actions.draft_reorganisation(**said.dict(), **acting(request))


@router.get(
    "/{int:reorganisation_id}", response=ReorganisationShown, summary="Reorganisation"
)
def reorganisation(request: ApiRequest, reorganisation_id: int) -> Reorganisation:
    """Return a reorganisation."""
    return _found(request, reorganisation_id)


@router.get(
    "/{int:reorganisation_id}/changes", response=Listed[ChangeShown], summary="Changes"
)
def changes(
    request: ApiRequest, reorganisation_id: int, asked: Query[Asked]
) -> dict[str, Any]:
    """Return what changes, those that lead to one body together."""
    found = _found(request, reorganisation_id)
    return listed(queries.changes_of(found), asked)


@router.get("/{int:reorganisation_id}/preview", response=Previewed, summary="Preview")
def preview(request: ApiRequest, reorganisation_id: int) -> dict[str, Any]:
    """Return what applying it would touch, without touching anything."""
    plan = queries.plan_of(_found(request, reorganisation_id))
    touched = [
        {
            "label": str(each.label),
            "count": each.count,
            "lines": [line.text for line in each.lines],
            "warnings": [str(words) for words in each.warnings],
        }
        for consequence in consequences.registered()
        for each in consequence.preview(plan.moves, plan.on)
    ]
    return {
        "ending": len(plan.ending),
        "problems": plan.problems,
        "warnings": plan.warnings,
        "touched": touched,
    }


@router.post("/{int:reorganisation_id}/amend", response=Made, summary="Amend a draft")
def amend(
    request: ApiRequest, reorganisation_id: int, said: ReorganisationSaid
) -> Reorganisation:
    """Say the title, the basis or the day of a draft anew."""
    found = _found(request, reorganisation_id)
    return actions.amend_reorganisation(
        reorganisation=found, **said.dict(), **acting(request)
    )


@router.post(
    "/{int:reorganisation_id}/discard", response=Made, summary="Discard a draft"
)
def discard(request: ApiRequest, reorganisation_id: int) -> dict[str, Any]:
    """Throw a draft away; one that was ever applied stays for the record."""
    found = _found(request, reorganisation_id)
    actions.discard_reorganisation(reorganisation=found, **acting(request))
    return {"id": reorganisation_id, "state": "discarded"}


@router.post(
    "/{int:reorganisation_id}/passings", response=Moved, summary="Enter a passing"
)
def enter_passing(
    request: ApiRequest, reorganisation_id: int, said: Passing
) -> dict[str, int]:
    """Let the work of bodies go over to another: a merger, split or renaming."""
    found = _found(request, reorganisation_id)
    if said.kind == ChangeKind.MOVE or (said.new_id is None) == (said.founding is None):
        raise Refused(
            _(
                "Hãy chọn một cơ quan tiếp nhận có trong danh mục, hoặc mô tả một cơ "
                "quan sẽ thành lập; việc chuyển cơ quan cấp trên được nhập riêng."
            )
        )
    made = actions.enter_passing(
        reorganisation=found,
        kind=said.kind,
        olds=_bodies(said.old_ids),
        new=_body(said.new_id),
        founding=_founding(said.founding) if said.founding else None,
        extent=said.extent,
        main_part=said.main_part,
        **acting(request),
    )
    return {"moved": len(made)}


@router.post("/{int:reorganisation_id}/moves", response=Made, summary="Enter a move")
def enter_move(
    request: ApiRequest, reorganisation_id: int, said: Moving
) -> dict[str, Any]:
    """Let a body get another superior in a line of work."""
    made = actions.enter_move(
        reorganisation=_found(request, reorganisation_id),
        body=get_object_or_404(Body, pk=said.body_id),
        superior=get_object_or_404(Body, pk=said.superior_id),
        line=said.line,
        **acting(request),
    )
    return {"id": made.pk, "state": "entered"}


@router.post(
    "/{int:reorganisation_id}/changes/remove", response=Moved, summary="Remove changes"
)
def remove_changes(
    request: ApiRequest, reorganisation_id: int, said: Removed
) -> dict[str, int]:
    """Take changes out of a draft."""
    found = _found(request, reorganisation_id)
    count = actions.remove_changes(
        reorganisation=found, changes=said.change_ids, **acting(request)
    )
    return {"moved": count}


@router.post(
    "/{int:reorganisation_id}/known", response=Moved, summary="Take known successions"
)
def take_known(
    request: ApiRequest, reorganisation_id: int, said: Known
) -> dict[str, int]:
    """Take over what the register says of the day of effect."""
    found = _found(request, reorganisation_id)
    count = actions.take_known_successions(
        reorganisation=found,
        level=said.level,
        province=_unit(said.province_id),
        **acting(request),
    )
    return {"moved": count}


@router.post("/{int:reorganisation_id}/apply", response=Made, summary="Apply")
def apply(request: ApiRequest, reorganisation_id: int) -> Reorganisation:
    """Let everything that it says take effect, all of it or nothing."""
    found = _found(request, reorganisation_id)
    return actions.apply_reorganisation(reorganisation=found, **acting(request))


@router.post("/{int:reorganisation_id}/take-back", response=Made, summary="Take back")
def take_back(
    request: ApiRequest, reorganisation_id: int, said: TakenBack
) -> Reorganisation:
    """Put every row as it was before it was applied."""
    found = _found(request, reorganisation_id)
    return actions.take_back_reorganisation(
        reorganisation=found, reason=said.reason, **acting(request)
    )


def _founding(said: FoundingSaid) -> Founding:
    return Founding(
        kind=said.kind,
        name=said.name,
        short_name=said.short_name,
        territory=_unit(said.territory_id),
        superior=_body(said.superior_id),
        justice_superior=_body(said.justice_superior_id),
    )
