"""The writes of technical state; they run inside somebody else's action."""

import json
from collections.abc import Iterable
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


def _tell_hubs(message: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify('live', %s)", [json.dumps(message)])
