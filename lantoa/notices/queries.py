"""Reading notices, and finding who is to be told or mailed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Count, F, Q, QuerySet
from django.db.models.lookups import IsNull

from lantoa.access.models import Mandate
from lantoa.access.queries import in_force
from lantoa.access.roles import ROLES
from lantoa.access.vocabulary import Role
from lantoa.identity.models import Person
from lantoa.kernel.dates import HANOI
from lantoa.notices import kinds
from lantoa.notices.models import MAX_LOST, MAX_TRIES, Digest, Notice, Preference
from lantoa.notices.vocabulary import Holders, People

MOST = 99  # the bell counts no further
STALE = timedelta(days=30)  # what is older goes into no digest any more
LEASE = timedelta(minutes=15)  # a claim older than this was lost with its worker

_DUE = """
SELECT n.person_id, array_agg(n.id ORDER BY n.id)
FROM notices_notice n
JOIN identity_person p ON p.id = n.person_id AND p.is_active
LEFT JOIN notices_preference c ON c.person_id = n.person_id
WHERE n.digest_id IS NULL AND n.read_at IS NULL AND n.created_at > %(since)s
  AND coalesce((c.by_mail ->> n.kind)::boolean, n.kind = ANY(%(kinds)s))
  AND NOT EXISTS (
    SELECT FROM notices_digest d
    WHERE d.person_id = n.person_id AND d.day = %(day)s
      AND (d.sent_at IS NOT NULL OR d.claimed_at IS NOT NULL OR d.lost > 0)
  )
GROUP BY n.person_id, c.digest_at
HAVING min(n.created_at) <= (%(day)s + coalesce(c.digest_at, %(usual)s)) AT TIME ZONE %(zone)s
   AND (%(day)s + coalesce(c.digest_at, %(usual)s)) AT TIME ZONE %(zone)s <= %(at)s
ORDER BY n.person_id
"""  # noqa: E501


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person to be told, and the mandate and body through which they are."""

    person_id: int
    mandate_id: int | None = None
    body_id: int | None = None


class Recipients:
    """Finds the people of many messages at once: one query, two if some are named."""

    def __init__(self, asked: Iterable[Holders | People], day: date) -> None:
        asked = list(asked)
        at = {pk for to in asked if isinstance(to, Holders) for pk in to.body_ids}
        named = {pk for to in asked if isinstance(to, People) for pk in to.person_ids}
        self._held = list(_held_at(at, day)) if at else []
        active = Person.objects.filter(pk__in=named, is_active=True)
        self._named = set(active.values_list("pk", flat=True)) if named else set()

    def of(self, to: Holders | People) -> list[Recipient]:
        """Return each person once; of several mandates the first counts."""
        found: dict[int, Recipient] = {}
        if isinstance(to, People):
            return [Recipient(pk) for pk in to.person_ids if pk in self._named]
        bodies = set(to.body_ids)
        for mandate_id, person_id, body_id, role in self._held:
            if body_id in bodies and to.capability in ROLES[Role(role)]:
                found.setdefault(person_id, Recipient(person_id, mandate_id, body_id))
        return list(found.values())


def _held_at(
    body_ids: Iterable[int], day: date
) -> QuerySet[Mandate, tuple[int, int, int, str]]:
    return (
        in_force(day)
        .filter(body_id__in=body_ids)
        .order_by("starts_on", "pk")
        .values_list("pk", "person_id", "body_id", "role")
    )


def unread_count(person_id: int) -> int:
    """Return how many notices a person has not read, or one more than ``MOST``."""
    unread = Notice.objects.filter(person_id=person_id, read_at__isnull=True)
    return unread[: MOST + 1].count()


def notices_of(person_id: int, *, kind: str = "") -> QuerySet[Notice]:
    """Return a person's notices: unread ones first, each part the newest first."""
    rows = Notice.objects.filter(person_id=person_id).select_related("mandate__body")
    if kind:
        rows = rows.filter(kind=kind)
    is_read = IsNull(F("read_at"), False)  # noqa: FBT003 - SQL's IS NOT NULL
    return rows.order_by(is_read, "-created_at", "-pk")


def counts_by_kind(person_id: int) -> dict[str, tuple[int, int]]:
    """Return for each kind how many notices a person has, and how many unread."""
    rows = (
        Notice.objects.filter(person_id=person_id)
        .values_list("kind")
        .annotate(
            number=Count("pk"), unread=Count("pk", filter=Q(read_at__isnull=True))
        )
    )
    return {kind: (number, unread) for kind, number, unread in rows}


def preference_of(person_id: int) -> Preference:
    """Return what a person has chosen, or the defaults as a row not yet kept."""
    found = Preference.objects.filter(pk=person_id).first()
    return found or Preference(person_id=person_id)


def due_for_digest(at: datetime) -> dict[int, list[int]]:
    """Return whose digest is due at *at*, each with the notices that go into it.

    It is due once its time of the day has come, if something had been waiting by then;
    what has come since goes with it. Whoever was mailed today waits for tomorrow.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _DUE,
            {
                "since": at - STALE,
                "kinds": kinds.mailed_by_default(),
                "day": at.astimezone(HANOI).date(),
                "usual": Preference._meta.get_field("digest_at").default,
                "zone": str(HANOI),
                "at": at,
            },
        )
        return dict(cursor.fetchall())


def digests_to_send(at: datetime) -> QuerySet[Digest]:
    """Return the digests that may be tried at *at*, the longest waiting first.

    Those nobody has claimed, and those whose claim was lost with its worker; of the
    latter each only once.
    """
    unclaimed = Q(claimed_at__isnull=True, again_at__lte=at, tries__lt=MAX_TRIES)
    lost = Q(claimed_at__lt=at - LEASE, lost__lt=MAX_LOST)
    return (
        Digest.objects.filter(unclaimed | lost, sent_at__isnull=True)
        .select_related("person")
        .order_by("again_at", "pk")
    )


def unsent_digests() -> QuerySet[Digest]:
    """Return the digests that have not left, the oldest first: for operators.

    ``state``, ``last_error`` and ``tries`` say why.
    """
    return Digest.objects.filter(sent_at__isnull=True).order_by("made_at", "pk")
