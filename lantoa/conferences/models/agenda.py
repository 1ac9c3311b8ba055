from datetime import datetime, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.conferences.models.conference import Conference
from lantoa.conferences.models.venue import Venue
from lantoa.conferences.vocabulary import ItemKind, ItemState


class AgendaItem(models.Model):
    """An item of the agenda; a session holds others (mục trong chương trình)."""

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="items"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="parts", null=True, blank=True
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    kind = models.CharField(_("loại mục"), choices=ItemKind, max_length=10)
    title = models.CharField(_("nội dung"), max_length=300)
    minutes = models.PositiveSmallIntegerField(
        _("số phút"), validators=[MinValueValidator(0), MaxValueValidator(600)]
    )
    presenter_office = models.CharField(
        _("người trình bày"), max_length=200, blank=True
    )
    presenter_venue = models.ForeignKey(
        Venue,
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("điểm cầu trình bày"),
    )
    state = models.CharField(
        _("trạng thái"), choices=ItemState, default=ItemState.PLANNED, max_length=9
    )
    started_at = models.DateTimeField(_("bắt đầu lúc"), null=True, blank=True)
    resumed_at = models.DateTimeField(_("tiếp tục lúc"), null=True, blank=True)
    spent = models.DurationField(_("đã dùng trước đó"), default=timedelta)
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("mục chương trình")
        constraints = [
            models.UniqueConstraint(
                fields=["conference"],
                condition=Q(state=ItemState.RUNNING),
                name="one_item_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.RUNNING) | Q(resumed_at__isnull=False),
                name="a_running_item_has_its_clock",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def spent_at(self, at: datetime) -> timedelta:
        """Return how long the item has been before the conference at that moment."""
        if self.state == ItemState.RUNNING and self.resumed_at is not None:
            return self.spent + (at - self.resumed_at)
        return self.spent
