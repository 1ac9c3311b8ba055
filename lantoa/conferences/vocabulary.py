"""The words of a conference: states, kinds, classes, and what stands in the way."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.kernel.refusal import Refused

TURN_LENGTH = timedelta(minutes=7)  # tham luận 7–10 minutes; the chair may say other
LOST_AFTER = timedelta(seconds=20)  # since the last heartbeat; they come every 5 s


class ConferenceState(models.TextChoices):
    """From preparing to concluded."""

    PREPARING = "preparing", _("Đang chuẩn bị")
    INVITED = "invited", _("Đã mời")
    LIVE = "live", _("Đang diễn ra")
    CLOSED = "closed", _("Đã bế mạc")
    CONCLUDED = "concluded", _("Đã ban hành kết luận")


class ItemKind(models.TextChoices):
    """What an item of the agenda is."""

    SESSION = "session", _("Phiên")
    RECEPTION = "reception", _("Đón tiếp đại biểu")
    ROLL_CALL = "roll_call", _("Điểm danh")
    OPENING = "opening", _("Khai mạc")
    REPORT = "report", _("Báo cáo")
    PAPER = "paper", _("Tham luận")
    DISCUSSION = "discussion", _("Thảo luận")
    FILM = "film", _("Phim tư liệu")
    BREAK = "break", _("Nghỉ giải lao")
    CONCLUSION = "conclusion", _("Kết luận")
    CLOSING = "closing", _("Bế mạc")


class ItemState(models.TextChoices):
    """Where an item of the agenda stands."""

    PLANNED = "planned", _("Chưa đến")
    RUNNING = "running", _("Đang diễn ra")
    SUSPENDED = "suspended", _("Tạm dừng")
    DONE = "done", _("Đã xong")
    SKIPPED = "skipped", _("Bỏ qua")


class VenueKind(models.TextChoices):
    """Whose room it is."""

    CENTRE = "centre", _("Điểm cầu trung tâm")
    PROVINCE = "province", _("Điểm cầu địa phương")
    MINISTRY = "ministry", _("Điểm cầu bộ, ngành")
    OTHER = "other", _("Điểm cầu khác")


class Presence(models.TextChoices):
    """Whether the people in the room have said that they are there."""

    WAITING = "waiting", _("Chưa có mặt")
    PRESENT = "present", _("Có mặt")


class LineState(models.TextChoices):
    """Whether the venue's console is heard."""

    UNKNOWN = "unknown", _("Chưa kết nối")
    ONLINE = "online", _("Đường truyền tốt")
    LOST = "lost", _("Mất đường truyền")


class TileState(models.TextChoices):
    """What the map shows of a venue, the most urgent first."""

    SPEAKING = "speaking", _("Đang phát biểu")
    LOST = "lost", _("Mất đường truyền")
    QUEUED = "queued", _("Chờ phát biểu")
    PRESENT = "present", _("Có mặt")
    WAITING = "waiting", _("Chưa có mặt")


class Check(models.TextChoices):
    """What is tried at the rehearsal (tổng duyệt kỹ thuật)."""

    PICTURE = "picture", _("Hình ảnh rõ, khung hình đúng")
    SOUND = "sound", _("Âm thanh nghe rõ, không vọng")
    LINE = "line", _("Đường truyền chính")
    BACKUP = "backup", _("Đường truyền dự phòng")
    POWER = "power", _("Nguồn điện dự phòng")
    MUTED = "muted", _("Micro tắt khi chưa được mời")
    NAMED = "named", _("Tên điểm cầu hiển thị đúng")
    TECHNICIAN = "technician", _("Cán bộ kỹ thuật trực tại chỗ")


class CheckState(models.TextChoices):
    """What the trial showed."""

    OPEN = "open", _("Chưa kiểm tra")
    GOOD = "good", _("Đạt")
    FAULT = "fault", _("Có lỗi")


class RequestClass(models.IntegerChoices):
    """The classes of the queue, in its order."""

    TECHNICAL = 1, _("Kỹ thuật")
    POINT_OF_ORDER = 2, _("Về cách điều hành")
    REPLY = 3, _("Trả lời")
    SCHEDULED = 4, _("Tham luận theo chương trình")
    GENERAL = 5, _("Phát biểu thảo luận")


class TurnState(models.TextChoices):
    """Where a turn to speak stands."""

    WAITING = "waiting", _("Chờ phát biểu")
    SPEAKING = "speaking", _("Đang phát biểu")
    PAUSED = "paused", _("Tạm dừng")
    DONE = "done", _("Đã phát biểu")
    PASSED = "passed", _("Bỏ lượt")
    WITHDRAWN = "withdrawn", _("Đã rút")


class NotPreparing(Refused):
    """The conference has begun or is over."""

    message = _("Hội nghị đã bắt đầu nên không sửa được phần chuẩn bị này.")


class NotLive(Refused):
    """The conference is not being held now."""

    message = _("Hội nghị chưa bắt đầu hoặc đã bế mạc.")


class NothingToInvite(Refused):
    """There is no venue yet."""

    message = _("Chưa có điểm cầu nào. Hãy thêm điểm cầu rồi gửi giấy mời.")


class VenueExists(Refused):
    """The body has a venue already."""

    message = _("Cơ quan này đã có điểm cầu trong hội nghị.")


class NotInvited(Refused):
    """The venue has not been invited."""

    message = _("Điểm cầu chưa được mời. Ban thư ký sẽ gửi giấy mời trước.")


class ItemNotReady(Refused):
    """The item is not in a state for this."""

    message = _("Mục này không còn ở trạng thái đó. Màn hình đã được cập nhật.")


class ItemIsASession(Refused):
    """Only items without parts can be started."""

    message = _("Đây là một phiên. Hãy bắt đầu từng mục trong phiên.")


class ItemInUse(Refused):
    """The item has begun, or has parts."""

    message = _("Mục đã bắt đầu hoặc còn mục con nên không xóa được.")


class RollCallOpen(Refused):
    """A roll call is open already."""

    message = _("Đang điểm danh. Hãy kết thúc lượt này trước khi mở lượt mới.")


class NoRollCall(Refused):
    """No roll call is open."""

    message = _("Hiện không có lượt điểm danh nào đang mở.")


class HeadcountOutOfRange(Refused):
    """The head-count cannot be right."""

    message = _("Số người dự phải từ 1 đến 5.000. Hãy kiểm tra lại con số.")


class HeadcountSettled(Refused):
    """The secretariat has put the venue's number right in this round."""

    message = _(
        "Ban thư ký đã chốt số người dự của điểm cầu trong lượt điểm danh này. "
        "Nếu con số chưa đúng, hãy báo ban thư ký."
    )


class AlreadyWaiting(Refused):
    """The venue is in the queue with such a request already."""

    message = _("Điểm cầu đã đăng ký và đang chờ. Không cần đăng ký lại.")


class FloorTaken(Refused):
    """Somebody is speaking."""

    message = _("Đang có điểm cầu phát biểu. Hãy kết thúc lượt đó trước.")


class NotWaiting(Refused):
    """The turn was heard, passed or withdrawn."""

    message = _("Lượt này không còn chờ. Màn hình đã được cập nhật.")


class NotSpeaking(Refused):
    """The turn is not being held."""

    message = _("Lượt này không còn đang phát biểu.")


class ClauseIncomplete(Refused):
    """A conclusion lacks what a task needs."""

    message = _("Kết luận cần có nội dung, cơ quan chủ trì và thời hạn.")


class TwoPeopleNeeded(Refused):
    """Whoever drafted may not confirm."""

    message = _("Người soạn không tự xác nhận. Chủ trì cần xác nhận kết luận này.")


class NotConfirmed(Refused):
    """Some conclusion is not confirmed, or there is none."""

    message = _("Còn kết luận chưa được chủ trì xác nhận, hoặc chưa có kết luận nào.")


class AlreadyIssued(Refused):
    """The conclusions have been issued."""

    message = _("Kết luận đã ban hành nên không sửa được nữa.")


class NotYetHeld(Refused):
    """Conclusions are issued during or after the conference."""

    message = _("Hội nghị chưa diễn ra nên chưa thể ban hành kết luận.")


class NotConclusions(Refused):
    """A report at the opening is about conclusions that set tasks."""

    message = _(
        "Văn bản này chưa giao nhiệm vụ nào. Hãy chọn một thông báo kết luận đã ban "
        "hành."
    )


class AlreadyReported(Refused):
    """The conference has a report on those conclusions."""

    message = _(
        "Hội nghị đã có báo cáo về thông báo kết luận này. "
        "Hãy mở báo cáo đó và cập nhật số liệu."
    )


class RemarkedMeanwhile(Refused):
    """Somebody else of the secretariat has remarked on the same clause meanwhile."""


class AlreadyPlaced(Refused):
    """The report stands on the agenda."""

    message = _("Báo cáo đã có trong chương trình.")


class AlreadyCarried(Refused):
    """The clause was carried over before."""

    message = _("Mục này đã được chuyển vào dự thảo kết luận.")
