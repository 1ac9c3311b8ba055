"""The conclusions, and whom each obliges."""

from datetime import date
from hashlib import sha256

from django.db.models import QuerySet

from lantoa.conferences.models import Conclusion, Conference
from lantoa.organisations import queries as organisations
from lantoa.organisations.models import Body
from lantoa.organisations.vocabulary import BodyRule


def conclusions(conference: Conference) -> QuerySet[Conclusion]:
    """Return the conclusions in their order, with the bodies they name."""
    return (
        conference.conclusions.select_related("lead", "clause")
        .prefetch_related("coordinating")
        .order_by("position", "pk")
    )


def wording(conclusion: Conclusion) -> str:
    """Return a mark of all that a conclusion says; other words have another one."""
    bodies = sorted(body.pk for body in conclusion.coordinating.all())
    said = [
        conclusion.heading,
        conclusion.work,
        conclusion.lead_id,
        conclusion.lead_rule,
        bodies,
        conclusion.deadline_text,
        str(conclusion.due_on),
        conclusion.product,
    ]
    return sha256(repr(said).encode()).hexdigest()[:16]


def leads(conclusion: Conclusion, by_rule: dict[str, list[Body]]) -> list[Body]:
    """Return the bodies that each get the task of *conclusion* as its lead."""
    if conclusion.lead is not None:
        return [conclusion.lead]
    return by_rule.get(conclusion.lead_rule, [])


def bodies_by_rule(conference: Conference) -> dict[str, list[Body]]:
    """Return the bodies that each rule names on the conference's day."""
    return {
        str(rule): [
            named.body for named in organisations.bodies_by_rule(rule, conference.on)
        ]
        for rule in BodyRule
    }


def seat_of(body: Body, on: date) -> str:
    """Return the place name that *body* writes before a date; central ones: Hà Nội."""
    if body.territory_id is None:
        return "Hà Nội"
    unit = organisations.unit_named(body.territory_id, on)
    return unit.name if unit is not None else ""
