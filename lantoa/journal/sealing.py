"""Sealing: committed entries are hashed, in batches, into one chain."""

import hashlib
import json
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from lantoa.journal.models import Entry, Seal, Unsealed

GENESIS = "0" * 64
BATCH = 5_000  # entries a seal covers at most
_LOCK = 0x1A47  # advisory lock: one sealer at a time


@dataclass(frozen=True, slots=True)
class Fault:
    """What the verifier found wrong: the seal or entry, and how."""

    where: str
    what: str


def seal() -> Seal | None:
    """Cover the committed entries not yet sealed; return the seal, None if none.

    An entry that this transaction sees has committed, so entries may be sealed out of
    the order of their numbers, but each exactly once. Writers never wait for it.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
            if not cursor.fetchone()[0]:
                return None
        ids = list(
            Unsealed.objects.order_by("entry_id").values_list("entry_id", flat=True)[
                :BATCH
            ]
        )
        if not ids:
            return None
        last = Seal.objects.order_by("-pk").first()
        previous = last.digest if last else GENESIS
        sealed = Seal.objects.create(
            entry_ids=ids, previous=previous, digest=_digest(previous, ids)
        )
        Unsealed.objects.filter(pk__in=ids).delete()
        return sealed


def verify() -> list[Fault]:
    """Recompute the whole chain; return every fault found, [] when it stands.

    It looks at one moment of the journal, while others write and seal.
    """
    with transaction.atomic():
        if not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _faults()


def _faults() -> list[Fault]:
    faults: list[Fault] = []
    seals = list(Seal.objects.order_by("pk").values("pk", "previous", "digest"))
    expected = [GENESIS, *(each["digest"] for each in seals)]
    covered: set[int] = set()
    for row, before in zip(seals, expected, strict=False):
        ids = Seal.objects.values_list("entry_ids", flat=True).get(pk=row["pk"])
        where = _("niêm phong %(number)s") % {"number": row["pk"]}
        if row["previous"] != before:
            faults.append(Fault(where, _("đứt chuỗi với niêm phong trước")))
        if covered.intersection(ids):
            faults.append(Fault(where, _("có bút tích bị niêm phong hai lần")))
        covered.update(ids)
        if _digest(row["previous"], ids) != row["digest"]:
            faults.append(Fault(where, _("bút tích đã bị sửa, xóa hoặc đổi chỗ")))
    waiting = set(Unsealed.objects.values_list("entry_id", flat=True))
    present = set(Entry.objects.values_list("pk", flat=True))
    faults.extend(
        Fault(
            _("bút tích %(number)s") % {"number": pk},
            _("không nằm trong chuỗi niêm phong"),
        )
        for pk in sorted(present - covered - waiting)
    )
    return faults


def _digest(previous: str, ids: list[int]) -> str:
    rows = Entry.objects.in_bulk(ids)
    running = previous
    for pk in ids:
        content = rows[pk].as_sealed() if pk in rows else {"id": pk, "missing": True}
        text = json.dumps(content, sort_keys=True, ensure_ascii=False)
        running = hashlib.sha256(f"{running}{text}".encode()).hexdigest()
    return running
