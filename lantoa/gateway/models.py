from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.access.models import Mandate


class AccessToken(models.Model):
    """A machine's way in under one mandate (mã truy cập); the secret is not kept."""

    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên gọi"), max_length=80)
    digest = models.CharField(_("dấu của mã"), max_length=64, unique=True)
    prefix = models.CharField(_("phần đầu của mã"), max_length=12)
    issued_at = models.DateTimeField(_("cấp lúc"))
    issued_on = models.DateField(_("cấp ngày"))
    expires_on = models.DateField(_("dùng được đến hết ngày"))
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)
    # Technical state, written at most hourly.
    used_at = models.DateTimeField(_("dùng lần cuối"), null=True, blank=True)

    class Meta:
        verbose_name = _("mã truy cập")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("issued_on")),
                name="a_token_expires_after_it_is_issued",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def over(self, on: date) -> bool:
        """Return whether it is revoked or expired."""
        return self.revoked_at is not None or self.expires_on < on
