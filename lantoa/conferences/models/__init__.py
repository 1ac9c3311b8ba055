"""The rows of a conference, one file for each noun."""

from lantoa.conferences.models.agenda import AgendaItem
from lantoa.conferences.models.conclusions import Conclusion
from lantoa.conferences.models.conference import Conference, Directive
from lantoa.conferences.models.floor import Turn
from lantoa.conferences.models.opening import (
    OpeningClause,
    OpeningReport,
    OpeningVersion,
)
from lantoa.conferences.models.rollcall import RollCall, RollCallAnswer
from lantoa.conferences.models.venue import Delegate, Delegation, RehearsalCheck, Venue

__all__ = [
    "AgendaItem",
    "Conclusion",
    "Conference",
    "Delegate",
    "Delegation",
    "Directive",
    "OpeningClause",
    "OpeningReport",
    "OpeningVersion",
    "RehearsalCheck",
    "RollCall",
    "RollCallAnswer",
    "Turn",
    "Venue",
]
