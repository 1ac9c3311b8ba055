"""Roles, ways of reach, refusals."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.kernel.refusal import Refused


class Role(models.TextChoices):
    """What a mandate makes of a person at a body."""

    ADMINISTRATOR = "administrator", _("Quản trị hệ thống")
    CHAIR = "chair", _("Chủ trì")
    SECRETARIAT = "secretariat", _("Thư ký")
    REPRESENTATIVE = "representative", _("Đại diện điểm cầu")
    DELEGATE = "delegate", _("Đại biểu")
    OFFICER = "officer", _("Cán bộ phổ biến, giáo dục pháp luật")
    AUDITOR = "auditor", _("Kiểm tra, giám sát")


class Way(models.TextChoices):
    """By which way a body lies within a mandate's reach."""

    OWN = "own", _("chính cơ quan")
    JUSTICE = "justice", _("cấp dưới theo ngành tư pháp")
    TERRITORIAL = "territorial", _("cấp dưới theo địa bàn")
    COUNCIL = "council", _("cấp dưới theo hệ thống hội đồng")
    PREDECESSOR = "predecessor", _("cơ quan tiền thân")


class Force(models.TextChoices):
    """Whether a mandate is in force on a day."""

    NOW = "now", _("Đang hiệu lực")
    TO_COME = "to_come", _("Chưa đến ngày")
    OVER = "over", _("Đã kết thúc")


class MandateEndedAlready(Refused):
    """The mandate has ended."""

    message = _("Chức danh này đã kết thúc. Hãy tải lại trang để xem hiện trạng.")


class EndsBeforeItStarts(Refused):
    """The dates are the wrong way round."""

    message = _("Ngày kết thúc phải sau ngày bắt đầu.")


class LastAdministrator(Refused):
    """Nobody would be left to grant mandates."""

    message = _(
        "Đây là quản trị viên cuối cùng. Hãy giao quyền quản trị cho người khác trước."
    )
