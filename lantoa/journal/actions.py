"""The writes of the journal's own technical state; nothing of it is a fact."""

from datetime import datetime, timedelta

from lantoa.journal.models import Command

KEPT = timedelta(days=30)  # how long a retry gets the first answer
_BATCH = 5_000


def forget_old_commands(*, at: datetime) -> int:
    """Delete the command keys answered more than 30 days before *at*; return how many.

    They go in batches, so that the writers of new ones never wait long.
    """
    forgotten = 0
    while True:
        old = Command.objects.filter(at__lt=at - KEPT).values_list("pk")[:_BATCH]
        deleted, _ = Command.objects.filter(pk__in=old).delete()
        forgotten += deleted
        if deleted < _BATCH:
            return forgotten
