"""Reading the journal."""

from dataclasses import dataclass

from django.db.models import QuerySet

from lantoa.journal.models import Entry, Seal, Unsealed


@dataclass(frozen=True, slots=True)
class Chain:
    """How far the journal is sealed."""

    head: Seal | None
    waiting: int  # committed entries that no seal covers yet


def entries(*, subject: str = "", kind: str = "") -> QuerySet[Entry]:
    """Return the entries about a subject, or of a kind, the last recorded first.

    Args:
        subject: "conference:12", or "" for any.
        kind: the first word of the facts' names, "conferences", or "" for any.
    """
    rows = Entry.objects.order_by("-pk")
    if subject:
        rows = rows.filter(subjects__contains=[subject])
    if kind:
        rows = rows.filter(name__startswith=f"{kind}.")
    return rows


def chain() -> Chain:
    """Return the head of the chain of seals, and how many entries wait for one."""
    return Chain(
        head=Seal.objects.order_by("-pk").defer("entry_ids").first(),
        waiting=Unsealed.objects.count(),
    )
