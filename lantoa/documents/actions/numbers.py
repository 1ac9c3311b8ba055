"""Giving numbers: consecutive, without gaps, whoever asks at once."""

from django.db.models import IntegerField, Max
from django.db.models.functions import Cast

from lantoa.documents.models import DocumentType, NumberSequence, Paper
from lantoa.documents.vocabulary import NumberTaken
from lantoa.organisations.models import Body


def next_number(
    *,
    issuer: Body,
    type: DocumentType,  # noqa: A002 -- the domain's word
    year: int,
    symbol: str,
) -> NumberTaken:
    """Take the next number of *issuer* for a type of paper in a year.

    Called inside the action that issues the paper: the sequence's row stays locked
    until it commits, and a number of a failed action is free again. Numbers that were
    registered by hand are stepped over.

    Args:
        symbol: the issuer's abbreviation, "HĐPH".

    Source:
        Decree 30/2020/NĐ-CP, Appendix I: numbers run from 01 each year; a zero stands
        before numbers below 10.
    """
    of = {"issuer": issuer, "type": type, "year": year}
    NumberSequence.objects.bulk_create([NumberSequence(**of)], ignore_conflicts=True)
    sequence = NumberSequence.objects.select_for_update().get(**of)
    by_hand: int | None = Paper.objects.filter(
        **of, number__regex=r"^\d{1,9}$"
    ).aggregate(highest=Max(Cast("number", IntegerField())))["highest"]
    sequence.last = max(sequence.last, by_hand or 0) + 1
    sequence.save(update_fields=["last"])
    number = f"{sequence.last:02}"
    return NumberTaken(number=number, code=type.code_of(number, symbol))
