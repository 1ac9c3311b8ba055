"""Telling people something, once."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection
from django.utils.functional import Promise

from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor
from lantoa.kernel.dates import HANOI
from lantoa.kernel.refusal import NotPermitted
from lantoa.notices import kinds, telling
from lantoa.notices.events import NoticesSent
from lantoa.notices.queries import Recipient, Recipients
from lantoa.notices.vocabulary import Holders, Message, Param, People

SEND = "notices.send"  # held by the system only: people write no notices
_INSERT = """
INSERT INTO notices_notice (person_id, mandate_id, kind, subject, occasion, href, words,
                            params, created_at)
SELECT person_id, mandate_id, kind, subject, occasion, href, words, params, %s
FROM jsonb_to_recordset(%s) AS told (
    person_id bigint, mandate_id bigint, kind text, subject text, occasion text,
    href text, words text, params jsonb
)
ORDER BY person_id, kind, subject, occasion
ON CONFLICT (person_id, kind, subject, occasion) DO NOTHING
RETURNING person_id, kind, subject, occasion
"""
Key = tuple[int, str, str, str]


def require_sender(actor: Actor) -> None:
    """Raise NotPermitted unless *actor* is the system sending notices."""
    if not actor.reach.covers(SEND, None):
        raise NotPermitted


@action
def notify(
    *,
    actor: Actor,
    kind: str,
    to: Holders | People,
    subject: str,
    occasion: str,
    href: str,
    words: str | Promise,
    params: Mapping[str, Param] | None = None,
    at: datetime,
) -> int:
    """Tell people something; return how many had not been told of the occasion.

    Args:
        kind: the name of a registered kind.
        occasion: what happened to the subject, "due-7:2026-12-01"; a person is told
            once of the same kind, subject and occasion, however often this is called.
        words: a sentence with ``%(name)s`` for each of *params*, see Message.

    Raises:
        NotPermitted: the actor is not the system.
        ValueError: the kind is not registered, or *href* is not an address of ours.
    """
    message = Message(
        kind=kind,
        to=to,
        subject=subject,
        occasion=occasion,
        href=href,
        words=words,
        params=params or {},
    )
    return notify_many(actor=actor, messages=[message], at=at)


@action
def notify_many(*, actor: Actor, messages: Iterable[Message], at: datetime) -> int:
    """Tell people many things in one statement; return how many notices are new.

    Two who tell the same at once wait for each other in one order, and the later finds
    it told. One fact is recorded for each kind.

    Raises:
        NotPermitted: the actor is not the system.
        ValueError: a kind is not registered, or an address is not ours.
    """
    require_sender(actor)
    messages = list(messages)
    for message in messages:
        _check(message)
    people = Recipients((each.to for each in messages), at.astimezone(HANOI).date())
    rows: dict[Key, tuple[Recipient, Message]] = {}
    for message in messages:
        for each in people.of(message.to):
            rows.setdefault(_key(each, message), (each, message))
    told = _insert([_row(*pair) for pair in rows.values()], at) if rows else []
    if not told:
        unchanged()
        return 0
    by_kind: defaultdict[str, list[Key]] = defaultdict(list)
    for key in told:
        by_kind[key[1]].append(key)
    for kind, keys in by_kind.items():
        bodies = {rows[key][0].body_id for key in keys} - {None}
        record(
            NoticesSent(
                kind=kind,
                notices=len(keys),
                people=len({key[0] for key in keys}),
                about=sorted({key[2] for key in keys}),
                body_ids=sorted(filter(None, bodies)),
            ),
            by=actor,
            at=at,
        )
    return len(told)


def _check(message: Message) -> None:
    if not kinds.is_known(message.kind):
        raise ValueError(f"no kind of notice is called {message.kind}")
    if not message.href.startswith("/") or message.href.startswith("//"):
        raise ValueError(f"not an address of ours: {message.href}")


def _key(to: Recipient, message: Message) -> Key:
    return to.person_id, message.kind, message.subject, message.occasion


def _row(to: Recipient, message: Message) -> dict[str, object]:
    return {
        "person_id": to.person_id,
        "mandate_id": to.mandate_id,
        "kind": message.kind,
        "subject": message.subject,
        "occasion": message.occasion,
        "href": message.href,
        "words": telling.message_id(message.words),
        "params": telling.packed(message.params),
    }


def _insert(rows: list[dict[str, object]], at: datetime) -> list[Key]:
    """Write the notices; return those that were not there yet."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [at, json.dumps(rows, ensure_ascii=False)])
        return list(cursor.fetchall())
