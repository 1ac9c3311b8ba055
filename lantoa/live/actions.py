"""The writes of technical state; they run inside somebody else's action."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import connection

from lantoa.live.models import Beat, Revocation

# No ticket lives longer: after that a revocation has nothing left to refuse.
KEPT = timedelta(days=1)


def revoke_streams(*, mandate_id: int, at: datetime) -> None:
    """End every stream that rests on the mandate, when the transaction commits.

    Its tickets open no stream from then on, in no process, also after a restart.
    """
    Revocation.objects.filter(at__lt=at - KEPT).delete()
    Revocation.objects.update_or_create(mandate_id=mandate_id, defaults={"at": at})
    _tell_hubs({"revoke": mandate_id})


def revoke_many(mandate_ids: Sequence[int], *, at: datetime) -> None:
    """End every stream that rests on any of the mandates, in a few statements."""
    Revocation.objects.filter(at__lt=at - KEPT).delete()
    Revocation.objects.bulk_create(
        [Revocation(mandate_id=pk, at=at) for pk in mandate_ids],
        update_conflicts=True,
        unique_fields=["mandate_id"],
        update_fields=["at"],
    )
    _tell_of_many("revoke", mandate_ids)


def restore_many(mandate_ids: Sequence[int]) -> None:
    """Let the tickets of the mandates open streams again, in a few statements."""
    Revocation.objects.filter(mandate_id__in=mandate_ids).delete()
    _tell_of_many("restore", mandate_ids)


def restore_streams(*, mandate_id: int) -> None:
    """Let the mandate's tickets open streams again, when the transaction commits."""
    Revocation.objects.filter(mandate_id=mandate_id).delete()
    _tell_hubs({"restore": mandate_id})


def await_beats(subjects: Iterable[str], *, at: datetime) -> None:
    """Count *subjects* as heard at *at* unless they have been heard otherwise.

    Heartbeats don't outlive a crash of the database. Whoever is still there is heard
    again within seconds; whoever is not falls silent from now.
    """
    Beat.objects.bulk_create(
        (Beat(subject=subject, at=at) for subject in subjects), ignore_conflicts=True
    )


def _tell_of_many(what: str, mandate_ids: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify('live', json_build_object(%s::text, id)::text)"
            " FROM unnest(%s::bigint[]) AS id",
            [what, list(mandate_ids)],
        )


def _tell_hubs(message: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('live', %s)", [json.dumps(message)])
