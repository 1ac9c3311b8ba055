from lantoa.organisations.models.bodies import Body, BodySuccession, ReportsTo
from lantoa.organisations.models.calendar_days import CalendarDay
from lantoa.organisations.models.councils import Council, CouncilSeat
from lantoa.organisations.models.dated import Dated, valid_on
from lantoa.organisations.models.reorganisations import (
    Change,
    FoundedBody,
    Reorganisation,
)
from lantoa.organisations.models.units import Succession, Unit, UnitName

__all__ = [
    "Body",
    "BodySuccession",
    "CalendarDay",
    "Change",
    "Council",
    "CouncilSeat",
    "Dated",
    "FoundedBody",
    "Reorganisation",
    "ReportsTo",
    "Succession",
    "Unit",
    "UnitName",
    "valid_on",
]
