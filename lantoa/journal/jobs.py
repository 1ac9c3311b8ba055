"""The worker's side of reactions."""

import logging

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lantoa.journal.models import Entry
from lantoa.journal.reacting import TASK, carry_out
from lantoa.kernel.trace import Trace, tracing

log = logging.getLogger("lantoa.jobs")

# 2, 4, 8 … seconds: about half an hour in all.
AGAIN = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.task(name=TASK, queue="reactions", retry=AGAIN)
def react(entry_id: int, reaction: str) -> None:
    """Carry out one reaction to one entry."""
    entry = Entry.objects.get(pk=entry_id)
    with tracing(Trace(command_key=entry.command_key, entry_id=entry.pk)):
        log.info("%s: %s", entry.name, reaction)
        try:
            carry_out(entry.name, reaction, entry.payload)
        except Exception:
            log.exception("%s: %s failed, and is tried again", entry.name, reaction)
            raise
