from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.conferences.models.conference import Conference
from lantoa.conferences.models.venue import Venue


class RollCall(models.Model):
    """One round of asking every venue whether it is there (lượt điểm danh)."""

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="roll_calls"
    )
    number = models.PositiveSmallIntegerField(_("lượt"))
    opened_at = models.DateTimeField(_("mở lúc"))
    closed_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lượt điểm danh")
        constraints = [
            models.UniqueConstraint(
                fields=["conference"],
                condition=Q(closed_at__isnull=True),
                name="one_roll_call_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["conference", "number"], name="roll_calls_are_numbered"
            ),
        ]

    def __str__(self) -> str:
        return _("Điểm danh lượt %(number)s") % {"number": self.number}


class RollCallAnswer(models.Model):
    """A venue's answer in a round; the secretariat may amend it, with its reason."""

    roll_call = models.ForeignKey(
        RollCall, on_delete=models.CASCADE, related_name="answers"
    )
    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="+")
    headcount = models.PositiveIntegerField(_("số người dự"))
    answered_at = models.DateTimeField(_("trả lời lúc"))
    amended_at = models.DateTimeField(_("sửa lúc"), null=True, blank=True)
    reason = models.CharField(_("lý do sửa"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("trả lời điểm danh")
        constraints = [
            models.UniqueConstraint(
                fields=["roll_call", "venue"], name="a_venue_answers_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.venue}: {self.headcount}"
