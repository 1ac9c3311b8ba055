"""The worker's side of digests: a slow mail server holds up no other job or chore."""

from contextlib import suppress

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from lantoa.kernel.actor import system_actor
from lantoa.notices import queries
from lantoa.notices.actions import SEND, gather_digests, send_digests

ONE = "digests"  # sent by one worker at a time, and queued once


@app.task(name="notices.deliver", queue="mail", lock=ONE, queueing_lock=ONE)
def deliver() -> None:
    """Send the digests that wait."""
    send_digests(actor=system_actor(SEND), at=timezone.now())


def look_for_digests() -> None:
    """Gather what is due, and have it sent if anything waits: a chore of the watch."""
    now = timezone.now()
    gather_digests(actor=system_actor(SEND), at=now)
    if queries.digests_to_send(now).exists():
        with suppress(AlreadyEnqueued), transaction.atomic():
            deliver.defer()
