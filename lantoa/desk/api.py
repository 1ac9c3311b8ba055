"""The journal for machines: what was recorded about one thing."""

from datetime import datetime
from typing import Annotated, Any

from django.apps import apps
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.html import strip_tags
from ninja import Field, Query, Router, Schema
from pydantic import AfterValidator

from lantoa.desk.subjects import NOUNS, READ, readable
from lantoa.desk.telling import tell
from lantoa.journal import queries
from lantoa.journal.models import Entry
from lantoa.kernel.exchange import MOST, USUAL, ApiRequest
from lantoa.kernel.refusal import NotPermitted
from lantoa.kernel.rule import require_anywhere

router = Router(tags=["journal"])


def _known(noun: str) -> str:
    if noun not in NOUNS:
        raise ValueError("no kind of thing that the journal tells of")
    return noun


Noun = Annotated[
    str, AfterValidator(_known), Field(json_schema_extra={"enum": sorted(NOUNS)})
]


class OlderThan(Schema):
    """Entries older than the one numbered ``before``; the newest without one."""

    before: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None
    limit: Annotated[int, Field(ge=1, le=MOST)] = USUAL


class AboutAsked(OlderThan):
    """What the entries are about: a kind of thing, and its number."""

    noun: Noun
    number: Annotated[int, Field(ge=1, le=2**63 - 1)]


class EntryShown(Schema):
    """A fact: who recorded it by office, when, about what."""

    id: int
    name: str
    sentence: str
    payload: dict[str, Any]
    subjects: list[str]
    office: str
    mandate_id: int | None
    occurred_at: datetime
    recorded_at: datetime


class Entries(Schema):
    """Entries, the newest first; ``before`` leads to the older ones, null = none."""

    before: int | None
    items: list[EntryShown]


@router.get("", response=Entries, summary="Journal of one's own body")
def newest(request: ApiRequest, asked: Query[OlderThan]) -> dict[str, Any]:
    """Return what was recorded last: everywhere, or about one's own body."""
    require_anywhere(request.actor, READ)
    everywhere = request.actor.reach.covers(READ, None)
    subject = "" if everywhere else f"body:{request.actor.body_id}"
    return _slice(queries.entries(subject=subject), asked)


@router.get("/about", response=Entries, auth=None, summary="Journal of a thing")
def about(request: ApiRequest, asked: Query[AboutAsked]) -> dict[str, Any]:
    """Return what was recorded about one thing."""
    row = get_object_or_404(apps.get_model(NOUNS[asked.noun].model), pk=asked.number)
    if not readable(request.actor, asked.noun, row):
        raise NotPermitted
    return _slice(queries.entries(subject=f"{asked.noun}:{asked.number}"), asked)


def _slice(rows: QuerySet[Entry], asked: OlderThan) -> dict[str, Any]:
    if asked.before is not None:
        rows = rows.filter(pk__lt=asked.before)
    found = list(rows[: asked.limit + 1])
    shown = found[: asked.limit]
    more = len(found) > asked.limit
    fields = EntryShown.model_fields.keys() - {"id", "sentence"}
    items = [
        {name: getattr(told.entry, name) for name in fields}
        | {"id": told.entry.pk, "sentence": strip_tags(told.sentence)}
        for told in tell(shown)
    ]
    return {"before": shown[-1].pk if more else None, "items": items}
