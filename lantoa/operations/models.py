from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.operations.vocabulary import ProcessKind


class Process(models.Model):
    """A process as it last reported itself (tiến trình): technical state, unlogged.

    Each web process and each worker tells every few seconds that it is there, and what
    it has counted since it began.
    """

    name = models.CharField(_("tên"), max_length=120, primary_key=True)
    kind = models.CharField(_("loại"), max_length=10, choices=ProcessKind)
    started_at = models.DateTimeField(_("khởi động lúc"))
    at = models.DateTimeField(_("báo lần cuối"))
    streams = models.PositiveIntegerField(_("màn hình đang xem"), default=0)
    leads = models.BooleanField(_("đang canh giữ"), default=False)
    figures = models.JSONField(_("số đo"), default=dict)

    class Meta:
        verbose_name = _("tiến trình")

    def __str__(self) -> str:
        return self.name
