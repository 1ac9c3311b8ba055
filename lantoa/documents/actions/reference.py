"""The facts every installation has: types of paper, and the founding papers."""

from datetime import datetime
from typing import Any

from lantoa.documents import data, queries
from lantoa.documents.actions.papers import register_paper
from lantoa.documents.events import DocumentTypesLoaded
from lantoa.documents.models import DocumentType, Paper
from lantoa.documents.vocabulary import Family, Subject
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.kernel.rule import require_anywhere
from lantoa.organisations.data.rows import day
from lantoa.organisations.models import Body

KEEP_TYPES = "documents.types"


@action
def load_document_types(*, actor: Actor, at: datetime) -> None:
    """Enter the types of paper that are not there yet.

    Raises:
        NotPermitted: the actor doesn't keep the types.
    """
    require_anywhere(actor, KEEP_TYPES)
    held = set(DocumentType.objects.values_list("family", "code", "valid_from"))
    missing = [
        row
        for row in data.document_types()
        if (row["family"], row["code"], day(row["valid_from"])) not in held
    ]
    DocumentType.objects.bulk_create(
        DocumentType(
            **{**row, "valid_from": day(row["valid_from"])}
            | {"valid_until": day(row["valid_until"])}
        )
        for row in missing
    )
    if not missing:
        unchanged()
        return
    codes = [f"{row['family']}:{row['code']}" for row in missing]
    record(DocumentTypesLoaded(codes=codes), by=actor, at=at)


@action
def load_founding_papers(*, actor: Actor, at: datetime) -> None:
    """Enter Directive 32, Conclusion 80 and Decision 1521, as far as they are known.

    Raises:
        NotPermitted: the actor doesn't register papers everywhere.
    """
    unchanged()  # on every start but the first
    facts = data.founding_papers()
    codes = [fact["code"] for fact in facts]
    known = {paper.code: paper for paper in Paper.objects.filter(code__in=codes)}
    for fact in facts:
        if fact["code"] not in known:
            known[fact["code"]] = _register(fact, known, actor, at)


def _register(
    fact: dict[str, Any], known: dict[str, Paper], actor: Actor, at: datetime
) -> Paper:
    family = Family(fact["family"])
    source = fact.get("subjects_source", "")
    return register_paper(
        actor=actor,
        type=queries.type_of(fact["type"], fact["issued_on"], family),
        number=fact["number"],
        code=fact["code"],
        issuer=Body.objects.filter(slug=fact["issuer"]).first(),
        issuer_name=fact["issuer_name"],
        issued_on=fact["issued_on"],
        summary=fact["summary"],
        implements=[known[code] for code in fact["implements"]],
        subjects=[Subject(text, source) for text in fact.get("subjects", [])],
        source=fact["source"],
        at=at,
    )
