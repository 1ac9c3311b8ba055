"""Parts in tasks, arranged for a page: by paper, by state, on the map."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _

from lantoa.documents.models import Paper
from lantoa.kernel.dates import short_date
from lantoa.kernel.text import fold
from lantoa.organisations.queries import Tile, tile_map
from lantoa.plans.models import Task, TaskParty
from lantoa.plans.vocabulary import PartyRole, PartyState, Recurrence
from lantoa.ui.parts import Term

_ON_THE_MAP = {
    PartyState.SILENT: "sent",
    PartyState.RECEIVED: "received",
    PartyState.ACKNOWLEDGED: "acknowledged",
}


@dataclass(slots=True)
class PaperGroup:
    """What one paper set a body."""

    paper: Paper
    rows: list["Row"] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        """Return how many tasks of it wait to be acknowledged."""
        return sum(row.party.acknowledged_at is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Row:
    """A body's part in a task, with the six clear things."""

    party: TaskParty
    six: list[Term]


@dataclass(frozen=True, slots=True)
class BoardTile:
    """A tile of the map and what its province did; None where it has no part."""

    tile: Tile
    party: TaskParty | None

    @property
    def state(self) -> str:
        """Return the word of the map's marks."""
        return _ON_THE_MAP[self.party.state] if self.party else "waiting"


def by_paper(parties: Iterable[TaskParty]) -> list[PaperGroup]:
    """Return the parts under the papers they come from, in the order given."""
    groups: dict[int, PaperGroup] = {}
    for party in parties:
        paper = party.task.clause.paper
        group = groups.setdefault(paper.pk, PaperGroup(paper))
        everybody = list(party.task.parties.all())
        group.rows.append(Row(party, six_clear_things(party.task, everybody)))
    return list(groups.values())


def six_clear_things(task: Task, parties: Sequence[TaskParty]) -> list[Term]:
    """Return who, what, when, by which authority, with which result, answering how."""
    coordinating = [p.body.label for p in parties if p.role == PartyRole.COORDINATING]
    lead = ", ".join(p.body.label for p in parties if p.role == PartyRole.LEAD)
    if coordinating:
        names = ", ".join(coordinating)
        lead = _("%(lead)s chủ trì; phối hợp: %(names)s") % {
            "lead": lead,
            "names": names,
        }
    return [
        Term(term=_("Rõ người"), text=lead),
        Term(term=_("Rõ việc"), text=task.work),
        Term(term=_("Rõ thời gian"), text=_time_of(task)),
        Term(term=_("Rõ thẩm quyền"), text=task.authority),
        Term(term=_("Rõ kết quả"), text=task.product),
        Term(term=_("Rõ trách nhiệm"), text=task.responsibility),
    ]


def _time_of(task: Task) -> str:
    said = [task.deadline_text]
    if task.due_on is not None:
        said.append(_("hạn %(day)s") % {"day": short_date(task.due_on)})
    often = str(Recurrence(task.recurrence).label) if task.recurrence else ""
    if fold(often) != fold(task.deadline_text):
        said.append(often)
    return " · ".join(filter(None, said))


def only(
    parties: Iterable[TaskParty], state: PartyState | None, text: str
) -> list[TaskParty]:
    """Return the parts in a state whose body's name holds every word of *text*."""
    words = fold(text).split()
    return [
        party
        for party in parties
        if state in {None, party.state}
        and all(word in party.body.folded for word in words)
    ]


def count_states(parties: Iterable[TaskParty]) -> Counter[PartyState]:
    """Return how many parts are in each state."""
    return Counter(party.state for party in parties)


def map_of(parties: Iterable[TaskParty], on: date) -> list[BoardTile]:
    """Return the map of a day with what each province's lead body did; [] if none.

    Bodies that no longer stood on that day are shown on the last map they stood on.
    """
    leads = {
        party.body.territory_id: party
        for party in parties
        if party.role == PartyRole.LEAD and party.body.territory_id is not None
    }
    ended = [p.body.valid_until for p in leads.values() if p.body.valid_until]
    day = min([on, *(end - timedelta(days=1) for end in ended)])
    tiles = tile_map(day).tiles if leads else ()
    if not any(tile.unit_id in leads for tile in tiles):
        return []
    return [BoardTile(tile, leads.get(tile.unit_id)) for tile in tiles]
