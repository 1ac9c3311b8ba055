"""Whose ticket: the class somebody may watch as, for as long as they may."""

from datetime import datetime, time, timedelta

from django.utils.translation import get_language

from lantoa.access.models import Mandate
from lantoa.conferences.models import Conference, Venue
from lantoa.conferences.vocabulary import ConferenceState
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.live import tickets
from lantoa.live.fragments import Authority, Viewer


def viewer(authority: Authority) -> Viewer:
    """Return the class of *authority* in the language of this request."""
    return Viewer(authority, get_language() or "vi")


def over(conference: Conference) -> bool:
    """Return whether nothing will move on its screens any more."""
    return conference.state == ConferenceState.CONCLUDED


def public_ticket(conference: Conference) -> str:
    """Return a ticket as good as any other watcher's."""
    return tickets.issue(conference.topic, viewer("public"))


def ticket_for(
    actor: Actor,
    conference: Conference,
    authority: Authority,
    *,
    venue: Venue | None = None,
) -> str:
    """Return the actor's ticket, which ends with the mandate it rests on.

    Args:
        venue: whose heartbeats its holder may send.
    """
    if actor.mandate_id is None and authority == "public":
        return public_ticket(conference)
    return tickets.issue(
        conference.topic,
        viewer(authority),
        mandate_id=actor.mandate_id,
        subject=venue.subject if venue else "",
        until=_end_of(actor.mandate_id),
    )


def _end_of(mandate_id: int | None) -> datetime | None:
    """Return the first moment at which the mandate is no longer in force."""
    if mandate_id is None:
        return None
    ends_on = (
        Mandate.objects.filter(pk=mandate_id).values_list("ends_on", flat=True).first()
    )
    if ends_on is None:
        return None
    return datetime.combine(ends_on + timedelta(days=1), time.min, HANOI)
