"""Issuing and revoking tokens."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from lantoa.access.models import Mandate
from lantoa.gateway.events import TokenIssued, TokenRevoked
from lantoa.gateway.models import AccessToken
from lantoa.gateway.queries import digest_of, in_force
from lantoa.gateway.vocabulary import (
    LONGEST_LIFE,
    MOST_TOKENS,
    PREFIX,
    SHOWN,
    TokenLivesTooLong,
    TooManyTokens,
)
from lantoa.identity.models import Person
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.kernel.refusal import NotPermitted

GRANT = "access.grant"
_NOTED = timedelta(hours=1)  # between two notes of a token's use


@action
def issue_token(
    *,
    actor: Actor,
    mandate: Mandate,
    name: str,
    secret: str,
    expires_on: date,
    at: datetime,
) -> AccessToken:
    """Give a machine a way in under one of the actor's own mandates.

    Args:
        secret: shown once by the page; only its digest and its beginning are kept.

    Raises:
        NotPermitted: the mandate is another person's, or not in force.
        TokenLivesTooLong: it would end before today or after a year.
        TooManyTokens: the person has enough.
    """
    today = at.astimezone(HANOI).date()
    if actor.person_id is None or mandate.person_id != actor.person_id:
        raise NotPermitted
    person = Person.objects.select_for_update(no_key=True).get(pk=mandate.person_id)
    if not (person.is_active and mandate.holds_on(today)):
        raise NotPermitted
    if not today <= expires_on <= today + LONGEST_LIFE:
        raise TokenLivesTooLong
    if in_force(today).filter(mandate__person=person).count() >= MOST_TOKENS:
        raise TooManyTokens
    token = AccessToken.objects.create(
        mandate=mandate,
        name=name.strip(),
        digest=digest_of(secret),
        prefix=secret[: len(PREFIX) + SHOWN],
        issued_at=at,
        issued_on=today,
        expires_on=expires_on,
    )
    record(
        TokenIssued(token_id=token.pk, mandate_id=mandate.pk, expires_on=expires_on),
        by=actor,
        at=at,
    )
    return token


@action
def revoke_token(*, actor: Actor, token: AccessToken, at: datetime) -> AccessToken:
    """End a token now; again changes nothing.

    Raises:
        NotPermitted: it is another person's, and the actor doesn't grant mandates.
    """
    own = actor.person_id is not None and token.mandate.person_id == actor.person_id
    if not own and not actor.may(GRANT):
        raise NotPermitted
    token = AccessToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is not None:
        unchanged()
        return token
    token.revoked_at = at
    token.save(update_fields=["revoked_at"])
    record(
        TokenRevoked(token_id=token.pk, mandate_id=token.mandate_id), by=actor, at=at
    )
    return token


def note_use(token: AccessToken, *, at: datetime) -> None:
    """Note that a token was used, at most hourly; it is no fact."""
    if token.used_at is not None and at - token.used_at < _NOTED:
        return
    stale = Q(used_at__isnull=True) | Q(used_at__lt=at - _NOTED)
    AccessToken.objects.filter(stale, pk=token.pk).update(used_at=at)
