"""The worker's side of reactions."""

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lantoa.journal.models import Entry
from lantoa.journal.reacting import TASK, carry_out

# 2, 4, 8 … seconds: about half an hour in all.
AGAIN = RetryStrategy(max_attempts=10, exponential_wait=2)


@app.task(name=TASK, queue="reactions", retry=AGAIN)
def react(entry_id: int, reaction: str) -> None:
    """Carry out one reaction to one entry."""
    entry = Entry.objects.get(pk=entry_id)
    carry_out(entry.name, reaction, entry.payload)
