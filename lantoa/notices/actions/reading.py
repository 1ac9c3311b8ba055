"""Reading notices, and choosing how they come.

That something was read is technical state: it is kept with the notice and not recorded
in the journal. What somebody chose is a fact.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, time

from lantoa.identity.models import Person
from lantoa.journal.writing import action, record
from lantoa.kernel.actor import Actor
from lantoa.kernel.refusal import NotPermitted
from lantoa.notices.events import NoticesChosen
from lantoa.notices.models import Notice, Preference, is_within
from lantoa.notices.vocabulary import DigestInQuietHours


def mark_read(*, actor: Actor, notices: Iterable[int], at: datetime) -> int:
    """Mark some of the actor's own notices as read; return how many were not.

    Raises:
        NotPermitted: nobody is signed in.
    """
    if actor.person_id is None:
        raise NotPermitted
    own = Notice.objects.filter(person_id=actor.person_id, read_at__isnull=True)
    return own.filter(pk__in=list(notices)).update(read_at=at)


def mark_all_read(*, actor: Actor, kind: str = "", at: datetime) -> int:
    """Mark all of the actor's own notices, or those of a kind, as read.

    Raises:
        NotPermitted: nobody is signed in.
    """
    if actor.person_id is None:
        raise NotPermitted
    own = Notice.objects.filter(person_id=actor.person_id, read_at__isnull=True)
    if kind:
        own = own.filter(kind=kind)
    return own.update(read_at=at)


@action
def choose_notices(
    *,
    actor: Actor,
    person: Person,
    by_mail: Mapping[str, bool],
    digest_at: time,
    quiet_from: time,
    quiet_until: time,
    language: str,
    at: datetime,
) -> Preference:
    """Choose which kinds come by e-mail, when, and in which language.

    Raises:
        NotPermitted: it is somebody else's choice.
        DigestInQuietHours: the digest would come when quiet is wanted.
    """
    if actor.person_id is None or actor.person_id != person.pk:
        raise NotPermitted
    if is_within(digest_at, quiet_from, quiet_until):
        raise DigestInQuietHours
    chosen, _ = Preference.objects.update_or_create(
        person=person,
        defaults={
            "by_mail": dict(by_mail),
            "digest_at": digest_at,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "language": language,
        },
    )
    record(
        NoticesChosen(
            person_id=person.pk,
            by_mail=dict(by_mail),
            digest_at=digest_at.isoformat("minutes"),
            quiet=[
                quiet_from.isoformat("minutes"),
                quiet_until.isoformat("minutes"),
            ],
            language=language,
        ),
        by=actor,
        at=at,
    )
    return chosen
