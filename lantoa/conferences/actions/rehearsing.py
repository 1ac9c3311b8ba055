"""The rehearsal of one venue, entered at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lantoa.conferences.actions.venues import check_venue
from lantoa.conferences.models import Venue
from lantoa.conferences.vocabulary import Check, CheckState
from lantoa.journal.writing import action
from lantoa.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the trial of one thing showed."""

    check: Check
    state: CheckState
    note: str = ""


@action
def rehearse_venue(
    *, actor: Actor, venue: Venue, results: Sequence[CheckResult], at: datetime
) -> Venue:
    """Note what the rehearsal showed of several things; what is as before stays.

    Raises:
        NotPermitted, NotInvited, NotPreparing: as for one check.
    """
    for result in results:
        check_venue(
            actor=actor,
            venue=venue,
            check=result.check,
            state=result.state,
            note=result.note,
            at=at,
        )
    return venue
