"""The report at the opening: what became of earlier conclusions, by the figures."""

from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from lantoa.conferences.actions import opening as actions
from lantoa.conferences.api.preparing import prepared
from lantoa.conferences.models import OpeningClause, OpeningReport
from lantoa.conferences.queries import conferences as queries
from lantoa.conferences.queries import opening
from lantoa.conferences.queries.scopes import opening_reports_seen_by, seen_by
from lantoa.kernel.exchange import (
    WHOLE,
    ApiRequest,
    Asked,
    Day,
    Line,
    Listed,
    LongLine,
    Made,
    Number,
    Said,
    SaidLine120,
    SaidText,
    acting,
    listed,
)
from lantoa.plans.vocabulary import WorkState

router = Router(tags=["conferences"])


class ReportShort(Schema):
    """A report on earlier conclusions; without an item it is not on the agenda yet."""

    id: int
    conference_id: int
    about_id: int
    item_id: int | None


class ClauseTold(Schema):
    """An earlier clause: its figures as they were told, and as they are now."""

    id: int
    clause_id: int
    remark: str
    carried_id: int | None
    told: dict[WorkState, int]
    now: dict[WorkState, int]


class ReportWhole(ReportShort):
    """The newest version of a report, clause by clause."""

    version: int
    as_of: date
    clauses: list[ClauseTold]


class Drafted(Said):
    """The paper of the earlier conclusions."""

    paper_id: Number


class RemarkSaid(Said):
    """What the secretariat remarks on a clause."""

    clause_id: Number
    remark: Annotated[
        str, Field(max_length=5_000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")
    ]


class Updated(Said):
    """Remarks; the figures become those of today."""

    remarks: Annotated[list[RemarkSaid], Field(max_length=200)] = []
    reason: LongLine = ""
    seen: Number | None = None  # the version that was read


class Placed(Said):
    """Where the report stands in the programme."""

    minutes: Annotated[int, Field(ge=1, le=120), WHOLE]
    presenter_office: Line = ""


class Carried(Said):
    """What an earlier clause asks from now on, and by when."""

    work: SaidText
    deadline_text: SaidLine120
    due_on: Day | None = None


@router.get(
    "/{int:conference_id}/opening-reports",
    response=Listed[ReportShort],
    summary="Opening reports of a conference",
)
def opening_reports(
    request: ApiRequest, conference_id: int, asked: Query[Asked]
) -> dict[str, Any]:
    """Return the reports on earlier conclusions that the actor may read."""
    conference = get_object_or_404(seen_by(request.actor), pk=conference_id)
    rows = opening_reports_seen_by(request.actor).filter(conference=conference)
    return listed(rows.order_by("about__issued_on", "pk"), asked)


@router.post(
    "/{int:conference_id}/opening-reports",
    response=Made,
    summary="Draft an opening report",
)
def draft_opening_report(
    request: ApiRequest, conference_id: int, said: Drafted
) -> dict[str, Any]:
    """Draft what the conference is told of earlier conclusions; nothing is typed."""
    conference = prepared(request, conference_id)
    papers = opening.reportable(request.actor, conference)
    made = actions.draft_opening_report(
        conference=conference,
        about=get_object_or_404(papers, pk=said.paper_id),
        **acting(request),
    )
    return {"id": made.pk, "state": "drafted"}


@router.get(
    "/opening-reports/{int:report_id}", response=ReportWhole, summary="Opening report"
)
def opening_report(request: ApiRequest, report_id: int) -> dict[str, Any]:
    """Return a report clause by clause, with the figures of today beside those told."""
    found = _seen(request, report_id)
    version = opening.last_version(found)
    told = opening.told(found, version, timezone.localdate())
    return {
        **{name: getattr(found, name) for name in ReportShort.model_fields},
        "version": version.number,
        "as_of": version.as_of,
        "clauses": [
            {
                "id": each.row.pk,
                "clause_id": each.row.clause_id,
                "remark": each.remark,
                "carried_id": each.row.carried_id,
                "told": each.told.states,
                "now": each.now.states,
            }
            for each in told
        ],
    }


@router.post(
    "/opening-reports/{int:report_id}/update",
    response=Made,
    summary="Update an opening report",
)
def update_opening_report(
    request: ApiRequest, report_id: int, said: Updated
) -> dict[str, Any]:
    """Give the report its next version: the figures of today, and remarks."""
    made = actions.update_opening_report(
        report=_prepared(request, report_id),
        remarks={each.clause_id: each.remark for each in said.remarks},
        reason=said.reason,
        seen=said.seen,
        **acting(request),
    )
    return {"id": report_id, "state": f"version {made.number}"}


@router.post(
    "/opening-reports/{int:report_id}/place",
    response=Made,
    summary="Place an opening report",
)
def place_opening_report(
    request: ApiRequest, report_id: int, said: Placed
) -> dict[str, Any]:
    """Put the report on the agenda of its conference."""
    item = actions.place_opening_report(
        report=_prepared(request, report_id), **said.dict(), **acting(request)
    )
    return {"id": item.pk, "state": "placed"}


@router.post(
    "/opening-clauses/{int:reported_id}/carry",
    response=Made,
    summary="Carry a clause over",
)
def carry_over(request: ApiRequest, reported_id: int, said: Carried) -> dict[str, Any]:
    """Let an earlier clause go on in the new conclusions, newly dated."""
    run = queries.run_by(request.actor)
    rows = OpeningClause.objects.filter(report__conference__in=run)
    reported = get_object_or_404(
        rows.select_related("report__conference", "clause"), pk=reported_id
    )
    made = actions.carry_over(reported=reported, **said.dict(), **acting(request))
    return {"id": made.pk, "state": "drafted"}


def _seen(request: ApiRequest, report_id: int) -> OpeningReport:
    rows = opening_reports_seen_by(request.actor).select_related("conference", "about")
    return get_object_or_404(rows, pk=report_id)


def _prepared(request: ApiRequest, report_id: int) -> OpeningReport:
    own = queries.prepared_by(request.actor)
    rows = OpeningReport.objects.select_related("conference", "about__type")
    return get_object_or_404(rows, pk=report_id, conference__in=own)
