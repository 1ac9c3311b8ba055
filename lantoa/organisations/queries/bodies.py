"""Bodies at a date: of a territory, by a rule, above and below."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from lantoa.organisations.models import Body, BodySuccession, ReportsTo, Unit, valid_on
from lantoa.organisations.queries.units import NamedUnit, province_list
from lantoa.organisations.vocabulary import BodyKind, BodyRule, Level, Line

_BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT body_id FROM organisations_reportsto
     WHERE superior_id = ANY(%s) AND line = %s
       AND coalesce(valid_from <= %s, TRUE) AND coalesce(valid_until > %s, TRUE)
     UNION
    SELECT r.body_id FROM organisations_reportsto AS r
      JOIN below ON r.superior_id = below.id
     WHERE r.line = %s
       AND coalesce(r.valid_from <= %s, TRUE) AND coalesce(r.valid_until > %s, TRUE)
)
SELECT id FROM below
"""
_BEFORE = """
WITH RECURSIVE before(id) AS (
    SELECT old_id FROM organisations_bodysuccession WHERE new_id = ANY(%s)
     UNION
    SELECT s.old_id FROM organisations_bodysuccession AS s
      JOIN before ON s.new_id = before.id
)
SELECT id FROM before
"""

_REACHED = """
WITH RECURSIVE below(root, line, id) AS (
    SELECT superior_id, line, body_id FROM organisations_reportsto
     WHERE superior_id = ANY(%(ids)s)
       AND coalesce(valid_from <= %(on)s, TRUE) AND coalesce(valid_until > %(on)s, TRUE)
     UNION
    SELECT below.root, below.line, r.body_id
      FROM below JOIN organisations_reportsto AS r
        ON r.superior_id = below.id AND r.line = below.line
     WHERE coalesce(r.valid_from <= %(on)s, TRUE)
       AND coalesce(r.valid_until > %(on)s, TRUE)
), before(root, id) AS (
    SELECT held.root, s.old_id
      FROM (SELECT root, id FROM below
            UNION SELECT id, id FROM unnest(%(ids)s::bigint[]) AS id)
           AS held
      JOIN organisations_bodysuccession AS s ON s.new_id = held.id
     UNION
    SELECT before.root, s.old_id
      FROM before JOIN organisations_bodysuccession AS s ON s.new_id = before.id
)
SELECT root, line, id FROM below WHERE id <> root
 UNION ALL
SELECT root, '', id FROM before
"""


@dataclass(frozen=True, slots=True)
class RuledBody:
    """A body that a rule names, with the province it stands for (None = none)."""

    unit: NamedUnit | None
    body: Body


def _below(ids: list[int], line: Line, on: date) -> tuple[str, list[Any]]:
    return _BELOW, [ids, line.value, on, on, line.value, on, on]


def below(body: Body, line: Line, on: date) -> QuerySet[Body]:
    """Return every body below *body* in a line of work on a day, without itself."""
    sql, params = _below([body.pk], line, on)
    return Body.objects.filter(pk__in=RawSQL(sql, params))  # noqa: S611 -- constant


def below_ids(body_ids: Iterable[int], line: Line, on: date) -> set[int]:
    """Return the ids of every body below any of *body_ids*, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(*_below(list(body_ids), line, on))
        return {row[0] for row in cursor.fetchall()}


def predecessor_ids(body_ids: Iterable[int]) -> set[int]:
    """Return the ids of all bodies whose work came to *body_ids*, however long ago."""
    with connection.cursor() as cursor:
        cursor.execute(_BEFORE, [list(body_ids)])
        return {row[0] for row in cursor.fetchall()}


def reached_ids(body_ids: Iterable[int], on: date) -> list[tuple[int, str, int]]:
    """Return what each body reaches on a day, in one statement: (body, line, reached).

    Below it along each line, and with the line "" the predecessors, however long ago,
    of itself and of every body below it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_REACHED, {"ids": list(body_ids), "on": on})
        return [(body, line, reached) for body, line, reached in cursor.fetchall()]


def bodies_of(unit: Unit, on: date) -> QuerySet[Body]:
    """Return the bodies attached to a territory on a day."""
    return Body.objects.on(on).filter(territory=unit).order_by("kind", "sort_key")


def central_bodies(on: date) -> QuerySet[Body]:
    """Return the bodies of the whole country on a day, by kind and name."""
    return Body.objects.on(on).filter(territory=None).order_by("kind", "sort_key")


def representative(unit: Unit, on: date) -> Body | None:
    """Return the body that stands for a territory: its people's committee."""
    return bodies_of(unit, on).filter(kind=BodyKind.PEOPLES_COMMITTEE).first()


def bodies_by_rule(rule: BodyRule, on: date) -> list[RuledBody]:
    """Return the bodies that a rule names on a day.

    PROVINCES gives each province's people's committee in the order of the codes (63
    to 30 June 2025, 34 since); MINISTRIES the ministries and ministerial-level
    agencies (22 to 28 February 2025, 17 since).
    """
    if rule == BodyRule.MINISTRIES:
        kinds = [BodyKind.MINISTRY, BodyKind.MINISTERIAL_AGENCY]
        rows = Body.objects.on(on).filter(kind__in=kinds).order_by("-kind", "sort_key")
        return [RuledBody(None, body) for body in rows]
    committees = {
        body.territory_id: body
        for body in Body.objects.on(on).filter(
            kind=BodyKind.PEOPLES_COMMITTEE, territory__level=Level.PROVINCE
        )
    }
    return [
        RuledBody(unit, committees[unit.pk])
        for unit in province_list(on)
        if unit.pk in committees
    ]


def superiors(body: Body, on: date) -> QuerySet[ReportsTo]:
    """Return the lines in which the body has a superior on a day."""
    return (
        ReportsTo.objects.filter(valid_on(on), body=body)
        .select_related("superior")
        .order_by("line")
    )


def subordinates(body: Body, on: date) -> QuerySet[ReportsTo]:
    """Return who stands directly below the body on a day, line by line."""
    return (
        ReportsTo.objects.filter(valid_on(on), superior=body)
        .select_related("body")
        .order_by("line", "body__territory__code", "body__sort_key")
    )


def body_successors(body: Body) -> QuerySet[BodySuccession]:
    """Return to whom the body's work went over, the main part first."""
    return (
        BodySuccession.objects.filter(old=body)
        .select_related("new")
        .order_by("effective_on", "-main_part", "new__sort_key")
    )


def body_predecessors(body: Body) -> QuerySet[BodySuccession]:
    """Return whose work the body took over."""
    return (
        BodySuccession.objects.filter(new=body)
        .select_related("old")
        .order_by("effective_on", "-extent", "old__sort_key")
    )
