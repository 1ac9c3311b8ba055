"""The conclusions: drafted by one, confirmed by another, issued as tasks."""

from typing import Annotated, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from lantoa.conferences.actions import conclusions
from lantoa.conferences.api.preparing import prepared
from lantoa.conferences.api.shapes import ConclusionWhole, Draft
from lantoa.conferences.models import Conclusion, Conference
from lantoa.conferences.queries import conferences as queries
from lantoa.conferences.queries.conclusions import wording
from lantoa.conferences.queries.scopes import conclusions_seen_by, seen_by
from lantoa.kernel.exchange import ApiRequest, Asked, Listed, Made, acting, listed
from lantoa.organisations.models import Body

router = Router(tags=["conferences"])


class Read(Schema):
    """The mark of the words that the chair read; without it, whatever they are."""

    read: Annotated[str, Field(pattern="^([0-9a-f]{16})?$")] = ""


@router.get(
    "/{int:conference_id}/conclusions",
    response=Listed[ConclusionWhole],
    auth=None,
    summary="Conclusions of a conference",
)
def conclusions_(
    request: ApiRequest, conference_id: int, asked: Query[Asked]
) -> dict[str, Any]:
    """Return the conclusions in their order; drafts only to those who make them."""
    conference = get_object_or_404(seen_by(request.actor), pk=conference_id)
    rows = conclusions_seen_by(request.actor).filter(conference=conference)
    found = listed(
        rows.prefetch_related("coordinating").order_by("position", "pk"), asked
    )
    return found | {"items": [_told(row) for row in found["items"]]}


@router.post(
    "/{int:conference_id}/conclusions", response=Made, summary="Draft a conclusion"
)
def draft_conclusion(
    request: ApiRequest, conference_id: int, said: Draft
) -> dict[str, Any]:
    """Draft a conclusion; it waits for the chair."""
    drafted = conclusions.draft_conclusion(
        conference=prepared(request, conference_id), **_given(said), **acting(request)
    )
    return {"id": drafted.pk, "state": "drafted"}


@router.get(
    "/conclusions/{int:conclusion_id}",
    response=ConclusionWhole,
    auth=None,
    summary="A conclusion",
)
def conclusion(request: ApiRequest, conclusion_id: int) -> dict[str, Any]:
    """Return a conclusion that the actor may read."""
    rows = conclusions_seen_by(request.actor).prefetch_related("coordinating")
    return _told(get_object_or_404(rows, pk=conclusion_id))


@router.post(
    "/conclusions/{int:conclusion_id}/revise",
    response=Made,
    summary="Revise a conclusion",
)
def revise_conclusion(
    request: ApiRequest, conclusion_id: int, said: Draft
) -> dict[str, Any]:
    """Change a draft; the chair looks again."""
    row = _made(request, conclusion_id)
    conclusions.revise_conclusion(conclusion=row, **_given(said), **acting(request))
    return {"id": row.pk, "state": "drafted"}


@router.post(
    "/conclusions/{int:conclusion_id}/remove", response=Made, summary="Drop a draft"
)
def remove_conclusion(request: ApiRequest, conclusion_id: int) -> dict[str, Any]:
    """Drop a draft."""
    row = _made(request, conclusion_id)
    conclusions.remove_conclusion(conclusion=row, **acting(request))
    return {"id": conclusion_id, "state": "removed"}


@router.post(
    "/conclusions/{int:conclusion_id}/confirm",
    response=Made,
    summary="Confirm a conclusion",
)
def confirm_conclusion(
    request: ApiRequest, conclusion_id: int, asked: Query[Read]
) -> dict[str, Any]:
    """Confirm a conclusion, as the chair."""
    row = _made(request, conclusion_id)
    conclusions.confirm_conclusion(conclusion=row, read=asked.read, **acting(request))
    return {"id": row.pk, "state": "confirmed"}


@router.post(
    "/conclusions/{int:conclusion_id}/return",
    response=Made,
    summary="Return a conclusion",
)
def return_conclusion(request: ApiRequest, conclusion_id: int) -> dict[str, Any]:
    """Give a conclusion back to the secretariat."""
    row = _made(request, conclusion_id)
    conclusions.return_conclusion(conclusion=row, **acting(request))
    return {"id": row.pk, "state": "drafted"}


@router.post(
    "/{int:conference_id}/conclusions/issue",
    response=Made,
    summary="Issue the conclusions",
)
def issue_conclusions(request: ApiRequest, conference_id: int) -> Conference:
    """Issue the confirmed conclusions; each body gets its tasks."""
    run = queries.run_by(request.actor)
    conference = get_object_or_404(run, pk=conference_id)
    return conclusions.issue_conclusions(conference=conference, **acting(request))


def _made(request: ApiRequest, conclusion_id: int) -> Conclusion:
    run = queries.run_by(request.actor)
    return get_object_or_404(Conclusion, pk=conclusion_id, conference__in=run)


def _given(said: Draft) -> dict[str, Any]:
    bodies = Body.objects.in_bulk(said.coordinating_ids)
    if not set(said.coordinating_ids) <= bodies.keys():
        raise Http404
    lead = get_object_or_404(Body, pk=said.lead_id) if said.lead_id else None
    given = said.dict(exclude={"lead_id", "coordinating_ids"})
    return given | {"lead": lead, "coordinating": list(bodies.values())}


def _told(row: Conclusion) -> dict[str, Any]:
    fields = ConclusionWhole.model_fields.keys() - {"coordinating_ids", "wording"}
    told = {name: getattr(row, name) for name in fields}
    bodies = sorted(body.pk for body in row.coordinating.all())
    return told | {"coordinating_ids": bodies, "wording": wording(row)}
