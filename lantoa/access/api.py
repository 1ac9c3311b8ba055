"""Mandates for machines: one's own; and, for who grants them, everybody's."""

from datetime import date
from typing import Annotated, Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from lantoa.access import actions, queries
from lantoa.access.models import Mandate
from lantoa.access.vocabulary import Force, Role
from lantoa.identity.models import Person
from lantoa.kernel.exchange import (
    ApiRequest,
    Asked,
    Day,
    Listed,
    Made,
    Number,
    Said,
    SaidLine,
    Searched,
    acting,
    by_token,
    listed,
)
from lantoa.kernel.rule import require_anywhere
from lantoa.organisations.models import Body

router = Router(tags=["access"])
administration = Router(tags=["administration"])


class MandateShown(Schema):
    """A role at a body, given to a person for a time."""

    id: int
    person_id: int
    role: Role
    body_id: int
    office: str
    starts_on: date
    ends_on: date | None


class OneActing(Schema):
    """Who asks, and under which mandate."""

    person_id: int | None
    mandate_id: int | None
    body_id: int | None
    office: str


class MandatesAsked(Searched):
    """Which mandates; in force now, unless asked otherwise."""

    role: Role | None = None
    force: Force = Force.NOW


class PersonShown(Schema):
    """An account."""

    id: int
    email: str
    is_active: bool
    must_change_password: bool


class PeopleAsked(Asked):
    """Which accounts: of all, or that of one address."""

    email: Annotated[str, Field(max_length=254, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""


class Granted(Said):
    """A role at a body for a time, for somebody with an account."""

    person_id: Number
    role: Role
    body_id: Number
    office: SaidLine
    starts_on: Day
    ends_on: Day | None = None


@router.get("/me", response=OneActing, summary="Who I am here")
def me(request: ApiRequest) -> dict[str, Any]:
    """Return the mandate under which the session or the token acts."""
    actor = request.actor
    return {name: getattr(actor, name) for name in OneActing.model_fields}


@router.get("/mandates", response=Listed[MandateShown], summary="My mandates")
def mandates(request: ApiRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Return the mandates one has or had, the newest first."""
    return listed(_own(request), asked)


@router.get("/mandates/{int:mandate_id}", response=MandateShown, summary="My mandate")
def mandate(request: ApiRequest, mandate_id: int) -> Mandate:
    """Return one of one's own mandates."""
    return get_object_or_404(_own(request), pk=mandate_id)


def _own(request: ApiRequest) -> QuerySet[Mandate]:
    """Return a person's mandates; by token the one that it stands for."""
    own = queries.all_mandates_of(request.actor.person_id or 0)
    return own.filter(pk=request.actor.mandate_id or 0) if by_token(request) else own


@administration.get(
    "/mandates", response=Listed[MandateShown], summary="Everybody's mandates"
)
def register(request: ApiRequest, asked: Query[MandatesAsked]) -> dict[str, Any]:
    """Return the mandates that hold every word, by office in dictionary order."""
    require_anywhere(request.actor, actions.GRANT)
    rows = queries.register(
        timezone.localdate(),
        words=asked.q,
        role=asked.role or "",
        force=asked.force,
    )
    return listed(rows, asked)


@administration.post("/mandates", response=Made, summary="Grant a mandate")
def grant(request: ApiRequest, said: Granted) -> dict[str, Any]:
    """Give somebody a role at a body for a time."""
    require_anywhere(request.actor, actions.GRANT)
    granted = actions.grant_mandate(
        person=get_object_or_404(Person, pk=said.person_id),
        body=get_object_or_404(Body, pk=said.body_id),
        **said.dict(exclude={"person_id", "body_id"}),
        **acting(request),
    )
    return {"id": granted.pk, "state": "granted"}


@administration.get(
    "/mandates/{int:mandate_id}", response=MandateShown, summary="Anybody's mandate"
)
def anybodys_mandate(request: ApiRequest, mandate_id: int) -> Mandate:
    """Return a mandate, in force or not."""
    require_anywhere(request.actor, actions.GRANT)
    return get_object_or_404(Mandate, pk=mandate_id)


@administration.post(
    "/mandates/{int:mandate_id}/end", response=Made, summary="End a mandate"
)
def end(request: ApiRequest, mandate_id: int) -> dict[str, Any]:
    """End a mandate now."""
    require_anywhere(request.actor, actions.GRANT)
    row = get_object_or_404(Mandate, pk=mandate_id)
    actions.end_mandate(mandate=row, **acting(request))
    return {"id": row.pk, "state": "ended"}


@administration.get("/people", response=Listed[PersonShown], summary="Accounts")
def people(request: ApiRequest, asked: Query[PeopleAsked]) -> dict[str, Any]:
    """Return the accounts, the oldest first."""
    require_anywhere(request.actor, actions.GRANT)
    rows = Person.objects.order_by("pk")
    if asked.email:
        rows = rows.filter(email=asked.email.strip().lower())
    return listed(rows, asked)


@administration.get("/people/{int:person_id}", response=PersonShown, summary="Account")
def person(request: ApiRequest, person_id: int) -> Person:
    """Return an account."""
    require_anywhere(request.actor, actions.GRANT)
    return get_object_or_404(Person, pk=person_id)


@administration.post(
    "/people/{int:person_id}/close", response=Made, summary="Close an account"
)
def close(request: ApiRequest, person_id: int) -> dict[str, Any]:
    """Close an account; its mandates stand, but nothing happens under them."""
    require_anywhere(request.actor, actions.GRANT)
    row = get_object_or_404(Person, pk=person_id)
    actions.close_account(person=row, **acting(request))
    return {"id": row.pk, "state": "closed"}


@administration.post(
    "/people/{int:person_id}/reopen", response=Made, summary="Reopen an account"
)
def reopen(request: ApiRequest, person_id: int) -> dict[str, Any]:
    """Let a closed account sign in again."""
    require_anywhere(request.actor, actions.GRANT)
    row = get_object_or_404(Person, pk=person_id)
    actions.reopen_account(person=row, **acting(request))
    return {"id": row.pk, "state": "reopened"}
