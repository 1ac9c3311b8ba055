"""Who holds the work and the territory of a body on a later day."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from lantoa.organisations.models import Body

_HOLDERS = """
WITH RECURSIVE held(held_for, body_id) AS (
    SELECT id, id FROM unnest(%(ids)s::bigint[]) AS id
     UNION
    SELECT held.held_for, s.new_id
      FROM held
      JOIN organisations_body AS b ON b.id = held.body_id
      JOIN organisations_bodysuccession AS s ON s.old_id = held.body_id
     WHERE b.valid_until <= %(on)s AND s.effective_on <= %(on)s
       AND (s.extent = 'whole' OR s.main_part)
)
SELECT b.*, held.held_for
  FROM held JOIN organisations_body AS b ON b.id = held.body_id
 WHERE coalesce(b.valid_from <= %(on)s, TRUE) AND coalesce(b.valid_until > %(on)s, TRUE)
"""
_PROVINCES = """
WITH RECURSIVE up(body_id, unit_id, parent_id) AS (
    SELECT b.id, u.id, u.parent_id
      FROM organisations_body AS b JOIN organisations_unit AS u ON u.id = b.territory_id
     WHERE b.id = ANY(%(ids)s)
     UNION ALL
    SELECT up.body_id, u.id, u.parent_id
      FROM up JOIN organisations_unit AS u ON u.id = up.parent_id
), held(body_id, unit_id) AS (
    SELECT body_id, unit_id FROM up WHERE parent_id IS NULL
     UNION
    SELECT held.body_id, s.new_id
      FROM held
      JOIN organisations_unit AS u ON u.id = held.unit_id
      JOIN organisations_succession AS s ON s.old_id = held.unit_id
     WHERE u.valid_until <= %(on)s AND s.effective_on <= %(on)s
       AND (s.extent = 'whole' OR s.main_part)
)
SELECT held.body_id, held.unit_id
  FROM held JOIN organisations_unit AS u ON u.id = held.unit_id
 WHERE coalesce(u.valid_from <= %(on)s, TRUE) AND coalesce(u.valid_until > %(on)s, TRUE)
"""


def current_holder(body_ids: Iterable[int], on: date) -> dict[int, Body]:
    """Return the body in being on a day that holds each body's work, by the old one.

    A body still in being holds its own. Successions are followed, whole or by the main
    part, over any number of reorganisations; who has no taker is left out.
    """
    rows = Body.objects.raw(_HOLDERS, {"ids": list(body_ids), "on": on})
    return {row.held_for: row for row in rows}  # type: ignore[attr-defined]


def province_on_map(body_ids: Iterable[int], on: date) -> dict[int, int]:
    """Return the province that holds each body's territory on the map of a day.

    A body of 2020 stands in one of 63 provinces on a map before 1 July 2025, and in one
    of 34 since. Who has no territory, or none yet on that day, is left out.

    Returns:
        Body id → unit id.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PROVINCES, {"ids": list(body_ids), "on": on})
        return dict(cursor.fetchall())
