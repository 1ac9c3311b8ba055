"""A person's notices for machines."""

from datetime import datetime, time
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from pydantic import BeforeValidator

from lantoa.identity.models import Person
from lantoa.kernel.exchange import (
    ApiRequest,
    Asked,
    Listed,
    Made,
    Moved,
    Said,
    YesNo,
    acting,
    by_token,
    listed,
)
from lantoa.kernel.refusal import NotPermitted
from lantoa.notices import kinds, queries
from lantoa.notices.actions import choose_notices, mark_read
from lantoa.notices.models import Notice, Preference

router = Router(tags=["notices"])
personal = Router(tags=["notices"])  # a person's choice is no machine's
_HOUR = r"^([01]\d|2[0-3]):[0-5]\d$"


def _hour(value: Any) -> Any:
    return value.strftime("%H:%M") if isinstance(value, time) else value


Hour = Annotated[str, Field(pattern=_HOUR), BeforeValidator(_hour)]


class NoticesAsked(Asked):
    """Which notices."""

    kind: Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9_.]*$")] = ""


class NoticeShown(Schema):
    """Something a person is told, once for each occasion."""

    id: int
    kind: str
    subject: str
    href: str
    text: str
    mandate_id: int | None
    created_at: datetime
    read_at: datetime | None


class Chosen(Said):
    """What comes by e-mail, and when; hours of Ha Noi."""

    by_mail: dict[str, YesNo] = {}
    digest_at: Hour = "07:30"
    quiet_from: Hour = "20:00"
    quiet_until: Hour = "07:00"
    language: Annotated[str, Field(pattern=r"^(vi|en)$")] = "vi"


@router.get("", response=Listed[NoticeShown], summary="My notices")
def list_(request: ApiRequest, asked: Query[NoticesAsked]) -> dict[str, Any]:
    """Return one's notices: unread ones first, each part the newest first."""
    return listed(_own(request, asked.kind), asked)


@router.post("/read", response=Moved, summary="Mark all as read")
def read_all(request: ApiRequest) -> dict[str, int]:
    """Mark all of one's notices as read."""
    unread = _own(request).filter(read_at=None).values_list("pk", flat=True)
    return {"moved": mark_read(notices=unread, **acting(request))}


@personal.get("/preference", response=Chosen, summary="My choice of notices")
def preference(request: ApiRequest) -> Preference:
    """Return what comes by e-mail, and when."""
    return queries.preference_of(request.actor.person_id or 0)


@personal.post("/preference", response=Made, summary="Choose notices")
def choose(request: ApiRequest, said: Chosen) -> dict[str, Any]:
    """Choose which kinds come by e-mail, when, and in which language."""
    person = Person.objects.filter(pk=request.actor.person_id or 0).first()
    if person is None:
        raise NotPermitted
    known = {name: yes for name, yes in said.by_mail.items() if kinds.is_known(name)}
    chosen = choose_notices(
        person=person,
        by_mail=known,
        digest_at=time.fromisoformat(said.digest_at),
        quiet_from=time.fromisoformat(said.quiet_from),
        quiet_until=time.fromisoformat(said.quiet_until),
        language=said.language,
        **acting(request),
    )
    return {"id": chosen.pk, "state": "chosen"}


@router.get("/{int:notice_id}", response=NoticeShown, summary="A notice")
def notice(request: ApiRequest, notice_id: int) -> Notice:
    """Return one of one's own notices."""
    return get_object_or_404(_own(request), pk=notice_id)


@router.post("/{int:notice_id}/read", response=Moved, summary="Mark as read")
def read(request: ApiRequest, notice_id: int) -> dict[str, int]:
    """Mark one of one's own notices as read."""
    found = get_object_or_404(_own(request), pk=notice_id)
    return {"moved": mark_read(notices=[found.pk], **acting(request))}


def _own(request: ApiRequest, kind: str = "") -> QuerySet[Notice]:
    """Return a person's notices; by token those of its mandate, and of none."""
    actor = request.actor
    own = queries.notices_of(actor.person_id or 0, kind=kind)
    if by_token(request):
        own = own.filter(Q(mandate=None) | Q(mandate=actor.mandate_id))
    return own
