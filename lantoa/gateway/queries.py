"""Reading tokens."""

from datetime import date
from hashlib import sha256

from django.db.models import Q, QuerySet

from lantoa.access import queries as access
from lantoa.gateway.models import AccessToken


def digest_of(secret: str) -> str:
    """Return what is kept of a secret; it is long and random, so it needs no salt."""
    return sha256(secret.encode()).hexdigest()


def in_force(on: date) -> QuerySet[AccessToken]:
    """Return the tokens that open something: so do their mandates and accounts."""
    return AccessToken.objects.filter(
        Q(revoked_at__isnull=True, expires_on__gte=on),
        mandate__in=access.in_force(on).values("pk"),
    )


def opened_by(secret: str, on: date) -> AccessToken | None:
    """Return the token in force whose secret this is."""
    tokens = in_force(on).select_related("mandate__body")
    return tokens.filter(digest=digest_of(secret)).first()


def tokens_of(person_id: int) -> QuerySet[AccessToken]:
    """Return a person's tokens, the newest first."""
    return (
        AccessToken.objects.filter(mandate__person_id=person_id)
        .select_related("mandate__body")
        .order_by("-issued_at", "-pk")
    )
