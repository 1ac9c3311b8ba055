"""Reading mandates."""

from datetime import date

from django.db.models import F, Q, QuerySet

from lantoa.access.models import Mandate
from lantoa.access.vocabulary import Role


def in_force(day: date) -> QuerySet[Mandate]:
    """Return the mandates in force on *day* whose person may sign in."""
    return Mandate.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        starts_on__lte=day,
        person__is_active=True,
    ).select_related("body")


def mandates_of(person_id: int, day: date) -> QuerySet[Mandate]:
    """Return a person's mandates in force on *day*, in a steady order."""
    return in_force(day).filter(person_id=person_id).order_by("starts_on", "pk")


def administrators(day: date) -> QuerySet[Mandate]:
    """Return the mandates of administrators in force on *day*."""
    return in_force(day).filter(role=Role.ADMINISTRATOR)


def register() -> QuerySet[Mandate]:
    """Return every mandate, those in force first, newest first."""
    return Mandate.objects.select_related("body", "person").order_by(
        F("ends_on").desc(nulls_first=True), "-starts_on", "-pk"
    )
