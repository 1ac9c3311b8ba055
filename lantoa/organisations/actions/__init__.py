from lantoa.organisations.actions.applying import (
    apply_reorganisation,
    take_back_reorganisation,
)
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
from lantoa.organisations.actions.reorganising import (
    Founding,
    amend_reorganisation,
    discard_reorganisation,
    draft_reorganisation,
    enter_move,
    enter_passing,
    remove_changes,
    take_known_successions,
)
from lantoa.organisations.actions.units import rename_unit

__all__ = [
    "Founding",
    "amend_reorganisation",
    "apply_reorganisation",
    "discard_reorganisation",
    "draft_reorganisation",
    "end_body",
    "end_reports_to",
    "enter_body",
    "enter_move",
    "enter_passing",
    "keep_calendar_day",
    "load_reference",
    "remove_calendar_day",
    "remove_changes",
    "rename_body",
    "rename_unit",
    "seat_office",
    "set_reports_to",
    "take_back_reorganisation",
    "take_known_successions",
    "vacate_seat",
]
