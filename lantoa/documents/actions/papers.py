"""Entering official papers into the register."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction

from lantoa.documents import queries, rules
from lantoa.documents.actions.numbers import next_number
from lantoa.documents.events import PaperRegistered
from lantoa.documents.models import (
    Clause,
    DocumentType,
    Implementation,
    Paper,
    PaperVersion,
    Recipient,
    SubjectMatter,
)
from lantoa.documents.vocabulary import (
    ClauseText,
    CodeTaken,
    EffectBackwards,
    IssuerMissing,
    LabelUnusable,
    Subject,
    SummaryMissing,
)
from lantoa.files import actions as files
from lantoa.files.models import StoredFile
from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.organisations.models import Body

_LABEL = re.compile(r"[\w][\w.\-]{0,39}")
_UNIQUE = "a_code_is_given_once_by_an_issuer_in_a_year"


@action
def register_paper(
    *,
    actor: Actor,
    type: DocumentType,  # noqa: A002 -- the domain's word
    number: str = "",
    code: str = "",
    symbol: str = "",
    issuer: Body | None = None,
    issuer_name: str = "",
    issued_on: date | None,
    place: str = "",
    summary: str,
    signed_as: str = "",
    implements: Sequence[Paper] = (),
    recipients: Sequence[Body] = (),
    clauses: Sequence[ClauseText] = (),
    subjects: Sequence[Subject] = (),
    file: StoredFile | None = None,
    effective_from: date | None = None,
    effective_until: date | None = None,
    keeper: Body | None = None,
    public: bool = True,
    source: str = "",
    at: datetime,
) -> Paper:
    """Enter a paper with its clauses; without a number it gets the issuer's next one.

    Args:
        code: number and symbol as printed; made from *number* and *symbol* if empty.
        symbol: the issuer's abbreviation, "HĐPH".
        issuer_name: for an issuer that is not in the register of bodies.
        signed_as: authority and office over the signature, a line each, no name.
        keeper: the body in whose register the paper stands; the issuer, if not said.
        public: whether anybody may read it; its file is opened with it.

    Raises:
        NotPermitted: the actor doesn't register papers for the keeper.
        IssuerMissing, SummaryMissing: what a paper must have.
        LabelUnusable: two clauses with one label, or one that can't be an address.
        EffectBackwards: it would end before it began.
        CodeTaken: the issuer gave this code to another paper that year.
    """
    paper = Paper(
        type=type,
        number=number.strip(),
        code=code.strip(),
        issuer=issuer,
        issuer_name="" if issuer else issuer_name.strip(),
        issued_on=issued_on,
        place=place.strip(),
        summary=summary.strip(),
        signed_as=signed_as.strip(),
        file=file,
        effective_from=effective_from,
        effective_until=effective_until,
        keeper=keeper or issuer,
        public=public,
        registered_at=at,
        source=source,
    )
    rules.REGISTER.require(actor, paper)
    check(paper, clauses)
    _give_code(paper, symbol, at)
    _save_new(paper)
    rows = Clause.objects.bulk_create(
        Clause(paper=paper, position=n, label=c.label, heading=c.heading, text=c.text)
        for n, c in enumerate(clauses, start=1)
    )
    SubjectMatter.objects.bulk_create(
        SubjectMatter(paper=paper, position=n, text=each.text, source=each.source)
        for n, each in enumerate(subjects, start=1)
    )
    Implementation.objects.bulk_create(
        Implementation(paper=paper, directive=each, since=issued_on)
        for each in implements
    )
    Recipient.objects.bulk_create(
        Recipient(paper=paper, body_id=pk) for pk in sorted({b.pk for b in recipients})
    )
    if file is not None and public and not file.public:
        files.publish_file(actor=actor, file=file, at=at)
    write_version(paper, number=1, reason="", actor=actor, at=at)
    record(
        PaperRegistered(
            paper_id=paper.pk,
            body_id=paper.issuer_id,
            code=paper.code,
            clause_ids=[row.pk for row in rows],
            directives=[each.pk for each in implements],
        ),
        by=actor,
        at=at,
    )
    return paper


@action
def issue_notice(
    *,
    actor: Actor,
    issuer: Body,
    issued_on: date,
    summary: str,
    clauses: Sequence[ClauseText],
    implements: Sequence[Paper] = (),
    recipients: Sequence[Body] = (),
    place: str = "",
    signed_as: str = "",
    public: bool = True,
    at: datetime,
) -> Paper:
    """Issue a notice (Thông báo) under the issuer's next number, in force at once.

    Raises:
        NotPermitted, SummaryMissing, LabelUnusable: as ``register_paper``.
    """
    return register_paper(
        actor=actor,
        type=queries.type_of("TB", issued_on),
        symbol=queries.symbol_of(issuer),
        issuer=issuer,
        issued_on=issued_on,
        place=place,
        summary=summary,
        signed_as=signed_as,
        implements=implements,
        recipients=recipients,
        clauses=clauses,
        effective_from=issued_on,
        public=public,
        at=at,
    )


def check(paper: Paper, clauses: Sequence[ClauseText]) -> None:
    """Refuse a paper that lacks what a paper must have."""
    if paper.issuer is None and not paper.issuer_name:
        raise IssuerMissing
    if not paper.summary:
        raise SummaryMissing
    begins, ends = paper.effective_from, paper.effective_until
    if begins is not None and ends is not None and ends <= begins:
        raise EffectBackwards
    labels = [each.label for each in clauses]
    if len(set(labels)) < len(labels) or not all(map(_LABEL.fullmatch, labels)):
        raise LabelUnusable


def write_version(
    paper: Paper, *, number: int, reason: str, actor: Actor, at: datetime
) -> PaperVersion:
    """Keep what the paper says now, under who said so and why."""
    return PaperVersion.objects.create(
        paper=paper,
        number=number,
        content=queries.content_of(paper),
        reason=reason,
        office=actor.office,
        mandate_id=actor.mandate_id,
        at=at,
    )


def _give_code(paper: Paper, symbol: str, at: datetime) -> None:
    if paper.number or paper.code:
        paper.number = paper.number or paper.code.split("/")[0].split("-")[0]
        paper.code = paper.code or paper.type.code_of(paper.number, symbol)
        return
    if paper.issuer is None:
        raise IssuerMissing
    year = (paper.issued_on or at).year
    taken = next_number(issuer=paper.issuer, type=paper.type, year=year, symbol=symbol)
    paper.number, paper.code = taken.number, taken.code


def _save_new(paper: Paper) -> None:
    try:
        with transaction.atomic():
            paper.save(force_insert=True)
    except IntegrityError as error:
        if _UNIQUE in str(error):
            raise CodeTaken from error
        raise
