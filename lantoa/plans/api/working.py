"""What is owed: listed, counted, planned, reported, judged, given more time."""

from collections.abc import Callable
from typing import IO, Annotated, Any, cast

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, File, Form, Query, Router, Schema
from ninja.files import UploadedFile

from lantoa.documents import queries as documents
from lantoa.files.serving import DESCRIBED, attachment
from lantoa.kernel.exchange import (
    LONGEST,
    ApiRequest,
    Asked,
    Flag,
    Listed,
    Made,
    acting,
    listed,
)
from lantoa.plans import actions, queries
from lantoa.plans.api.orders import Decided, Longer, Planned, Reported, Returned
from lantoa.plans.api.shapes import (
    BoardAsked,
    CellShown,
    CountsShown,
    ExtensionShown,
    MilestoneShown,
    ObligationsAsked,
    ObligationShown,
    ProgressShown,
    SilentAsked,
    SilentShown,
    WaitingShown,
    Wanted,
)
from lantoa.plans.models import ExtensionRequest, Milestone, Obligation, Progress
from lantoa.plans.queries import boards, silence

router = Router(tags=["tasks"])


class Enclosed(Schema):
    """What is said beside a file of evidence; milestone 0 is the whole work."""

    text: Annotated[str, Field(max_length=LONGEST)] = ""
    milestone_id: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0
    completes: Flag = False


def _wanted(asked: Wanted, **more: Any) -> queries.Asked:
    return queries.Asked(
        view=asked.view,
        paper=asked.paper_id,
        clause=asked.clause_id,
        origin=asked.origin_id,
        dispatcher=asked.dispatcher_id,
        body=asked.body_id,
        province=asked.province_id,
        stage=asked.stage,
        states=frozenset([asked.state] if asked.state else []),
        silent=asked.silent,
        **more,
    )


def _owed(request: ApiRequest, obligation_id: int) -> Obligation:
    """Return what a command is about: as little as it needs, officers report often."""
    rows = queries.obligations_visible_to(request.actor)
    return get_object_or_404(rows.select_related("task", "party"), pk=obligation_id)


@router.get("/obligations", response=Listed[ObligationShown], summary="Obligations")
def obligations(request: ApiRequest, asked: Query[ObligationsAsked]) -> dict[str, Any]:
    """Return the obligations that the actor may read, the soonest due first."""
    wanted = _wanted(asked, text=asked.q)
    rows = queries.listed(request.actor, wanted, timezone.localdate())
    return listed(rows.select_related("task", "party"), asked)


@router.get("/counts", response=CountsShown, summary="Counts by state")
def counts(request: ApiRequest, asked: Query[Wanted]) -> dict[str, Any]:
    """Return how many obligations are in each state: the rows that the list shows."""
    found = boards.counts(request.actor, _wanted(asked), timezone.localdate())
    return {"total": found.total, "by_state": found.by_state}


@router.get("/boards/{int:paper_id}", response=Listed[CellShown], summary="Board")
def board(
    request: ApiRequest, paper_id: int, asked: Query[BoardAsked]
) -> dict[str, Any]:
    """Return what a paper obliges to, counted by clause, lead body and state."""
    visible = documents.visible_to(request.actor)
    paper = get_object_or_404(visible, pk=paper_id)
    found = boards.paper_board(
        request.actor,
        paper,
        timezone.localdate(),
        view=asked.view,
        stage=asked.stage,
    )
    cells = sorted(found.cells, key=lambda c: (c.clause_id, c.body_id, c.state))
    shown = [
        {name: getattr(cell, name) for name in CellShown.model_fields} for cell in cells
    ]
    return listed(shown, asked)


@router.get("/silent", response=Listed[SilentShown], summary="The silent")
def silent(request: ApiRequest, asked: Query[SilentAsked]) -> dict[str, Any]:
    """Return who has not answered for what a paper set them, the longest first."""
    groups = silence.silent_groups(
        request.actor,
        _wanted(asked),
        timezone.localdate(),
        unopened=asked.unopened,
    )
    found = listed(groups, asked)
    shown = [
        {
            "body_id": each.body.pk,
            "paper_id": each.paper.pk,
            "number": each.number,
            "unreceived": each.unreceived,
            "since": each.since,
            "working_days": each.working_days,
        }
        for each in silence.named(found["items"], timezone.localdate())
    ]
    return found | {"items": shown}


@router.get("/to-judge", response=Listed[WaitingShown], summary="What waits for me")
def to_judge(request: ApiRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Return the completions and extensions that wait for the actor's verdict."""
    shown = [
        {"kind": each.kind, "id": each.pk, "at": each.at}
        for each in queries.to_judge(request.actor)
    ]
    return listed(shown, asked)


@router.get(
    "/obligations/{int:obligation_id}", response=ObligationShown, summary="Obligation"
)
def obligation(request: ApiRequest, obligation_id: int) -> Obligation:
    """Return an obligation that the actor may read, with its state of today."""
    rows = queries.owed(request.actor, timezone.localdate())
    return get_object_or_404(rows, pk=obligation_id)


@router.get(
    "/obligations/{int:obligation_id}/milestones",
    response=Listed[MilestoneShown],
    summary="Milestones",
)
def milestones(
    request: ApiRequest, obligation_id: int, asked: Query[Asked]
) -> dict[str, Any]:
    """Return the milestones of the plan as it stands."""
    return listed(queries.milestones_of(_owed(request, obligation_id)), asked)


@router.post(
    "/obligations/{int:obligation_id}/plan", response=Made, summary="Set the plan"
)
def plan(request: ApiRequest, obligation_id: int, said: Planned) -> dict[str, Any]:
    """Say the whole plan; what is not said any more is dropped."""
    owed = _owed(request, obligation_id)
    actions.set_plan(
        obligation=owed,
        milestones=[actions.MilestoneText(**each.dict()) for each in said.milestones],
        reason=said.reason,
        seen=said.seen,
        **acting(request),
    )
    return {"id": owed.pk, "state": "planned"}


@router.get(
    "/obligations/{int:obligation_id}/progress",
    response=Listed[ProgressShown],
    summary="Reports",
)
def reports(
    request: ApiRequest, obligation_id: int, asked: Query[Asked]
) -> dict[str, Any]:
    """Return what was reported, the newest first."""
    owed = _owed(request, obligation_id)
    return listed(queries.evidence_of(owed).order_by("-at", "-pk"), asked)


@router.post(
    "/obligations/{int:obligation_id}/progress", response=Made, summary="Report"
)
def report(request: ApiRequest, obligation_id: int, said: Reported) -> dict[str, Any]:
    """Report with a note; declared complete, it waits for its verdict."""
    owed = _owed(request, obligation_id)
    made = actions.report_progress(
        obligation=owed,
        text=said.text,
        content=None,
        file_name="",
        milestone=_milestone(owed, said.milestone_id),
        completes=said.completes,
        **acting(request),
    )
    return {"id": made.pk, "state": made.verdict or "reported"}


@router.post(
    "/obligations/{int:obligation_id}/evidence",
    response=Made,
    summary="Report with a file",
)
def enclose(
    request: ApiRequest,
    obligation_id: int,
    said: Form[Enclosed],
    file: File[UploadedFile],
) -> dict[str, Any]:
    """Report with a file as evidence, perhaps with a note."""
    owed = _owed(request, obligation_id)
    made = actions.report_progress(
        obligation=owed,
        text=said.text,
        content=cast("IO[bytes]", file.file),
        file_name=file.name or "",
        milestone=_milestone(owed, said.milestone_id),
        completes=said.completes,
        **acting(request),
    )
    return {"id": made.pk, "state": made.verdict or "reported"}


@router.get("/progress/{int:progress_id}", response=ProgressShown, summary="A report")
def progress(request: ApiRequest, progress_id: int) -> Progress:
    """Return a report about work that the actor may read."""
    found: Progress = _of_visible(request, Progress, progress_id)
    return found


@router.get(
    "/progress/{int:progress_id}/file",
    summary="Evidence",
    openapi_extra=DESCRIBED,
)
def evidence(request: ApiRequest, progress_id: int) -> HttpResponse:
    """Hand out the evidence of a report to whoever may read about the work."""
    rows = queries.evidence_visible_to(request.actor)
    found = get_object_or_404(rows, pk=progress_id)
    if found.file is None:
        raise Http404
    return attachment(found.file)


@router.post("/progress/{int:progress_id}/accept", response=Made, summary="Accept")
def accept(request: ApiRequest, progress_id: int) -> dict[str, Any]:
    """Accept work that was reported complete."""
    return _judged(request, progress_id, actions.accept_completion)


@router.post("/progress/{int:progress_id}/return", response=Made, summary="Return")
def return_(request: ApiRequest, progress_id: int, said: Returned) -> dict[str, Any]:
    """Give reported work back, with the reason."""
    return _judged(request, progress_id, actions.return_completion, reason=said.reason)


@router.get(
    "/obligations/{int:obligation_id}/extensions",
    response=Listed[ExtensionShown],
    summary="Requests for more time",
)
def extensions(
    request: ApiRequest, obligation_id: int, asked: Query[Asked]
) -> dict[str, Any]:
    """Return the requests for more time, the newest first."""
    owed = _owed(request, obligation_id)
    return listed(owed.extensions.order_by("-at", "-pk"), asked)


@router.post(
    "/obligations/{int:obligation_id}/extensions",
    response=Made,
    summary="Ask for more time",
)
def ask_extension(
    request: ApiRequest, obligation_id: int, said: Longer
) -> dict[str, Any]:
    """Ask for more time; the original day stays known."""
    made = actions.ask_extension(
        obligation=_owed(request, obligation_id), **said.dict(), **acting(request)
    )
    return {"id": made.pk, "state": made.decision}


@router.get(
    "/extensions/{int:extension_id}", response=ExtensionShown, summary="A request"
)
def extension(request: ApiRequest, extension_id: int) -> ExtensionRequest:
    """Return a request for more time about work that the actor may read."""
    found: ExtensionRequest = _of_visible(request, ExtensionRequest, extension_id)
    return found


@router.post(
    "/extensions/{int:extension_id}/decide", response=Made, summary="Decide a request"
)
def decide(request: ApiRequest, extension_id: int, said: Decided) -> dict[str, Any]:
    """Give more time, or refuse it with the reason."""
    row = _of_visible(request, ExtensionRequest, extension_id)
    done = actions.decide_extension(request=row, **said.dict(), **acting(request))
    return {"id": done.pk, "state": done.decision}


def _milestone(owed: Obligation, milestone_id: int | None) -> Milestone | None:
    if not milestone_id:
        return None
    return get_object_or_404(owed.milestones, pk=milestone_id)


def _of_visible(request: ApiRequest, model: type[Any], pk: int) -> Any:
    visible = queries.obligations_visible_to(request.actor)
    rows = model.objects.select_related("obligation__task", "obligation__party")
    return get_object_or_404(rows, pk=pk, obligation__in=visible)


def _judged(
    request: ApiRequest, progress_id: int, act: Callable[..., Progress], **more: str
) -> dict[str, Any]:
    row = _of_visible(request, Progress, progress_id)
    done = act(progress=row, **more, **acting(request))
    return {"id": done.pk, "state": done.verdict}
