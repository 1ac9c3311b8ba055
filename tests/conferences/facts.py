"""What the journal says, for tests of actions."""

from lantoa.journal.models import Entry


def facts():
    """Return the conference's facts so far, by their short names, in order."""
    rows = Entry.objects.filter(name__startswith="conferences.").order_by("pk")
    return [
        name.removeprefix("conferences.")
        for name in rows.values_list("name", flat=True)
    ]


def last_fact():
    """Return the newest entry."""
    return Entry.objects.order_by("pk").last()
