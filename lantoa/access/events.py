"""What happens to mandates."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lantoa.access.vocabulary import Role
from lantoa.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateGranted(Event):
    """A person was given a role at a body."""

    name = "access.mandate_granted"
    sentence = _("Giao chức danh “{mandate}” ({role}) tại {body}, từ ngày {starts_on}.")
    mandate_id: int
    person_id: int
    body_id: int
    role: str
    starts_on: date
    ends_on: date | None

    def words(self) -> dict[str, str | Promise]:
        """Return the role as it is called."""
        return {"role": Role(self.role).label}


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateEnded(Event):
    """A mandate ended; whatever it held open closes."""

    name = "access.mandate_ended"
    sentence = _("Kết thúc chức danh “{mandate}” tại {body}.")
    mandate_id: int
    person_id: int
    body_id: int
    ends_on: date

    @property
    def topic(self) -> str:
        """Return the channel on which hubs close the mandate's streams."""
        return f"mandate:{self.mandate_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MandatesPassed(Event):
    """Mandates at bodies that ended go on at the bodies that took over."""

    name = "access.mandates_passed"
    sentence = _(
        "Chuyển {count} chức danh sang cơ quan tiếp nhận từ ngày {effective_on} "
        "theo đợt sắp xếp “{reorganisation}”."
    )
    reorganisation_id: int
    mandate_ids: list[int]
    count: int
    effective_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MandatesPassedBack(Event):
    """The mandates that had passed are again where they were."""

    name = "access.mandates_passed_back"
    sentence = _(
        "Trả {count} chức danh về cơ quan cũ khi hoàn tác đợt sắp xếp "
        "“{reorganisation}”."
    )
    reorganisation_id: int
    mandate_ids: list[int]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachRebuilt(Event):
    """The table of reach was made anew from who reports to whom."""

    name = "access.reach_rebuilt"
    sentence = _("Tính lại phạm vi của {mandates} chức danh.")
    mandates: int
    rows: int
