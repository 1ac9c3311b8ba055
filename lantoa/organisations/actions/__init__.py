from lantoa.organisations.actions.bodies import (
    end_body,
    end_reports_to,
    enter_body,
    rename_body,
    set_reports_to,
)
from lantoa.organisations.actions.calendar_days import (
    keep_calendar_day,
    remove_calendar_day,
)
from lantoa.organisations.actions.councils import seat_office, vacate_seat
from lantoa.organisations.actions.reference import load_reference
from lantoa.organisations.actions.units import rename_unit

__all__ = [
    "end_body",
    "end_reports_to",
    "enter_body",
    "keep_calendar_day",
    "load_reference",
    "remove_calendar_day",
    "rename_body",
    "rename_unit",
    "seat_office",
    "set_reports_to",
    "vacate_seat",
]
