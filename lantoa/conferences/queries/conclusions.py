"""The conclusions, and whom each obliges."""

from datetime import date

from django.db.models import QuerySet

from lantoa.conferences.models import Conclusion, Conference
from lantoa.organisations import queries as organisations
from lantoa.organisations.models import Body
from lantoa.organisations.vocabulary import BodyKind, BodyRule

_SYMBOLS = {
    BodyKind.COUNCIL: "HĐPH",
    BodyKind.PEOPLES_COUNCIL: "HĐND",
    BodyKind.PEOPLES_COMMITTEE: "UBND",
}


def conclusions(conference: Conference) -> QuerySet[Conclusion]:
    """Return the conclusions in their order, with the bodies they name."""
    return (
        conference.conclusions.select_related("lead", "clause")
        .prefetch_related("coordinating")
        .order_by("position", "pk")
    )


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


def symbol_of(body: Body) -> str:
    """Return the abbreviation of *body* in the symbols of its papers ("HĐPH", "BTP").

    Source:
        Decree 30/2020/NĐ-CP, Appendix I, place 3: initials of the issuer's name.
    """
    kind = BodyKind(body.kind)
    return _SYMBOLS.get(kind) or "".join(word[0] for word in body.label.split()).upper()


def seat_of(body: Body, on: date) -> str:
    """Return the place name that *body* writes before a date; central ones: Hà Nội."""
    if body.territory_id is None:
        return "Hà Nội"
    unit = organisations.unit_named(body.territory_id, on)
    return unit.name if unit is not None else ""
