"""Reading mandates."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat

from lantoa.access.models import Mandate, Reach
from lantoa.access.vocabulary import Force, Role, Way
from lantoa.kernel.sql import Fold, VietnameseKey
from lantoa.kernel.text import fold


def in_force(day: date) -> QuerySet[Mandate]:
    """Return the mandates in force on *day* whose person may sign in."""
    return Mandate.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day),
        starts_on__lte=day,
        person__is_active=True,
    ).select_related("body")


def not_over(day: date) -> QuerySet[Mandate]:
    """Return the mandates that are in force on *day* or will be."""
    return Mandate.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


def passing(body_ids: Iterable[int], on: date, today: date) -> QuerySet[Mandate]:
    """Return the mandates at bodies that end on a day, which go on with the takers.

    What was over by then, or is over today, stays as it was.
    """
    rows = not_over(max(on, today)).filter(body__in=list(body_ids))
    return rows.order_by("body__sort_key", "pk")


def holders(day: date) -> set[int]:
    """Return the bodies at which a mandate is in force on *day* or will be."""
    return set(not_over(day).values_list("body_id", flat=True))


def mandates_of(person_id: int, day: date) -> QuerySet[Mandate]:
    """Return a person's mandates in force on *day*, in a steady order."""
    return in_force(day).filter(person_id=person_id).order_by("starts_on", "pk")


def administrators(day: date) -> QuerySet[Mandate]:
    """Return the mandates of administrators in force on *day*."""
    return in_force(day).filter(role=Role.ADMINISTRATOR)


def register(
    day: date, *, words: str = "", role: str = "", force: str = Force.NOW
) -> QuerySet[Mandate]:
    """Return the mandates that hold every word, by office in dictionary order.

    Args:
        day: on which they are in force, or not.
        words: looked for without diacritics in office, body and address.
        role: one of Role, or any.
        force: one of Force, or any.
    """
    rows = Mandate.objects.select_related("body", "person")
    if words:
        said = Concat(
            F("office"), Value(" "), F("person__email"), output_field=TextField()
        )
        rows = rows.annotate(
            said=Concat(
                Fold(said), Value(" "), F("body__folded"), output_field=TextField()
            )
        )
        for word in fold(words).split():
            rows = rows.filter(said__contains=word)
    if role:
        rows = rows.filter(role=role)
    begun, over = Q(starts_on__lte=day), Q(ends_on__lt=day)
    if force == Force.NOW:
        rows = rows.filter(begun & ~over & Q(person__is_active=True))
    elif force == Force.OVER:
        rows = rows.filter(over)
    elif force == Force.TO_COME:
        rows = rows.filter(~begun)
    return rows.order_by(VietnameseKey(F("office")), "pk")


def reach_by_way(mandate: Mandate) -> dict[Way, int]:
    """Return how many bodies a mandate reaches by each way."""
    rows = Reach.objects.filter(holder=mandate.body_id)
    counted = rows.values_list("way").annotate(Count("pk"))
    numbers = dict(counted)
    return {way: numbers[way] for way in Way if way in numbers}


def all_mandates_of(person_id: int) -> QuerySet[Mandate]:
    """Return every mandate a person has or had, the newest first."""
    return (
        Mandate.objects.filter(person_id=person_id)
        .select_related("body")
        .order_by("-starts_on", "-pk")
    )
