"""The roll call: rooms say that they are there, and how many sit in them."""

from datetime import datetime

from django.db.models import Max

from lantoa.conferences import rules
from lantoa.conferences.actions.locking import being_run, held_open, locked
from lantoa.conferences.events import (
    AnswerAmended,
    PresenceConfirmed,
    RollCallClosed,
    RollCallOpened,
)
from lantoa.conferences.models import Conference, RollCall, RollCallAnswer, Venue
from lantoa.conferences.queries.venues import open_roll_call
from lantoa.conferences.vocabulary import (
    HeadcountOutOfRange,
    HeadcountSettled,
    NoRollCall,
    NotInvited,
    NotLive,
    Presence,
    RollCallOpen,
)
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor

MOST_PEOPLE = 5_000  # in one room


@action
def open_roll_call_round(
    *, actor: Actor, conference: Conference, at: datetime
) -> RollCall:
    """Call the roll: every venue's console asks for its head-count.

    Raises:
        RollCallOpen: one is open already.
    """
    conference = being_run(actor, conference.pk)
    if open_roll_call(conference.pk) is not None:
        raise RollCallOpen
    last = conference.roll_calls.aggregate(last=Max("number"))["last"] or 0
    roll_call = RollCall.objects.create(
        conference=conference, number=last + 1, opened_at=at
    )
    record(
        RollCallOpened(conference_id=conference.pk, roll_call_id=roll_call.pk),
        by=actor,
        at=at,
    )
    return roll_call


@action
def close_roll_call(*, actor: Actor, roll_call: RollCall, at: datetime) -> RollCall:
    """End the round; late answers still count as presence, not as answers to it."""
    being_run(actor, roll_call.conference_id)
    roll_call = RollCall.objects.get(pk=roll_call.pk)
    if roll_call.closed_at is not None:
        raise NoRollCall
    roll_call.closed_at = at
    roll_call.save(update_fields=["closed_at"])
    record(
        RollCallClosed(
            conference_id=roll_call.conference_id,
            roll_call_id=roll_call.pk,
            present=roll_call.answers.count(),
        ),
        by=actor,
        at=at,
    )
    return roll_call


@action
def confirm_presence(
    *, actor: Actor, venue: Venue, headcount: int, at: datetime
) -> Venue:
    """Say that the room is there with so many people; answers an open roll call.

    Sixty-three rooms answer in the same second, so only the venue's own row is
    locked. A second answer with the same number changes nothing.

    Raises:
        NotPermitted: the actor doesn't speak for the venue.
        HeadcountOutOfRange: the number cannot be right.
        HeadcountSettled: the secretariat amended another number in this round.
        NotLive: the conference is over or was never called.
    """
    if not 1 <= headcount <= MOST_PEOPLE:
        raise HeadcountOutOfRange
    conference = held_open(venue.conference_id)
    venue = Venue.objects.select_for_update(no_key=True).get(pk=venue.pk)
    rules.SPEAK.require(actor, venue)
    if venue.invited_at is None:
        raise NotInvited
    if not (conference.live or conference.preparing):
        raise NotLive
    roll_call = open_roll_call(venue.conference_id)
    answered = _answer(roll_call, venue, headcount, at)
    same = venue.presence == Presence.PRESENT and venue.headcount == headcount
    if same and not answered:
        unchanged()
        return venue
    venue.presence, venue.headcount = Presence.PRESENT, headcount
    venue.present_at = venue.present_at or at
    venue.save(update_fields=["presence", "headcount", "present_at"])
    record(
        PresenceConfirmed(
            conference_id=venue.conference_id,
            venue_id=venue.pk,
            headcount=headcount,
            roll_call_id=roll_call.pk if roll_call and answered else None,
        ),
        by=actor,
        at=at,
    )
    return venue


@action
def amend_answer(
    *, actor: Actor, venue: Venue, headcount: int, reason: str, at: datetime
) -> RollCallAnswer:
    """Put right a venue's number in the latest round, with the reason.

    Raises:
        NoRollCall: there has been none.
    """
    if not 1 <= headcount <= MOST_PEOPLE:
        raise HeadcountOutOfRange
    conference = locked(venue.conference_id)
    rules.PREPARE.require(actor, conference)
    roll_call = conference.roll_calls.order_by("-number").first()
    if roll_call is None:
        raise NoRollCall
    answer, _ = RollCallAnswer.objects.update_or_create(
        roll_call=roll_call,
        venue=venue,
        defaults={"headcount": headcount, "amended_at": at, "reason": reason.strip()},
        create_defaults={
            "headcount": headcount,
            "answered_at": at,
            "amended_at": at,
            "reason": reason.strip(),
        },
    )
    Venue.objects.filter(pk=venue.pk).update(
        presence=Presence.PRESENT, headcount=headcount
    )
    record(
        AnswerAmended(
            conference_id=conference.pk,
            venue_id=venue.pk,
            headcount=headcount,
            roll_call_id=roll_call.pk,
        ),
        by=actor,
        at=at,
    )
    return answer


def _answer(
    roll_call: RollCall | None, venue: Venue, headcount: int, at: datetime
) -> bool:
    """Write the venue's answer to the round; return whether it said something new."""
    if roll_call is None:
        return False
    # The venue's row is locked, so nobody else answers for it meanwhile.
    answer = RollCallAnswer.objects.filter(roll_call=roll_call, venue=venue).first()
    if answer is None:
        RollCallAnswer.objects.create(
            roll_call=roll_call, venue=venue, headcount=headcount, answered_at=at
        )
        return True
    if answer.headcount == headcount:
        return False
    if answer.amended_at is not None:
        raise HeadcountSettled
    answer.headcount = headcount
    answer.save(update_fields=["headcount"])
    return True
