from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """A day that is worked or free otherwise than law and lists say (ngày ngoại lệ)."""

    day = models.DateField(_("ngày"), unique=True)
    working = models.BooleanField(_("là ngày làm việc"))
    name = models.CharField(_("tên gọi"), max_length=120)
    basis = models.CharField(_("căn cứ"), max_length=200)

    class Meta:
        verbose_name = _("ngày làm việc, ngày nghỉ ghi riêng")

    def __str__(self) -> str:
        return f"{self.day.isoformat()}: {self.name}"
