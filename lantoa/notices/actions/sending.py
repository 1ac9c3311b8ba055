"""Sending the digests that wait: one connection to the mail server for all of them."""

import logging
from datetime import date, datetime
from smtplib import SMTPDataError, SMTPRecipientsRefused

from django.core.mail import get_connection

from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.notices import queries
from lantoa.notices.actions.digests import (
    claim_digest,
    confirm_digest,
    give_back_digest,
    put_off_digest,
)
from lantoa.notices.actions.telling import require_sender
from lantoa.notices.composing import compose
from lantoa.notices.models import Preference
from lantoa.organisations.queries import Calendar, calendar

AT_ONCE = 200  # digests; what is left waits for the next minute
# One address or mail was refused, and the next may pass; else the line is bad.
THIS_ONE = (SMTPRecipientsRefused, SMTPDataError)

log = logging.getLogger(__name__)


def send_digests(*, actor: Actor, at: datetime) -> int:
    """Send what waits, one e-mail a person; return how many left.

    Each is claimed, sent and confirmed by itself (see ``actions.digests``): a crash
    costs one person at most one second copy. When the mail server refuses or is not
    there, the digest is tried later and stands in ``queries.unsent_digests()`` with
    what was said; the others wait untouched. In a person's quiet hours and on days off
    nothing leaves, also what is late.

    Raises:
        NotPermitted: the actor is not the system.
    """
    require_sender(actor)
    working = calendar()
    waiting = list(queries.digests_to_send(at)[:AT_ONCE])
    chosen = Preference.objects.in_bulk([each.person_id for each in waiting])
    line = get_connection()
    sent = 0
    try:
        for digest in waiting:
            wanted = chosen.get(digest.person_id) or Preference(digest.person_id)
            later = first_moment(wanted, working, at)
            if later > at:
                put_off_digest(actor=actor, digest=digest, until=later)
                continue
            mail, notices = compose(digest, wanted)
            if not claim_digest(actor=actor, digest=digest, at=at):
                continue
            try:
                line.open()
                line.send_messages([mail])
            except OSError as error:  # SMTP's own errors are among them
                log.warning("digest %s has not left: %r", digest.pk, error)
                give_back_digest(actor=actor, digest=digest, error=_said(error), at=at)
                if not isinstance(error, THIS_ONE):
                    break
            else:
                confirm_digest(actor=actor, digest=digest, notices=notices, at=at)
                sent += 1
    finally:
        line.close()
    return sent


def first_moment(wanted: Preference, working: Calendar, at: datetime) -> datetime:
    """Return *at*, or the next moment at which the person may be mailed."""
    local = at.astimezone(HANOI)
    day = working.next(local.date())
    if day > local.date():
        return _moment(wanted, day)
    if not wanted.is_quiet(local.time()):
        return at
    if wanted.quiet_until > local.time():
        return datetime.combine(day, wanted.quiet_until, HANOI)
    return _moment(wanted, working.add(day, 1))


def _moment(wanted: Preference, day: date) -> datetime:
    """Return when on *day* the person wants the digest."""
    return datetime.combine(day, wanted.digest_at, HANOI)


def _said(error: OSError) -> str:
    return f"{type(error).__name__}: {error}"
