"""The words of tasks, and refusals."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.kernel.refusal import Refused


class PartyRole(models.TextChoices):
    """What a body has to do with a task."""

    LEAD = "lead", _("Chủ trì")
    COORDINATING = "coordinating", _("Phối hợp")


class PartyState(models.TextChoices):
    """How far a dispatch has come at a body; silence is a state, too."""

    SILENT = "silent", _("Chưa nhận")
    RECEIVED = "received", _("Đã nhận")
    ACKNOWLEDGED = "acknowledged", _("Đã xác nhận")


class Recurrence(models.TextChoices):
    """How often a task falls due."""

    MONTHLY = "monthly", _("Hằng tháng")
    QUARTERLY = "quarterly", _("Hằng quý")
    HALF_YEARLY = "half-yearly", _("6 tháng một lần")
    YEARLY = "yearly", _("Hằng năm")
    CONTINUOUS = "continuous", _("Thường xuyên")


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
