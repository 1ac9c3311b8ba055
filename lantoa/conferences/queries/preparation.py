"""How far the preparation of a conference has come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lantoa.conferences.models import Conference, Venue
from lantoa.conferences.queries.venues import venues
from lantoa.conferences.vocabulary import Check, CheckState, ConferenceState

Standing = Literal["done", "now", "later"]


@dataclass(frozen=True, slots=True)
class Progress:
    """What has been prepared, in numbers."""

    items: int
    venues: int
    invited: int
    answered: int
    rehearsed: int  # venues with every check good
    faults: int  # venues with some fault
    conclusions: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class PreparationStep:
    """A step on the way from a title to tasks; *page* names where it is taken."""

    label: str | Promise
    page: str
    state: Standing
    note: str | Promise


@dataclass(frozen=True, slots=True)
class InvitationTile:
    """A venue on the map of invitations."""

    venue: Venue
    code: str
    state: str  # as the tile shows it
    word: str | Promise


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A venue's row in the grid of the rehearsal."""

    venue: Venue
    cells: list[tuple[Check, CheckState]]
    notes: list[tuple[Check, str]]

    @property
    def good(self) -> int:
        """Return how many checks passed."""
        return sum(state == CheckState.GOOD for _, state in self.cells)

    @property
    def faults(self) -> int:
        """Return how many checks failed."""
        return sum(state == CheckState.FAULT for _, state in self.cells)

    @property
    def complete(self) -> bool:
        """Return whether every check passed."""
        return self.good == len(self.cells)


def progress(conference: Conference) -> Progress:
    """Return what has been prepared, in three queries."""
    good = Count("checks", filter=Q(checks__state=CheckState.GOOD), distinct=True)
    bad = Count("checks", filter=Q(checks__state=CheckState.FAULT), distinct=True)
    rows = list(
        venues(conference.pk)
        .annotate(good=good, bad=bad)
        .values_list("invited_at", "answered_at", "good", "bad")
    )
    drafts = conference.conclusions.aggregate(
        all=Count("pk"), confirmed=Count("pk", filter=Q(confirmed_at__isnull=False))
    )
    return Progress(
        items=conference.items.count(),
        venues=len(rows),
        invited=sum(row[0] is not None for row in rows),
        answered=sum(row[1] is not None for row in rows),
        rehearsed=sum(row[2] == len(Check) for row in rows),
        faults=sum(bool(row[3]) for row in rows),
        conclusions=drafts["all"],
        confirmed=drafts["confirmed"],
    )


def steps(conference: Conference, *, may_edit: bool) -> list[PreparationStep]:
    """Return the way from a title to tasks, what is done of it, and what is next.

    The first step leads to the form only for those who may still change it.
    """
    done = progress(conference)
    began = not conference.preparing
    over = conference.state in {ConferenceState.CLOSED, ConferenceState.CONCLUDED}
    issued = conference.paper_id is not None
    all_of = _("%(n)d/%(all)d điểm cầu")
    way: list[tuple[str | Promise, str, bool, str | Promise]] = [
        (
            _("Thông tin chung"),
            "edit" if may_edit and not began else "conference",
            True,
            conference.chair_office,
        ),
        (
            _("Chương trình"),
            "agenda",
            bool(done.items),
            ngettext("%d mục", "%d mục", done.items) % done.items,
        ),
        (
            _("Danh sách điểm cầu"),
            "venues",
            bool(done.venues),
            ngettext("%d điểm cầu", "%d điểm cầu", done.venues) % done.venues,
        ),
        (
            _("Gửi giấy mời"),
            "venues",
            bool(done.venues) and done.invited == done.venues,
            all_of % {"n": done.invited, "all": done.venues},
        ),
        (
            _("Điểm cầu trả lời"),
            "venues",
            bool(done.venues) and done.answered == done.venues,
            all_of % {"n": done.answered, "all": done.venues},
        ),
        (
            _("Tổng duyệt kỹ thuật"),
            "rehearsal",
            bool(done.venues) and done.rehearsed == done.venues,
            all_of % {"n": done.rehearsed, "all": done.venues},
        ),
        (_("Điều hành hội nghị"), "console", over, conference.get_state_display()),
        (
            _("Kết luận và giao nhiệm vụ"),
            "conclusions",
            issued,
            _("%(n)d/%(all)d kết luận đã xác nhận")
            % {"n": done.confirmed, "all": done.conclusions},
        ),
    ]
    return _stand(way, began=began)


def _stand(
    way: list[tuple[str | Promise, str, bool, str | Promise]], *, began: bool
) -> list[PreparationStep]:
    """Mark the first step not done; before the beginning it is one of preparing."""
    found: list[PreparationStep] = []
    reached = False
    for label, page, done, note in way:
        preparing = page not in {"console", "conclusions"}
        state: Standing = "done" if done else "later"
        if not done and not reached and not (began and preparing):
            state, reached = "now", True
        found.append(PreparationStep(label, page, state, note))
    return found


def invitation_tiles(
    rows: Iterable[Venue], codes: Mapping[int, str]
) -> list[InvitationTile]:
    """Return the venues that have a place on the map, with how they were invited."""
    return [
        InvitationTile(row, codes.get(row.unit_id or 0, ""), *_invited(row))
        for row in rows
        if row.column is not None and row.row is not None
    ]


def _invited(venue: Venue) -> tuple[str, str | Promise]:
    if venue.answered_at is not None:
        return "acknowledged", _("Đã trả lời")
    if venue.invited_at is not None:
        return "received", _("Đã mời, chưa trả lời")
    return "sent", _("Chưa mời")


def rehearsal_grid(conference_id: int) -> list[Rehearsed]:
    """Return every venue with its checks, in two queries."""
    grid = []
    for venue in venues(conference_id).prefetch_related("checks"):
        held = {row.check_of: row for row in venue.checks.all()}
        cells = [
            (check, CheckState(held[check].state) if check in held else CheckState.OPEN)
            for check in Check
        ]
        notes = [
            (check, held[check].note)
            for check in Check
            if check in held and held[check].note
        ]
        grid.append(Rehearsed(venue, cells, notes))
    return grid
