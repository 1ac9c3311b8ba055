"""Granting and ending mandates; opening and closing accounts."""

from datetime import date, datetime, timedelta

from django.db import connection

from lantoa.access import queries
from lantoa.access.actions.reach import GRANT, fill_reach
from lantoa.access.events import MandateEnded, MandateGranted
from lantoa.access.models import Mandate
from lantoa.access.vocabulary import (
    EndsBeforeItStarts,
    LastAdministrator,
    MandateEndedAlready,
    Role,
)
from lantoa.identity import actions as identity
from lantoa.identity.models import Person
from lantoa.identity.vocabulary import NotTheFirst
from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor, system_actor
from lantoa.kernel.dates import HANOI
from lantoa.kernel.rule import require_anywhere
from lantoa.live.actions import restore_streams, revoke_streams
from lantoa.organisations.models import Body

_FIRST_RUN_LOCK = 0x1A48


@action
def grant_mandate(
    *,
    actor: Actor,
    person: Person,
    role: Role,
    body: Body,
    office: str,
    starts_on: date,
    ends_on: date | None = None,
    at: datetime,
) -> Mandate:
    """Give *person* a role at *body* for a time.

    Raises:
        NotPermitted: the actor doesn't grant mandates.
        EndsBeforeItStarts: the dates are the wrong way round.
    """
    require_anywhere(actor, GRANT)
    if ends_on is not None and ends_on < starts_on:
        raise EndsBeforeItStarts
    mandate = Mandate.objects.create(
        person=person,
        role=role,
        body=body,
        office=office.strip(),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    fill_reach([mandate], at.astimezone(HANOI).date())
    record(
        MandateGranted(
            mandate_id=mandate.pk,
            person_id=person.pk,
            body_id=body.pk,
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
        ),
        by=actor,
        at=at,
    )
    return mandate


@action
def open_account_and_grant(
    *,
    actor: Actor,
    email: str,
    password: str,
    role: Role,
    body: Body,
    office: str,
    starts_on: date,
    ends_on: date | None = None,
    at: datetime,
) -> Mandate:
    """Open an account for somebody new, and give it its first mandate.

    Args:
        password: handed over to the person, who must choose another one with it.

    Raises:
        NotPermitted: the actor doesn't keep accounts, or doesn't grant mandates.
        EmailTaken: the address is in use.
        EndsBeforeItStarts: the dates are the wrong way round.
    """
    person = identity.register_person(
        actor=actor, email=email, password=password, must_change_password=True, at=at
    )
    return grant_mandate(
        actor=actor,
        person=person,
        role=role,
        body=body,
        office=office,
        starts_on=starts_on,
        ends_on=ends_on,
        at=at,
    )


@action
def end_mandate(*, actor: Actor, mandate: Mandate, at: datetime) -> Mandate:
    """End a mandate now: yesterday was its last day, or it never came into force.

    Streams that rest on it end with the commit.

    Raises:
        NotPermitted: the actor doesn't grant mandates.
        MandateEndedAlready: it ended before.
        LastAdministrator: nobody would be left to grant mandates.
    """
    require_anywhere(actor, GRANT)
    today = at.astimezone(HANOI).date()
    list(queries.administrators(today).select_for_update(of=("self",)))
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if mandate.ends_on is not None and mandate.ends_on < today:
        raise MandateEndedAlready
    others = queries.administrators(today).exclude(pk=mandate.pk)
    if mandate.role == Role.ADMINISTRATOR and not others.exists():
        raise LastAdministrator
    yesterday = today - timedelta(days=1)
    mandate.starts_on = min(mandate.starts_on, yesterday)
    mandate.ends_on = yesterday
    mandate.save(update_fields=["starts_on", "ends_on"])
    revoke_streams(mandate_id=mandate.pk, at=at)
    record(
        MandateEnded(
            mandate_id=mandate.pk,
            person_id=mandate.person_id,
            body_id=mandate.body_id,
            ends_on=yesterday,
        ),
        by=actor,
        at=at,
    )
    return mandate


@action
def close_account(*, actor: Actor, person: Person, at: datetime) -> Person:
    """Close a person's account; its mandates stand, but nothing happens under them.

    Raises:
        NotPermitted: the actor doesn't keep accounts.
        LastAdministrator: nobody would be left to grant mandates.
    """
    today = at.astimezone(HANOI).date()
    held = list(queries.administrators(today).select_for_update(of=("self",)))
    if held and all(mandate.person_id == person.pk for mandate in held):
        raise LastAdministrator
    for mandate in queries.mandates_of(person.pk, today):
        revoke_streams(mandate_id=mandate.pk, at=at)
    return identity.close_person(actor=actor, person=person, at=at)


@action
def reopen_account(*, actor: Actor, person: Person, at: datetime) -> Person:
    """Let a closed account sign in again, and watch under the mandates it holds.

    Raises:
        NotPermitted: the actor doesn't keep accounts.
    """
    person = identity.reopen_person(actor=actor, person=person, at=at)
    for mandate in queries.mandates_of(person.pk, at.astimezone(HANOI).date()):
        restore_streams(mandate_id=mandate.pk)
    return person


@action
def make_first_administrator(
    *, actor: Actor, email: str, password: str, body: Body, at: datetime
) -> Mandate:
    """Open the first account of an empty installation and let it grant mandates.

    Raises:
        NotTheFirst: somebody is registered already.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_FIRST_RUN_LOCK])
    if Person.objects.exists():
        raise NotTheFirst
    founder = system_actor(identity.KEEP_PEOPLE, GRANT)
    person = identity.register_person(
        actor=founder, email=email, password=password, at=at
    )
    return grant_mandate(
        actor=founder,
        person=person,
        role=Role.ADMINISTRATOR,
        body=body,
        office=str(Role.ADMINISTRATOR.label),
        starts_on=at.astimezone(HANOI).date(),
        at=at,
    )
