"""Reads of the technical state that the hub keeps."""

from collections.abc import Iterable
from datetime import datetime

from lantoa.live.models import Beat


def last_beats(subjects: Iterable[str]) -> dict[str, datetime]:
    """Return when each of *subjects* ("venue:12") was last heard; silent ones lack."""
    return dict(
        Beat.objects.filter(subject__in=list(subjects)).values_list("subject", "at")
    )
