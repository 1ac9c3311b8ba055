from django.db import models
from django.utils.translation import gettext_lazy as _


class Beat(models.Model):
    """When a subject last reported itself alive (nhịp báo): technical state, unlogged.

    The table is empty after a crash of the database; the next beats fill it again.
    """

    subject = models.CharField(_("Đối tượng"), max_length=60, primary_key=True)
    at = models.DateTimeField(_("Nhịp cuối"))

    class Meta:
        db_table = "live_beat"
        verbose_name = _("nhịp báo")

    def __str__(self) -> str:
        return self.subject


class Revocation(models.Model):
    """A mandate whose tickets no longer open a stream (thu hồi phiên xem)."""

    mandate_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(_("Thu hồi lúc"))

    class Meta:
        verbose_name = _("thu hồi phiên xem")

    def __str__(self) -> str:
        return f"{self.mandate_id}"
