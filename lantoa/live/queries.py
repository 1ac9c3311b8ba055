"""Reads of the technical state that the hub keeps."""

from collections.abc import Iterable
from datetime import datetime

from lantoa.live.models import Beat, Revocation


def last_beats(subjects: Iterable[str]) -> dict[str, datetime]:
    """Return when each of *subjects* ("venue:12") was last heard; silent ones lack."""
    return dict(
        Beat.objects.filter(subject__in=list(subjects)).values_list("subject", "at")
    )


def revoked_mandates() -> set[int]:
    """Return the mandates whose tickets are refused."""
    return set(Revocation.objects.values_list("mandate_id", flat=True))
