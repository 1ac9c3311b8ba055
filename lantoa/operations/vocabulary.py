"""Kinds of process, and refusals."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.kernel.refusal import Refused

READ = "operations.read"
KEEP = "operations.keep"


class ProcessKind(models.TextChoices):
    """What a process of the program does."""

    WEB = "web", _("web")
    WORKER = "worker", _("công việc nền")


class JobNotFailed(Refused):
    """The job runs again, was done, or never was."""

    message = _(
        "Công việc nền này không còn ở tình trạng lỗi. "
        "Hãy tải lại trang để xem hiện trạng."
    )
