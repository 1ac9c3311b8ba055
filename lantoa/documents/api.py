"""The register of papers for machines: the same queries and actions as the pages."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from lantoa.documents import actions, queries, rules
from lantoa.documents.models import Clause, DocumentType, Paper, PaperVersion
from lantoa.documents.vocabulary import Changes, ClauseText, Family, PaperState
from lantoa.files import queries as files
from lantoa.files.serving import DESCRIBED, attachment
from lantoa.kernel.actor import Actor
from lantoa.kernel.exchange import (
    ApiRequest,
    Asked,
    Day,
    Line,
    Listed,
    LongLine,
    Made,
    Number,
    Said,
    SaidLongLine,
    SaidText,
    Searched,
    Text,
    YesNo,
    acting,
    listed,
)
from lantoa.organisations.models import Body

router = Router(tags=["documents"])
Label = Annotated[str, Field(max_length=40, pattern=r"^[A-Za-z0-9][A-Za-z0-9.\-]*$")]


class PapersAsked(Searched):
    """Which papers; ``issuer`` is searched for without diacritics, too."""

    type_code: Annotated[str, Field(max_length=10, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    issuer: Annotated[str, Field(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    year: Annotated[int, Field(ge=1, le=9999)] | None = None


class TypeShown(Schema):
    """A type of paper, for as long as it is in use."""

    id: int
    code: str
    name: str
    family: Family
    valid_from: date | None
    valid_until: date | None


class PaperShort(Schema):
    """A paper in the register."""

    id: int
    code: str
    type: str
    type_code: str
    issuer: str
    issuer_id: int | None
    issued_on: date | None
    summary: str
    state: PaperState
    public: bool

    @staticmethod
    def resolve_type(paper: Paper) -> str:
        """Return the type's name."""
        return paper.type.name

    @staticmethod
    def resolve_type_code(paper: Paper) -> str:
        """Return the type's code."""
        return paper.type.code

    @staticmethod
    def resolve_issuer(paper: Paper) -> str:
        """Return the issuer's name."""
        return paper.issued_by


class PaperWhole(PaperShort):
    """A paper; its clauses, versions and links have lists of their own."""

    number: str
    place: str
    signed_as: str
    effective_from: date | None
    effective_until: date | None
    keeper_id: int | None
    file_id: int | None
    registered_at: datetime
    source: str


class ClauseShown(Schema):
    """A clause, at its own address; ``dropped`` by a correction it keeps it."""

    id: int
    paper_id: int
    label: str
    position: int
    heading: str
    text: str
    dropped: bool


class VersionShown(Schema):
    """What the paper said from a moment on."""

    number: int
    reason: str
    office: str
    at: datetime
    content: dict[str, Any]


class LinkShown(Schema):
    """A paper at a distance in the chain: below 0 what it carries out."""

    depth: int
    paper_id: int
    code: str


class ClauseSaid(Said):
    """A clause as the paper has it."""

    label: Label
    heading: LongLine = ""
    text: Text = ""


class PaperEntered(Said):
    """A paper; without ``code`` it gets the issuer's next number."""

    type_id: Number
    code: Annotated[str, Field(max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    issuer_id: Number | None = None
    issuer_name: Line = ""
    issued_on: Day
    place: Annotated[str, Field(max_length=80, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    summary: SaidText
    signed_as: Text = ""
    implements: Annotated[list[Number], Field(max_length=50)] = []
    recipient_ids: Annotated[list[Number], Field(max_length=200)] = []
    clauses: Annotated[list[ClauseSaid], Field(max_length=500)] = []
    effective_from: Day | None = None
    effective_until: Day | None = None
    file_id: Number | None = None
    public: YesNo = True


class Corrected(Said):
    """What a correction says otherwise; what is left out or null stays."""

    reason: SaidLongLine
    summary: SaidText | None = None
    issued_on: Day | None = None
    effective_from: Day | None = None
    effective_until: Day | None = None
    clauses: Annotated[list[ClauseSaid], Field(max_length=500)] | None = None


class Withdrawn(Said):
    """Why what the paper says stands no more."""

    reason: SaidLongLine


@router.get("", response=Listed[PaperShort], auth=None, summary="Register of papers")
def list_(request: ApiRequest, asked: Query[PapersAsked]) -> dict[str, Any]:
    """Return the papers that the actor may read and that match, newest first."""
    rows = queries.register(
        request.actor,
        text=asked.q,
        type_code=asked.type_code,
        issuer=asked.issuer,
        year=asked.year,
    )
    return listed(rows, asked)


@router.post("", response=Made, summary="Register a paper")
def register(request: ApiRequest, said: PaperEntered) -> Paper:
    """Enter a paper into the register of the actor's own body."""
    actor = request.actor
    bodies = Body.objects.in_bulk(said.recipient_ids)
    if not set(said.recipient_ids) <= bodies.keys():
        raise Http404
    issuer = get_object_or_404(Body, pk=said.issuer_id) if said.issuer_id else None
    readable = files.readable_by(actor)
    given = said.dict(
        exclude={
            "type_id",
            "issuer_id",
            "implements",
            "recipient_ids",
            "clauses",
            "file_id",
        }
    )
    return actions.register_paper(
        type=get_object_or_404(DocumentType, pk=said.type_id),
        issuer=issuer,
        symbol=queries.symbol_of(issuer) if issuer else "",
        keeper=Body.objects.filter(pk=actor.body_id or 0).first(),
        implements=_papers(actor, said.implements),
        recipients=list(bodies.values()),
        clauses=_clauses(said.clauses),
        file=get_object_or_404(readable, pk=said.file_id) if said.file_id else None,
        **given,
        **acting(request),
    )


@router.get("/types", response=Listed[TypeShown], auth=None, summary="Types of paper")
def types(request: ApiRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Return the types of paper, in use now or before."""
    return listed(DocumentType.objects.order_by("family", "code", "pk"), asked)


@router.get(
    "/types/{int:type_id}", response=TypeShown, auth=None, summary="A type of paper"
)
def type_(request: ApiRequest, type_id: int) -> DocumentType:
    """Return a type of paper."""
    return get_object_or_404(DocumentType, pk=type_id)


@router.get(
    "/clauses/{int:clause_id}", response=ClauseShown, auth=None, summary="Clause"
)
def clause(request: ApiRequest, clause_id: int) -> Clause:
    """Return a clause of a paper that the actor may read."""
    within = queries.visible_to(request.actor).values("pk")
    return get_object_or_404(Clause, pk=clause_id, paper__in=within)


@router.get("/{int:paper_id}", response=PaperWhole, auth=None, summary="A paper")
def paper(request: ApiRequest, paper_id: int) -> Paper:
    """Return a paper that the actor may read."""
    return _seen(request, paper_id)


@router.get(
    "/{int:paper_id}/clauses",
    response=Listed[ClauseShown],
    auth=None,
    summary="Clauses of a paper",
)
def clauses(request: ApiRequest, paper_id: int, asked: Query[Asked]) -> dict[str, Any]:
    """Return the clauses in their order, those that were dropped last."""
    found = _seen(request, paper_id)
    rows = Clause.objects.filter(paper=found)
    return listed(rows.order_by("dropped", "position", "pk"), asked)


@router.get(
    "/{int:paper_id}/versions",
    response=Listed[VersionShown],
    auth=None,
    summary="Versions of a paper",
)
def versions(request: ApiRequest, paper_id: int, asked: Query[Asked]) -> dict[str, Any]:
    """Return what the paper said from when on, and why it changed; oldest first."""
    found = _seen(request, paper_id)
    return listed(PaperVersion.objects.filter(paper=found).order_by("number"), asked)


@router.get(
    "/{int:paper_id}/chain",
    response=Listed[LinkShown],
    auth=None,
    summary="Chain of a paper",
)
def chain(request: ApiRequest, paper_id: int, asked: Query[Asked]) -> dict[str, Any]:
    """Return what the paper carries out, and what carries it out."""
    rows = [
        {"depth": step.depth, "paper_id": each.pk, "code": each.code}
        for step in queries.chain(request.actor, _seen(request, paper_id))
        for each in step.papers
    ]
    return listed(rows, asked)


@router.get(
    "/{int:paper_id}/file",
    auth=None,
    summary="File of a paper",
    openapi_extra=DESCRIBED,
)
def file(request: ApiRequest, paper_id: int) -> HttpResponse:
    """Hand out the paper's file to whoever may read the paper."""
    found = _seen(request, paper_id)
    if found.file is None:
        raise Http404
    return attachment(found.file)


@router.post("/{int:paper_id}/correct", response=Made, summary="Correct a paper")
def correct(request: ApiRequest, paper_id: int, said: Corrected) -> dict[str, Any]:
    """Give a paper its next version; the earlier ones stay."""
    version = actions.correct_paper(
        paper=_kept(request, paper_id),
        changes=Changes(
            **said.dict(exclude={"reason", "clauses"}),
            clauses=None if said.clauses is None else _clauses(said.clauses),
        ),
        reason=said.reason,
        **acting(request),
    )
    return {"id": paper_id, "state": f"version {version.number}"}


@router.post("/{int:paper_id}/withdraw", response=Made, summary="Withdraw a paper")
def withdraw(request: ApiRequest, paper_id: int, said: Withdrawn) -> dict[str, Any]:
    """Say that what the paper says stands no more."""
    actions.withdraw_paper(
        paper=_kept(request, paper_id), reason=said.reason, **acting(request)
    )
    return {"id": paper_id, "state": "withdrawn"}


def _seen(request: ApiRequest, paper_id: int) -> Paper:
    return get_object_or_404(queries.visible_to(request.actor), pk=paper_id)


def _kept(request: ApiRequest, paper_id: int) -> Paper:
    found = _seen(request, paper_id)
    rules.REGISTER.require(request.actor, found)
    return found


def _papers(actor: Actor, ids: Sequence[int]) -> list[Paper]:
    found = list(queries.visible_to(actor).filter(pk__in=ids))
    if len(found) < len(set(ids)):
        raise Http404
    return found


def _clauses(said: Sequence[ClauseSaid]) -> list[ClauseText]:
    return [ClauseText(each.label, each.heading, each.text) for each in said]
