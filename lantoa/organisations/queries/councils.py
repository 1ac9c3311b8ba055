"""Councils and their seats at a date."""

from datetime import date

from django.db.models import Case, Prefetch, QuerySet, Value, When

from lantoa.organisations.models import Council, CouncilSeat, valid_on
from lantoa.organisations.vocabulary import CouncilLevel, SeatRole


def seats(on: date) -> QuerySet[CouncilSeat]:
    """Return all seats held on a day, the chair first."""
    rank = Case(*(When(role=role, then=Value(n)) for n, role in enumerate(SeatRole)))
    return (
        CouncilSeat.objects.filter(valid_on(on))
        .select_related("body")
        .order_by(rank, "pk")
    )


def councils_at(on: date) -> QuerySet[Council]:
    """Return the councils in being on a day, central first, with their seats."""
    rank = Case(*(When(level=lvl, then=Value(n)) for n, lvl in enumerate(CouncilLevel)))
    return (
        Council.objects.filter(valid_on(on, "body"))
        .select_related("body__territory", "standing_agency")
        .prefetch_related(Prefetch("seats", seats(on), to_attr="held"))
        .order_by(rank, "body__territory__code", "body__sort_key")
    )
