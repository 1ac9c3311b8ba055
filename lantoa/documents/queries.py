"""Reading the register of papers."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from lantoa.documents import rules
from lantoa.documents.models import Clause, DocumentType, Paper, Recipient
from lantoa.documents.vocabulary import Family
from lantoa.kernel.actor import Actor
from lantoa.kernel.sql import Fold
from lantoa.kernel.text import fold
from lantoa.organisations.models import Body, valid_on
from lantoa.organisations.vocabulary import BodyKind

_SYMBOLS = {
    BodyKind.COUNCIL: "HĐPH",
    BodyKind.PEOPLES_COMMITTEE: "UBND",
    BodyKind.PEOPLES_COUNCIL: "HĐND",
}


def type_of(code: str, on: date, family: Family = Family.STATE) -> DocumentType:
    """Return the type of paper with that code on a day.

    Raises:
        DocumentType.DoesNotExist: none was in use.
    """
    return DocumentType.objects.get(valid_on(on), code=code, family=family)


def symbol_of(body: Body) -> str:
    """Return the abbreviation under which *body* numbers its papers: "HĐPH", "BTP".

    Source:
        Decree 30/2020/NĐ-CP, Appendix I, 3: the issuer is abbreviated by the initials
        of its name without that of its territory.
    """
    if body.kind in _SYMBOLS:
        return _SYMBOLS[BodyKind(body.kind)]
    name = re.split(r" (?:tỉnh|thành phố|quận|huyện|thị xã) ", body.name)[0]
    words = re.findall(r"\w+", name)
    small = {"và", "của", "các", "về"}
    return "".join(word[0].upper() for word in words if word not in small)


def visible_to(actor: Actor) -> QuerySet[Paper]:
    """Return the papers that *actor* may read: public, in reach, or sent to them."""
    sent = rules.READ_AS_RECIPIENT.scope(
        actor, Recipient.objects.filter(paper=OuterRef("pk"))
    )
    return Paper.objects.filter(
        Q(public=True)
        | actor.reach.rows(rules.READ.capability, rules.READ.via)
        | Exists(sent)
    ).select_related("type", "issuer")


def register(
    actor: Actor,
    *,
    text: str = "",
    type_code: str = "",
    issuer: str = "",
    year: int | None = None,
) -> QuerySet[Paper]:
    """Return the papers that match, newest first; diacritics may be left out."""
    papers = visible_to(actor).alias(
        issuer_folded=Fold("issuer_name"), type_folded=Fold("type__name")
    )
    for word in fold(text).split():
        papers = papers.filter(
            Q(folded__contains=word)
            | Q(type_folded__contains=word)
            | Q(issuer__folded__contains=word)
            | Exists(Clause.objects.filter(paper=OuterRef("pk"), folded__contains=word))
        )
    if type_code:
        papers = papers.filter(type__code=type_code)
    for word in fold(issuer).split():
        papers = papers.filter(
            Q(issuer__folded__contains=word) | Q(issuer_folded__contains=word)
        )
    if year is not None:
        papers = papers.filter(year=year)
    return papers.order_by(Paper._meta.indexes[0].expressions[0], "-pk")


@dataclass(frozen=True, slots=True)
class ChainStep:
    """The papers that stand at one distance in a chain of directives.

    ``depth`` is below 0 for what the paper carries out, above for what carries it out.
    """

    depth: int
    papers: list[Paper]


def chain(actor: Actor, paper: Paper) -> list[ChainStep]:
    """Return the chain a paper stands in, the first directive first; two queries."""
    with connection.cursor() as cursor:
        cursor.execute(_CHAIN, {"paper": paper.pk})
        depths: dict[int, int] = dict(cursor.fetchall())
    steps: defaultdict[int, list[Paper]] = defaultdict(list)
    for each in visible_to(actor).filter(pk__in=depths).order_by("issued_on", "pk"):
        steps[depths[each.pk]].append(each)
    return [ChainStep(depth, steps[depth]) for depth in sorted(steps)]


_CHAIN = """
WITH RECURSIVE up AS (
    SELECT %(paper)s::bigint AS id, 0 AS depth
     UNION
    SELECT link.directive_id, up.depth - 1
      FROM up JOIN documents_implementation AS link ON link.paper_id = up.id
     WHERE up.depth > -12
), down AS (
    SELECT %(paper)s::bigint AS id, 0 AS depth
     UNION
    SELECT link.paper_id, down.depth + 1
      FROM down JOIN documents_implementation AS link ON link.directive_id = down.id
     WHERE down.depth < 12
)
SELECT id, CASE WHEN min(depth) < 0 THEN min(depth) ELSE max(depth) END
  FROM (SELECT * FROM up UNION SELECT * FROM down) AS hops GROUP BY id
"""


def types_in_use(actor: Actor) -> list[tuple[str, str]]:
    """Return code and name of the types of paper that the actor's register holds."""
    types = visible_to(actor).order_by("type__name")
    return list(types.values_list("type__code", "type__name").distinct())


def years_in_use(actor: Actor) -> list[int]:
    """Return the years of the papers in the actor's register, newest first."""
    dated = visible_to(actor).filter(year__isnull=False).order_by("-year")
    return list(dated.values_list("year", flat=True).distinct())


def issuer_named(name: str, on: date) -> Body | None:
    """Return the one body in being on a day that bears *name*, None if not one."""
    named = Q(name__iexact=name) | Q(short_name__iexact=name)
    found = list(Body.objects.on(on).filter(named)[:2])
    return found[0] if len(found) == 1 else None


def clauses_of(paper: Paper) -> QuerySet[Clause]:
    """Return the clauses that stand in a paper, in its order."""
    return Clause.objects.filter(paper=paper, dropped=False).order_by("position")


def content_of(paper: Paper) -> dict[str, Any]:
    """Return everything that the paper says now, as a version keeps it."""
    return {
        "code": paper.code,
        "type": paper.type.name,
        "issuer": paper.issued_by,
        "issued_on": _iso(paper.issued_on),
        "place": paper.place,
        "summary": paper.summary,
        "signed_as": paper.signed_as,
        "effective_from": _iso(paper.effective_from),
        "effective_until": _iso(paper.effective_until),
        "state": paper.state,
        "file": paper.file.sha256 if paper.file else None,
        "clauses": [
            {"label": each.label, "heading": each.heading, "text": each.text}
            for each in clauses_of(paper)
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
