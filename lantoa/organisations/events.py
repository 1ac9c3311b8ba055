"""Facts about organisations."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lantoa.journal.events import Event
from lantoa.organisations.vocabulary import Line, SeatRole


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceEntered(Event):
    """A batch of reference facts was entered; ``counts`` says how many of what."""

    name: ClassVar[str] = "organisations.reference_entered"
    sentence = _("Nhập dữ liệu nền từ {source}.")
    source: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRenamed(Event):
    """A unit bears another name or kind from a day on."""

    name: ClassVar[str] = "organisations.unit_renamed"
    sentence = _("Đổi tên đơn vị hành chính thành {full_name} từ ngày {valid_from}.")
    unit_id: int
    full_name: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyEntered(Event):
    """A body was entered."""

    name: ClassVar[str] = "organisations.body_entered"
    sentence = _("Ghi nhận cơ quan {body}.")
    body_id: int
    unit_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRenamed(Event):
    """A body goes on under another name, as a successor."""

    name: ClassVar[str] = "organisations.body_renamed"
    sentence = _("{body} đổi tên thành {successor} từ ngày {effective_on}.")
    body_id: int
    successor_id: int
    effective_on: date
    basis: str

    def subjects(self) -> list[str]:
        """Return both bodies."""
        return [f"body:{self.body_id}", f"body:{self.successor_id}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyEnded(Event):
    """A body ceased to be."""

    name: ClassVar[str] = "organisations.body_ended"
    sentence = _("{body} kết thúc hoạt động từ ngày {valid_until}.")
    body_id: int
    valid_until: date
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorSet(Event):
    """A body reports to another in a line of work from a day on."""

    name: ClassVar[str] = "organisations.superior_set"
    sentence = _("{body} thuộc {superior} về {line}.")
    body_id: int
    superior_id: int
    line: str
    valid_from: date | None

    def words(self) -> dict[str, str | Promise]:
        """Return the line as it is called."""
        return {"line": Line(self.line).label}

    def subjects(self) -> list[str]:
        """Return both bodies."""
        return [f"body:{self.body_id}", f"body:{self.superior_id}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperiorEnded(Event):
    """A body no longer reports to another in a line of work."""

    name: ClassVar[str] = "organisations.superior_ended"
    sentence = _("{body} thôi thuộc {superior} về {line} từ ngày {valid_until}.")
    body_id: int
    superior_id: int
    line: str
    valid_until: date

    def words(self) -> dict[str, str | Promise]:
        """Return the line as it is called."""
        return {"line": Line(self.line).label}

    def subjects(self) -> list[str]:
        """Return both bodies."""
        return [f"body:{self.body_id}", f"body:{self.superior_id}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFilled(Event):
    """An office took a seat on a council."""

    name: ClassVar[str] = "organisations.seat_filled"
    sentence = _("{office} tham gia {council} với cương vị {role}.")
    council_id: int
    body_id: int
    role: str
    office: str

    def words(self) -> dict[str, str | Promise]:
        """Return the role as it is called."""
        return {"role": SeatRole(self.role).label}

    def subjects(self) -> list[str]:
        """Return the council's own body and the body that sits on it."""
        return [f"body:{self.council_id}", f"body:{self.body_id}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatVacated(Event):
    """An office left its seat on a council."""

    name: ClassVar[str] = "organisations.seat_vacated"
    sentence = _("{body} thôi giữ cương vị {role} tại {council} từ ngày {valid_until}.")
    council_id: int
    body_id: int
    role: str
    valid_until: date

    def words(self) -> dict[str, str | Promise]:
        """Return the role as it is called."""
        return {"role": SeatRole(self.role).label}

    def subjects(self) -> list[str]:
        """Return the council's own body and the body that sat on it."""
        return [f"body:{self.council_id}", f"body:{self.body_id}"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDayKept(Event):
    """A day is worked or free by an exception of the calendar."""

    name: ClassVar[str] = "organisations.calendar_day_kept"
    sentence = _("Ghi lịch ngày {day} là {working}: {title} ({basis}).")
    day: date
    working: bool
    title: str
    basis: str

    def words(self) -> dict[str, str | Promise]:
        """Return what the day is."""
        return {"working": _("ngày làm việc") if self.working else _("ngày nghỉ")}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDayRemoved(Event):
    """An exception of the calendar was taken back."""

    name: ClassVar[str] = "organisations.calendar_day_removed"
    sentence = _("Bỏ ghi riêng trong lịch ngày {day}: {title} ({basis}).")
    day: date
    title: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReorganisationDrafted(Event):
    """A reorganisation was begun, or its words were changed."""

    name: ClassVar[str] = "organisations.reorganisation_drafted"
    sentence = _("Soạn đợt sắp xếp “{reorganisation}”, có hiệu lực từ {effective_on}.")
    reorganisation_id: int
    effective_on: date
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesEntered(Event):
    """Changes were added to the draft of a reorganisation."""

    name: ClassVar[str] = "organisations.changes_entered"
    sentence = _("Thêm {count} thay đổi vào đợt sắp xếp “{reorganisation}”.")
    reorganisation_id: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesRemoved(Event):
    """Changes were taken out of the draft of a reorganisation."""

    name: ClassVar[str] = "organisations.changes_removed"
    sentence = _("Bỏ {count} thay đổi khỏi đợt sắp xếp “{reorganisation}”.")
    reorganisation_id: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReorganisationDiscarded(Event):
    """A draft was thrown away."""

    name: ClassVar[str] = "organisations.reorganisation_discarded"
    sentence = _("Xóa dự thảo đợt sắp xếp “{title}”.")
    reorganisation_id: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReorganisationApplied(Event):
    """A reorganisation took effect, with all its consequences."""

    name: ClassVar[str] = "organisations.reorganisation_applied"
    sentence = _("Áp dụng đợt sắp xếp “{reorganisation}”: {changes} thay đổi.")
    reorganisation_id: int
    effective_on: date
    basis: str
    changes: int
    body_ids: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReorganisationTakenBack(Event):
    """A reorganisation was taken back: every row is as it was before."""

    name: ClassVar[str] = "organisations.reorganisation_taken_back"
    sentence = _("Hoàn tác đợt sắp xếp “{reorganisation}” (lý do: {reason}).")
    reorganisation_id: int
    reason: str
    body_ids: list[int]
