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
    with connection.cursor() as cursor:
        message = json.dumps({"revoke": mandate_id})
        cursor.execute("SELECT pg_notify('live', %s)", [message])


def await_beats(subjects: Iterable[str], *, at: datetime) -> None:
    """Count *subjects* as heard at *at* unless they have been heard otherwise.

    Heartbeats don't outlive a crash of the database. Whoever is still there is heard
    again within seconds; whoever is not falls silent from now.
    """
    Beat.objects.bulk_create(
        (Beat(subject=subject, at=at) for subject in subjects), ignore_conflicts=True
    )
