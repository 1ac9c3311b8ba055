"""The one lock of a conference: its row, taken before anything is decided."""

from lantoa.conferences import rules
from lantoa.conferences.models import Conference
from lantoa.conferences.vocabulary import NotLive, NotPreparing
from lantoa.kernel.actor import Actor

_SHARE = "SELECT * FROM conferences_conference WHERE id = %s FOR SHARE"


def locked(conference_id: int) -> Conference:
    """Return the conference with its row locked until the transaction ends.

    The lock leaves foreign keys to the row free, so that venues may answer meanwhile.
    """
    return Conference.objects.select_for_update(no_key=True).get(pk=conference_id)


def held_open(conference_id: int) -> Conference:
    """Return the conference, which nobody can close until the transaction ends.

    Any number of venues hold it open side by side; whoever decides for the whole
    conference waits for them, and they for whoever decides.
    """
    return Conference.objects.raw(_SHARE, [conference_id])[0]


def being_prepared(actor: Actor, conference_id: int) -> Conference:
    """Return the locked conference, if the actor may prepare it and it can be.

    Raises:
        NotPermitted: the actor doesn't prepare this conference.
        NotPreparing: it has begun.
    """
    conference = locked(conference_id)
    rules.PREPARE.require(actor, conference)
    if not conference.preparing:
        raise NotPreparing
    return conference


def being_run(actor: Actor, conference_id: int) -> Conference:
    """Return the locked conference, if the actor may run it and it is live.

    Raises:
        NotPermitted: the actor neither chairs nor prepares it.
        NotLive: it has not begun or is over.
    """
    conference = locked(conference_id)
    rules.require_any(actor, conference, rules.CHAIR, rules.PREPARE)
    if not conference.live:
        raise NotLive
    return conference
