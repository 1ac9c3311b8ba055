"""Heartbeats: collected in memory, written about once a second in one statement."""

from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import connection

UPSERT = """
INSERT INTO live_beat (subject, at)
SELECT * FROM unnest(%s::text[], %s::timestamptz[])
ON CONFLICT (subject) DO UPDATE SET at = greatest(live_beat.at, excluded.at)
"""


def write_beats(beats: Mapping[str, float]) -> None:
    """Store when each subject was last heard (seconds of the epoch)."""
    moments = [datetime.fromtimestamp(at, UTC) for at in beats.values()]
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [list(beats), moments])
