"""The board of what became of the conclusions, and the signal that drafts moved."""

from collections.abc import Sequence
from hashlib import blake2b

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lantoa.conferences import events
from lantoa.conferences.models import Conclusion
from lantoa.conferences.queries.board import clause_ids, tallies
from lantoa.live.fragments import ALL, SINGLE, Authority, Viewer, fragment
from lantoa.plans import queries as plans
from lantoa.plans.events import TasksAcknowledged, TasksDispatched, TasksReceived
from lantoa.plans.queries import Tally
from lantoa.plans.vocabulary import PartyState

DESK: frozenset[Authority] = frozenset({"secretariat", "chair"})
STATES = {
    PartyState.SILENT: "sent",
    PartyState.RECEIVED: "received",
    PartyState.ACKNOWLEDGED: "acknowledged",
}


@fragment(
    "conclusion-tile",
    topic="conference",
    touched_by={
        TasksDispatched: ALL,
        TasksReceived: lambda event: [event.body_id],
        TasksAcknowledged: lambda event: [event.body_id],
    },
)
def conclusion_tiles(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return each body's tile: how far the slowest of its tasks has come."""
    return {
        body_id: format_html(
            '<i data-state="{}">{}</i>', STATES[tally.state], _in_words(tally)
        )
        for body_id, tally in tallies(topic_id, parts).items()
    }


@fragment(
    "conclusion-count",
    topic="conference",
    touched_by={
        TasksDispatched: ALL,
        TasksReceived: lambda event: event.clause_ids,
        TasksAcknowledged: lambda event: event.clause_ids,
    },
)
def conclusion_counts(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return for each clause how many bodies received and acknowledged."""
    asked = [pk for pk in clause_ids(topic_id) if parts is None or pk in parts]
    return {
        clause_id: format_html("<span>{}</span>", _counted(tally))
        for clause_id, tally in plans.board_by_clause(asked).items()
    }


@fragment(
    "conclusion-stamp",
    topic="conference",
    touched_by={
        events.ConclusionDrafted: ALL,
        events.ConclusionRevised: ALL,
        events.ConclusionRemoved: ALL,
        events.ConclusionConfirmed: ALL,
        events.ConclusionReturned: ALL,
        events.ConclusionsIssued: ALL,
    },
    authorities=DESK,
)
def conclusion_stamp(
    topic_id: int, parts: Sequence[int] | None, viewer: Viewer
) -> dict[int, SafeString]:
    """Return a mark that changes whenever a draft does; the page then looks again."""
    rows = Conclusion.objects.filter(conference=topic_id).order_by("pk")
    said = list(
        rows.values_list(
            "pk", "heading", "work", "lead", "lead_rule", "deadline_text", "due_on",
            "product", "confirmed_at", "clause",
        )
    )  # fmt: skip
    mark = blake2b(repr(said).encode(), digest_size=6).hexdigest()
    return {SINGLE: format_html('<span hidden data-mark="{}"></span>', mark)}


def _in_words(tally: Tally) -> str:
    if tally.state == PartyState.SILENT:
        return _("Đã gửi, chưa nhận")
    return _counted(tally)


def _counted(tally: Tally) -> str:
    return _("Đã nhận %(received)d/%(total)d · đã xác nhận %(done)d/%(total)d") % {
        "received": tally.received,
        "total": tally.total,
        "done": tally.acknowledged,
    }
