"""What the public sees on the first page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from lantoa.conferences.models import Conference
from lantoa.conferences.queries.conferences import watched_by_all
from lantoa.conferences.vocabulary import ConferenceState
from lantoa.documents import queries as documents
from lantoa.documents.models import Implementation, Paper
from lantoa.documents.queries import ChainStep
from lantoa.kernel.actor import ANONYMOUS

PAST = 4  # conferences shown that are over


@dataclass(frozen=True, slots=True)
class Programme:
    """The conferences that anybody may follow."""

    live: Sequence[Conference]
    coming: Sequence[Conference]
    past: Sequence[Conference]


def programme() -> Programme:
    """Return what is held now, what comes, and what was held last."""
    rows = (
        watched_by_all()
        .select_related("host")
        .annotate(venue_count=Count("venues"))
        .order_by("-planned_start", "-pk")
    )
    ahead = [ConferenceState.LIVE, ConferenceState.INVITED]
    now = list(rows.filter(state__in=ahead))
    return Programme(
        live=[each for each in now if each.state == ConferenceState.LIVE],
        coming=[each for each in now if each.state == ConferenceState.INVITED][::-1],
        past=list(rows.exclude(state__in=ahead)[:PAST]),
    )


def directives() -> list[ChainStep]:
    """Return the chain of public papers that reaches furthest down, [] if none."""
    lowest = (
        Paper.objects.filter(
            public=True,
            pk__in=Implementation.objects.values("paper"),
        )
        .exclude(pk__in=Implementation.objects.values("directive"))
        .order_by("-issued_on", "-pk")
        .first()
    )
    return documents.chain(ANONYMOUS, lowest) if lowest else []
