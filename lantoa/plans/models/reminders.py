from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.plans.models.obligations import Obligation
from lantoa.plans.vocabulary import ReminderKind


class Reminder(models.Model):
    """That an obligation was reminded of, once for each stage of each due day."""

    obligation = models.ForeignKey(
        Obligation, on_delete=models.CASCADE, related_name="reminders"
    )
    kind = models.CharField(_("mốc nhắc"), choices=ReminderKind, max_length=8)
    due_on = models.DateField(_("ngày đến hạn"))
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("nhắc hạn")
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "kind", "due_on"],
                name="a_due_day_is_reminded_of_once_a_stage",
            )
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.kind}"
