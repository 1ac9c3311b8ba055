"""The worker's side of reactions."""

from procrastinate.contrib.django import app

from lantoa.journal.models import Entry
from lantoa.journal.reacting import TASK, carry_out


@app.task(name=TASK, queue="reactions", retry=5)
def react(entry_id: int, reaction: str) -> None:
    """Carry out one reaction to one entry."""
    entry = Entry.objects.get(pk=entry_id)
    carry_out(entry.name, reaction, entry.payload)
