"""Correcting and withdrawing: a next version, with reason and author."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from lantoa.documents import queries, rules
from lantoa.documents.actions.papers import check, write_version
from lantoa.documents.events import PaperCorrected, PaperWithdrawn
from lantoa.documents.models import Clause, Paper, PaperVersion
from lantoa.documents.vocabulary import (
    Changes,
    ClauseText,
    PaperState,
    ReasonMissing,
    WithdrawnAlready,
)
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor


@action
def correct_paper(
    *, actor: Actor, paper: Paper, changes: Changes, reason: str, at: datetime
) -> PaperVersion:
    """Give a paper its next version; the earlier ones stay, and the difference shows.

    Returns:
        The new version, or the newest one if nothing would differ.

    Raises:
        NotPermitted: the actor doesn't keep this paper's register.
        ReasonMissing: no reason was given.
        WithdrawnAlready: the paper stands no more.
        SummaryMissing, LabelUnusable, EffectBackwards: as when registering.
    """
    paper, newest = _held(actor, paper, reason)
    for field in fields(changes):
        value = getattr(changes, field.name)
        if value is not None and field.name != "clauses":
            setattr(paper, field.name, value)
    check(paper, changes.clauses or ())
    paper.save()
    touched = [] if changes.clauses is None else _reword(paper, changes.clauses)
    if queries.content_of(paper) == newest.content:
        unchanged()
        return newest
    version = write_version(
        paper, number=newest.number + 1, reason=reason.strip(), actor=actor, at=at
    )
    record(
        PaperCorrected(paper_id=paper.pk, version=version.number, clause_ids=touched),
        by=actor,
        at=at,
    )
    return version


@action
def withdraw_paper(
    *, actor: Actor, paper: Paper, reason: str, at: datetime
) -> PaperVersion:
    """Say that what the paper says stands no more; the paper itself stays.

    Raises:
        NotPermitted: the actor doesn't keep this paper's register.
        ReasonMissing: no reason was given.
        WithdrawnAlready: it was withdrawn before.
    """
    paper, newest = _held(actor, paper, reason)
    paper.state = PaperState.WITHDRAWN
    paper.save(update_fields=["state"])
    version = write_version(
        paper, number=newest.number + 1, reason=reason.strip(), actor=actor, at=at
    )
    record(PaperWithdrawn(paper_id=paper.pk, version=version.number), by=actor, at=at)
    return version


def _held(actor: Actor, paper: Paper, reason: str) -> tuple[Paper, PaperVersion]:
    """Return the paper, locked, and its newest version."""
    paper = (
        Paper.objects.select_for_update(of=("self",))
        .select_related("type", "issuer", "file")
        .get(pk=paper.pk)
    )
    rules.REGISTER.require(actor, paper)
    if not reason.strip():
        raise ReasonMissing
    if paper.state == PaperState.WITHDRAWN:
        raise WithdrawnAlready
    return paper, paper.versions.latest("number")


def _reword(paper: Paper, clauses: Sequence[ClauseText]) -> list[int]:
    """Write the clauses as they now are; return the ids of those that changed."""
    held = {row.label: row for row in Clause.objects.filter(paper=paper)}
    touched: list[int] = []
    for position, said in enumerate(clauses, start=1):
        row = held.pop(said.label, None) or Clause(paper=paper, label=said.label)
        before = (row.heading, row.text, row.dropped, row.pk is None)
        row.heading, row.text, row.dropped = said.heading, said.text, False
        is_new_or_other = before != (row.heading, row.text, False, False)
        if is_new_or_other or row.position != position:
            row.position = position
            row.save()
        if is_new_or_other:
            touched.append(row.pk)
    gone = [row.pk for row in held.values() if not row.dropped]
    Clause.objects.filter(pk__in=gone).update(dropped=True)
    return touched + gone
