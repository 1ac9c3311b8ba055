from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.access.vocabulary import Role, Way
from lantoa.organisations.models import Body


class Mandate(models.Model):
    """A role at a body, given to a person for a time (chức danh)."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(_("vai trò"), choices=Role, max_length=20)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    office = models.CharField(
        _("cương vị"),
        max_length=200,
        help_text=_("Viết như trên giấy tờ, ví dụ: Đại diện điểm cầu Lạng Sơn."),
    )
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("chức danh")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_mandate_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.office

    def holds_on(self, day: date) -> bool:
        """Return whether the mandate is in force on *day*."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


class Reach(models.Model):
    """A body that mandates at *holder* reach; derived, rebuilt when its grounds move.

    All mandates at one body reach alike, so the table grows with the bodies that have
    people and not with the people.
    """

    holder = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(_("theo"), choices=Way, max_length=12)

    class Meta:
        verbose_name = _("phạm vi")
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "way", "body"], name="a_body_is_reached_once_a_way"
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder_id} → {self.body_id} ({self.way})"
