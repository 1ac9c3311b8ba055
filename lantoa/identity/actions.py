"""Opening and closing accounts."""

from datetime import datetime

from django.db import IntegrityError, transaction

from lantoa.identity.events import PersonClosed, PersonRegistered, PersonReopened
from lantoa.identity.models import Person
from lantoa.identity.vocabulary import EmailTaken
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.kernel.rule import require_anywhere

KEEP_PEOPLE = "identity.keep"


@action
def register_person(
    *,
    actor: Actor,
    email: str,
    password: str,
    full_name: str = "",
    must_change_password: bool = False,
    hashed: str = "",
    at: datetime,
) -> Person:
    """Open an account.

    Args:
        must_change_password: the password was handed over, so it is good for one
            sign-in, to choose another.
        hashed: the hash of *password*, if it was made already for others, too.

    Raises:
        NotPermitted: the actor doesn't keep accounts.
        EmailTaken: the address is in use.
    """
    require_anywhere(actor, KEEP_PEOPLE)
    address = Person.objects.normalize_email(email.strip()).lower()
    person = Person(
        email=address,
        full_name=full_name,
        must_change_password=must_change_password,
    )
    if hashed:
        person.password = hashed
    else:
        person.set_password(password)
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:
        raise EmailTaken from None
    record(PersonRegistered(person_id=person.pk), by=actor, at=at)
    return person


@action
def close_person(*, actor: Actor, person: Person, at: datetime) -> Person:
    """Close an account: it can't sign in any more; what it did stands."""
    require_anywhere(actor, KEEP_PEOPLE)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.is_active:
        unchanged()
        return person
    person.is_active = False
    person.save(update_fields=["is_active"])
    record(PersonClosed(person_id=person.pk), by=actor, at=at)
    return person


@action
def reopen_person(*, actor: Actor, person: Person, at: datetime) -> Person:
    """Let a closed account sign in again."""
    require_anywhere(actor, KEEP_PEOPLE)
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.is_active:
        unchanged()
        return person
    person.is_active = True
    person.save(update_fields=["is_active"])
    record(PersonReopened(person_id=person.pk), by=actor, at=at)
    return person
