"""The queue of digests: technical state, but that one left is a fact.

A digest is claimed, and the claim committed, before its mail goes out; afterwards it is
confirmed, or given back with what the mail server said. So a crash in between leaves a
claim, and nobody knows whether the mail left: it is sent once more when the claim is
stale, and after a second crash never again, but shown to operators. What was refused is
tried later, with pauses that double from five minutes to six hours, for two days.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Case, F, Value, When

from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.notices.actions.telling import require_sender
from lantoa.notices.events import DigestSent
from lantoa.notices.models import MAX_TRIES, Digest
from lantoa.notices.queries import digests_to_send, due_for_digest
from lantoa.organisations.queries import calendar

FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=6)
_GATHERING = 0x1A50  # advisory lock: one gathers at a time
_FILL = """
UPDATE notices_notice SET digest_id = made.digest
FROM unnest(%s::bigint[], %s::bigint[]) AS made (notice, digest)
WHERE id = made.notice
"""


def gather_digests(*, actor: Actor, at: datetime) -> int:
    """Put what is due by now into one digest for each person; return for how many.

    On days off nothing is due. One that waits for the mail server takes up what has
    come since.

    Raises:
        NotPermitted: the actor is not the system.
    """
    require_sender(actor)
    today = at.astimezone(HANOI).date()
    if not calendar().working(today):
        return 0
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_GATHERING])
        due = due_for_digest(at)
        if not due:
            return 0
        places = _places(list(due), today, at)
        pairs = [(pk, places[each]) for each, pks in due.items() for pk in pks]
        with connection.cursor() as cursor:
            cursor.execute(_FILL, [list(column) for column in zip(*pairs, strict=True)])
    return len(due)


def _places(people: list[int], day: date, at: datetime) -> Mapping[int, int]:
    """Return the digest of each person, a waiting one or a new one."""
    waiting = Digest.objects.filter(
        person_id__in=people,
        sent_at__isnull=True,
        claimed_at__isnull=True,
        lost=0,
        tries__lt=MAX_TRIES,
    )
    found = dict(waiting.order_by("pk").values_list("person_id", "pk"))
    new = Digest.objects.bulk_create(
        Digest(person_id=each, day=day, made_at=at, again_at=at)
        for each in people
        if each not in found
    )
    return found | {digest.person_id: digest.pk for digest in new}


def claim_digest(*, actor: Actor, digest: Digest, at: datetime) -> bool:
    """Take a digest in hand, in a transaction of its own; False if somebody else has.

    Raises:
        NotPermitted: the actor is not the system.
    """
    require_sender(actor)
    lost = Case(When(claimed_at__isnull=True, then=F("lost")), default=F("lost") + 1)
    free = digests_to_send(at).filter(pk=digest.pk).order_by()
    return bool(free.update(claimed_at=at, lost=lost))


@action
def confirm_digest(
    *, actor: Actor, digest: Digest, notices: int, at: datetime
) -> Digest:
    """Record that a digest has left.

    Raises:
        NotPermitted: the actor is not the system.
    """
    require_sender(actor)
    digest.sent_at, digest.last_error = at, ""
    digest.save(update_fields=["sent_at", "last_error"])
    record(
        DigestSent(digest_id=digest.pk, person_id=digest.person_id, notices=notices),
        by=actor,
        at=at,
    )
    return digest


def give_back_digest(*, actor: Actor, digest: Digest, error: str, at: datetime) -> None:
    """Put back what the mail server did not take, to be tried after a pause.

    Raises:
        NotPermitted: the actor is not the system.
    """
    require_sender(actor)
    tries = digest.tries + 1
    pause = min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)
    Digest.objects.filter(pk=digest.pk).update(
        claimed_at=None, tries=tries, last_error=error[:200], again_at=at + pause
    )


def put_off_digest(*, actor: Actor, digest: Digest, until: datetime) -> None:
    """Let a digest wait: the person wants quiet, or nobody works today.

    Raises:
        NotPermitted: the actor is not the system.
    """
    require_sender(actor)
    Digest.objects.filter(pk=digest.pk, claimed_at__isnull=True).update(
        again_at=Value(until)
    )
