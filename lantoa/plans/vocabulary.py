"""The words of tasks, and refusals."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lantoa.kernel.refusal import Refused


class PartyRole(models.TextChoices):
    """What a body has to do with a task."""

    LEAD = "lead", pgettext_lazy("nhiệm vụ", "Chủ trì")
    COORDINATING = "coordinating", _("Phối hợp")


class PartyState(models.TextChoices):
    """How far a dispatch has come at a body; silence is a state, too."""

    SILENT = "silent", _("Chưa nhận")
    RECEIVED = "received", _("Đã nhận")
    ACKNOWLEDGED = "acknowledged", _("Đã xác nhận")


class WorkState(models.TextChoices):
    """How far an obligation has come; the states exclude each other."""

    NOT_RECEIVED = "not-received", _("Chưa nhận")
    NOT_ACKNOWLEDGED = "not-acknowledged", _("Đã nhận, chưa xác nhận")
    ACKNOWLEDGED = "acknowledged", _("Đã xác nhận")
    PLANNED = "planned", _("Đã có kế hoạch")
    IN_PROGRESS = "in-progress", _("Đang thực hiện")
    DONE_IN_TIME = "done-in-time", _("Hoàn thành đúng hạn")
    DONE_LATE = "done-late", _("Hoàn thành quá hạn")
    OVERDUE = "overdue", _("Quá hạn, chưa hoàn thành")
    PASSED = "passed", _("Đã chuyển cơ quan kế thừa")


class MapView(models.TextChoices):
    """Which map of the country the same work is seen on."""

    DISPATCHED = "63", _("Như khi giao, 63 tỉnh")
    TODAY = "34", _("Theo bản đồ hiện nay, 34 tỉnh")


class Stage(models.TextChoices):
    """How a task came about."""

    DIRECT = "goc", _("Giao trực tiếp theo văn bản")
    DERIVED = "cu-the-hoa", _("Cụ thể hóa cho cấp dưới")


# Silence: nobody there has said yet that the work is known.
SILENT_STATES = (WorkState.NOT_RECEIVED, WorkState.NOT_ACKNOWLEDGED)
DONE_STATES = (WorkState.DONE_IN_TIME, WorkState.DONE_LATE)


class Verdict(models.TextChoices):
    """What the acceptor says of work that was reported complete."""

    PENDING = "pending", _("Chờ nghiệm thu")
    ACCEPTED = "accepted", _("Đã nghiệm thu")
    RETURNED = "returned", _("Trả lại")


class Decision(models.TextChoices):
    """What became of a request for more time."""

    PENDING = "pending", _("Chờ quyết định")
    GRANTED = "granted", _("Đồng ý")
    REFUSED = "refused", _("Không đồng ý")


class Recurrence(models.TextChoices):
    """How often a task falls due."""

    MONTHLY = "monthly", _("Hằng tháng")
    QUARTERLY = "quarterly", _("Hằng quý")
    HALF_YEARLY = "half-yearly", _("6 tháng một lần")
    YEARLY = "yearly", _("Hằng năm")
    CONTINUOUS = "continuous", _("Thường xuyên")


class ReminderKind(models.TextChoices):
    """How near a due day is when it is reminded of, in working days."""

    AHEAD = "ahead", _("còn 10 ngày làm việc")
    SOON = "soon", _("còn 3 ngày làm việc")
    TODAY = "today", _("đến hạn")
    OVERDUE = "overdue", _("quá hạn")


class NothingToDispatch(Refused):
    """A dispatch holds at least one task."""

    message = _("Chưa có nhiệm vụ nào để giao.")


class LeadAlsoCoordinates(Refused):
    """A body can't coordinate with itself."""

    message = _("Cơ quan chủ trì không thể đồng thời là cơ quan phối hợp.")


class WorkMissing(Refused):
    """A task says what is to be done."""

    message = _("Hãy ghi rõ nội dung công việc của nhiệm vụ.")


class AnswerMissing(Refused):
    """An answer says something."""

    message = _("Hãy ghi ý kiến của đơn vị trước khi gửi.")


class NotOfThatBody(Refused):
    """A task is derived by a body that has to carry it out."""

    message = _(
        "Chỉ cơ quan chủ trì mới cụ thể hóa được nhiệm vụ này. "
        "Hãy chọn chức danh tại cơ quan chủ trì."
    )


class NotBelow(Refused):
    """Work is given to oneself or to bodies below."""

    message = _(
        "Chỉ giao được cho chính cơ quan mình và các cơ quan cấp dưới. "
        "Hãy bỏ những cơ quan không thuộc phạm vi."
    )


class BodyGoneOver(Refused):
    """A body that is to get work was reorganised while the order was made out."""

    message = _(
        "Cơ quan được giao việc vừa được sắp xếp lại. "
        "Hãy tải lại trang rồi chọn cơ quan tiếp nhận."
    )


class DayOutOfReach(Refused):
    """A due day that nobody means: its year was mistyped."""

    message = _(
        "Ngày đến hạn phải trong khoảng từ năm 2000 đến năm 2100. Hãy xem lại năm."
    )


class LaterThanUpstream(Refused):
    """A derived task would fall due after the one it comes from."""

    message = _(
        "Thời hạn giao xuống không được sau thời hạn của nhiệm vụ cấp trên. "
        "Hãy chọn ngày sớm hơn, hoặc đề nghị cấp trên gia hạn trước."
    )


class WorkClosed(Refused):
    """The obligation is done, or went over to a successor."""

    message = _(
        "Nhiệm vụ này đã hoàn thành, đã thôi thực hiện hoặc đã chuyển cho cơ quan "
        "kế thừa. Hãy tải lại trang để xem hiện trạng."
    )


class EndsOnItsDay(Refused):
    """Only what goes on and on is let end."""

    message = _(
        "Nhiệm vụ có một thời hạn sẽ kết thúc khi hoàn thành. "
        "Nếu không còn cần thiết, hãy điều chỉnh nội dung hoặc thời hạn."
    )


class ReasonMissing(Refused):
    """What changes something said officially gives its reason."""

    message = _("Hãy ghi rõ lý do.")


class NothingRevised(Refused):
    """A revision changes something."""

    message = _("Nội dung điều chỉnh giống hệt nội dung hiện tại.")


class RevisedMeanwhile(Refused):
    """The task was revised while somebody worked from an earlier wording."""

    message = _(
        "Nhiệm vụ vừa được điều chỉnh trong lúc bạn soạn. "
        "Hãy đọc nội dung mới rồi gửi lại; phần bạn nhập vẫn còn."
    )


class NotStale(Refused):
    """The upstream task says what it said when this one was derived."""

    message = _("Nhiệm vụ cấp trên không có thay đổi nào chưa xử lý.")


class MilestoneIncomplete(Refused):
    """A milestone says what is done and which product proves it."""

    message = _("Mỗi mốc cần có nội dung công việc và sản phẩm.")


class MilestoneDone(Refused):
    """What was accepted stays in the plan as it is."""

    message = _("Mốc đã được nghiệm thu thì không sửa hoặc bỏ được nữa.")


class PlanEmpty(Refused):
    """A plan has a milestone at least."""

    message = _("Kế hoạch cần ít nhất một mốc. Hãy thêm mốc rồi lưu lại.")


class PlanMovedOn(Refused):
    """Somebody else of the body has planned meanwhile."""

    message = _(
        "Kế hoạch vừa được người khác của cơ quan điều chỉnh. "
        "Nội dung bạn nhập vẫn còn; hãy đối chiếu với kế hoạch hiện tại rồi lưu lại."
    )


class NotInPlan(Refused):
    """The milestone is not, or no longer, one of this plan."""

    message = _("Mốc này không còn trong kế hoạch. Hãy tải lại trang và chọn lại mốc.")


class MilestoneReached(Refused):
    """The milestone was accepted before."""

    message = _(
        "Mốc này đã được nghiệm thu. Hãy chọn mốc khác, "
        "hoặc báo cáo về toàn bộ nhiệm vụ."
    )


class EvidenceMissing(Refused):
    """Progress is a note or a file."""

    message = _("Hãy ghi nội dung hoặc đính kèm tệp minh chứng trước khi gửi.")


class WaitsForVerdict(Refused):
    """Completion was reported and the body above has not judged it yet."""

    message = _(
        "Báo cáo hoàn thành trước đang chờ nghiệm thu. "
        "Hãy đợi cấp trên xem xét rồi gửi tiếp."
    )


class AlreadyJudged(Refused):
    """Somebody has judged it already."""

    message = _("Báo cáo này đã được xem xét. Hãy tải lại trang để xem kết quả.")


class ExtensionAsked(Refused):
    """One request at a time."""

    message = _("Đã có một đề nghị gia hạn đang chờ quyết định.")


class NoDueDay(Refused):
    """What has no due day needs no extension."""

    message = _("Nhiệm vụ này không có ngày đến hạn nên không cần gia hạn.")


class NotLater(Refused):
    """An extension gives more time."""

    message = _("Ngày đề nghị phải sau thời hạn hiện tại.")


class MovedOnSince(Refused):
    """The successor has acted on what was passed to it."""

    message = _(
        "Cơ quan kế thừa đã xử lý nhiệm vụ được chuyển, nên không rút lại được nữa."
    )
