"""What happens in a conference; every screen of it hears."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lantoa.conferences.vocabulary import Check, CheckState
from lantoa.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceEvent(Event):
    """Something happened in a conference."""

    conference_id: int

    @property
    def topic(self) -> str:
        """Return the live topic of the conference's screens."""
        return f"conference:{self.conference_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferencePrepared(ConferenceEvent):
    """A conference was opened for preparation."""

    name = "conferences.conference_prepared"
    sentence = _("Mở hội nghị “{conference}” để chuẩn bị.")
    host_body_id: int
    prepared_from_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceRevised(ConferenceEvent):
    """Its title, purpose, chair, time, place or directives changed."""

    name = "conferences.conference_revised"
    sentence = _("Sửa thông tin hội nghị.")
    fields: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class VenuesPassed(ConferenceEvent):
    """Venues go on under the bodies that took over in a reorganisation."""

    name = "conferences.venues_passed"
    sentence = _(
        "Chuyển {passed} điểm cầu sang cơ quan tiếp nhận theo đợt sắp xếp "
        "“{reorganisation}”, trong đó {withdrawn} nhập vào điểm cầu khác."
    )
    reorganisation_id: int
    venue_ids: list[int]
    passed: int
    withdrawn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VenuesPassedBack(ConferenceEvent):
    """The reorganisation was taken back: the venues are where they were."""

    name = "conferences.venues_passed_back"
    sentence = _(
        "Trả các điểm cầu về như trước đợt sắp xếp “{reorganisation}” đã hoàn tác."
    )
    reorganisation_id: int
    venue_ids: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceOpened(ConferenceEvent):
    """The conference began."""

    name = "conferences.conference_opened"
    sentence = _("Khai mạc hội nghị.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceClosed(ConferenceEvent):
    """The conference was closed."""

    name = "conferences.conference_closed"
    sentence = _("Bế mạc hội nghị.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaEvent(ConferenceEvent):
    """Something happened to an item of the agenda."""

    item_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAdded(AgendaEvent):
    """The agenda got an item."""

    name = "conferences.item_added"
    sentence = _("Thêm vào chương trình: “{item}”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRevised(AgendaEvent):
    """An item's words, length or presenter changed."""

    name = "conferences.item_revised"
    sentence = _("Sửa mục chương trình “{item}”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMoved(AgendaEvent):
    """An item stands elsewhere in the agenda."""

    name = "conferences.item_moved"
    sentence = _("Chuyển vị trí mục chương trình “{item}”.")
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRemoved(AgendaEvent):
    """An item left the agenda."""

    name = "conferences.item_removed"
    sentence = _("Bỏ khỏi chương trình: “{title}”.")
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStarted(AgendaEvent):
    """An item came before the conference, or came back."""

    name = "conferences.item_started"
    sentence = _("Bắt đầu “{item}”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSuspended(AgendaEvent):
    """An item was put aside."""

    name = "conferences.item_suspended"
    sentence = _("Tạm dừng “{item}”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFinished(AgendaEvent):
    """An item is done."""

    name = "conferences.item_finished"
    sentence = _("Kết thúc “{item}”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSkipped(AgendaEvent):
    """An item will not be heard."""

    name = "conferences.item_skipped"
    sentence = _("Bỏ qua “{item}”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class VenuesAdded(ConferenceEvent):
    """Venues joined the list."""

    name = "conferences.venues_added"
    sentence = _("Thêm điểm cầu: {venue}.")
    venue_ids: list[int]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueEvent(ConferenceEvent):
    """Something happened at a venue."""

    venue_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueRemoved(VenueEvent):
    """A venue left the list."""

    name = "conferences.venue_removed"
    sentence = _("Bỏ điểm cầu của {body}.")
    body_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VenuesInvited(ConferenceEvent):
    """Venues were invited."""

    name = "conferences.venues_invited"
    sentence = _("Gửi giấy mời tới {venue}.")
    venue_ids: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationAnswered(VenueEvent):
    """A venue said who will sit where."""

    name = "conferences.invitation_answered"
    sentence = _("Điểm cầu {venue} trả lời giấy mời: dự kiến {expected} người.")
    expected: int
    delegations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueChecked(VenueEvent):
    """Something was tried at a venue's rehearsal."""

    name = "conferences.venue_checked"
    sentence = _("Tổng duyệt tại điểm cầu {venue}. {check_of}: {state}.")
    check_of: str
    state: str

    def words(self) -> dict[str, str | Promise]:
        """Return what was tried and what it showed as they are called."""
        return {
            "check_of": Check(self.check_of).label,
            "state": CheckState(self.state).label,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenceConfirmed(VenueEvent):
    """The people in a room said that they are there."""

    name = "conferences.presence_confirmed"
    sentence = _("Điểm cầu {venue} có mặt, {headcount} người.")
    headcount: int
    roll_call_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAmended(VenueEvent):
    """The secretariat put a venue's head-count right."""

    name = "conferences.answer_amended"
    sentence = _("Sửa số người có mặt tại điểm cầu {venue} thành {headcount}.")
    headcount: int
    roll_call_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineLost(VenueEvent):
    """A venue's console has not been heard."""

    name = "conferences.line_lost"
    sentence = _("Mất đường truyền với điểm cầu {venue}.")
    last_heard_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LineUp(VenueEvent):
    """A venue's console is heard, for the first time or again."""

    name = "conferences.line_up"
    sentence = _("Điểm cầu {venue} đã kết nối.")
    again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallOpened(ConferenceEvent):
    """The chair calls the roll."""

    name = "conferences.roll_call_opened"
    sentence = _("Bắt đầu điểm danh.")
    roll_call_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCallClosed(ConferenceEvent):
    """The roll call is over."""

    name = "conferences.roll_call_closed"
    sentence = _("Kết thúc điểm danh: {present} điểm cầu có mặt.")
    roll_call_id: int
    present: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnEvent(VenueEvent):
    """Something moved on the floor."""

    turn_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorAsked(TurnEvent):
    """A venue asks to speak."""

    name = "conferences.floor_asked"
    sentence = _("Điểm cầu {venue} đăng ký phát biểu: “{turn}”.")
    klass: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorWithdrawn(TurnEvent):
    """A venue no longer asks to speak."""

    name = "conferences.floor_withdrawn"
    sentence = _("Điểm cầu {venue} rút đăng ký phát biểu.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnPlaced(TurnEvent):
    """The chair put a request elsewhere in the queue."""

    name = "conferences.turn_placed"
    sentence = _("Chủ trì xếp {venue} vào vị trí {place} trong hàng chờ phát biểu.")
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorGiven(TurnEvent):
    """A venue has the floor."""

    name = "conferences.floor_given"
    sentence = _("Mời điểm cầu {venue} phát biểu: “{turn}”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPaused(TurnEvent):
    """The speaker's clock stands; ``by_line`` when the line fell."""

    name = "conferences.floor_paused"
    sentence = _("Tạm dừng phát biểu của điểm cầu {venue}.")
    by_line: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorResumed(TurnEvent):
    """The speaker goes on."""

    name = "conferences.floor_resumed"
    sentence = _("Điểm cầu {venue} phát biểu tiếp.")


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorEnded(TurnEvent):
    """A turn was heard."""

    name = "conferences.floor_ended"
    sentence = _("Điểm cầu {venue} kết thúc phát biểu.")
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorPassed(TurnEvent):
    """The chair passed over a turn."""

    name = "conferences.floor_passed"
    sentence = _("Chuyển lượt phát biểu của điểm cầu {venue}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionEvent(ConferenceEvent):
    """Something happened to a conclusion."""

    conclusion_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionDrafted(ConclusionEvent):
    """The secretariat drafted a conclusion."""

    name = "conferences.conclusion_drafted"
    sentence = _("Soạn kết luận “{conclusion}”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionRevised(ConclusionEvent):
    """A draft changed; it needs the chair again."""

    name = "conferences.conclusion_revised"
    sentence = _("Sửa kết luận “{conclusion}”.")
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionRemoved(ConclusionEvent):
    """A draft was dropped."""

    name = "conferences.conclusion_removed"
    sentence = _("Bỏ một dự thảo kết luận.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionConfirmed(ConclusionEvent):
    """The chair stands by a conclusion."""

    name = "conferences.conclusion_confirmed"
    sentence = _("Chủ trì xác nhận kết luận “{conclusion}”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionReturned(ConclusionEvent):
    """The chair gave a conclusion back to the secretariat."""

    name = "conferences.conclusion_returned"
    sentence = _("Chủ trì trả lại kết luận “{conclusion}”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConclusionsIssued(ConferenceEvent):
    """The conclusions are an official paper, and tasks have left."""

    name = "conferences.conclusions_issued"
    sentence = _("Ban hành {paper} và giao {tasks} nhiệm vụ.")
    paper_id: int
    tasks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningReportEvent(ConferenceEvent):
    """Something happened to what a conference is told of earlier conclusions."""

    paper_id: int  # the earlier conclusions


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningReportDrafted(OpeningReportEvent):
    """The report was drafted from the figures of its day."""

    name = "conferences.opening_report_drafted"
    sentence = _("Lập báo cáo tình hình thực hiện {paper}, số liệu đến {as_of}.")
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningReportUpdated(OpeningReportEvent):
    """A next version: newer figures, other remarks."""

    name = "conferences.opening_report_updated"
    sentence = _(
        "Cập nhật báo cáo tình hình thực hiện {paper}, phiên bản {version}, "
        "số liệu đến {as_of}."
    )
    as_of: date
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningReportPlaced(OpeningReportEvent):
    """The report has its item on the agenda."""

    name = "conferences.opening_report_placed"
    sentence = _("Đưa báo cáo về {paper} vào chương trình: “{item}”.")
    item_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseCarriedOver(OpeningReportEvent):
    """An earlier clause goes on in the new conclusions."""

    name = "conferences.clause_carried_over"
    sentence = _("Chuyển {clause} vào kết luận mới “{conclusion}”.")
    clause_id: int
    conclusion_id: int
