from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.conferences.models.agenda import AgendaItem
from lantoa.conferences.models.conference import Conference
from lantoa.conferences.models.venue import Venue
from lantoa.conferences.vocabulary import RequestClass, TurnState

HOLDING = Q(state__in=[TurnState.SPEAKING, TurnState.PAUSED])


class Turn(models.Model):
    """A venue's turn to speak, from asking to having spoken (lượt phát biểu)."""

    # The venue's conference, repeated so that one_speaker_at_a_time can see it.
    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="turns"
    )
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="turns")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    klass = models.PositiveSmallIntegerField(_("loại"), choices=RequestClass)
    topic = models.CharField(_("nội dung phát biểu"), max_length=200)
    speaker_office = models.CharField(_("người phát biểu"), max_length=200, blank=True)
    placement = models.FloatField(_("vị trí do chủ trì xếp"), null=True, blank=True)
    state = models.CharField(
        _("trạng thái"), choices=TurnState, default=TurnState.WAITING, max_length=9
    )
    length = models.DurationField(_("thời lượng"))
    asked_at = models.DateTimeField(_("đăng ký lúc"))
    started_at = models.DateTimeField(_("bắt đầu lúc"), null=True, blank=True)
    resumed_at = models.DateTimeField(_("tiếp tục lúc"), null=True, blank=True)
    spent = models.DurationField(_("đã nói trước đó"), default=timedelta)
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lượt phát biểu")
        constraints = [
            models.UniqueConstraint(
                fields=["conference"],
                condition=HOLDING,
                name="one_speaker_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["venue", "klass"],
                condition=Q(state=TurnState.WAITING),
                name="a_venue_waits_once_in_a_class",
            ),
            models.CheckConstraint(
                condition=~Q(state=TurnState.SPEAKING) | Q(resumed_at__isnull=False),
                name="a_speaker_has_a_clock",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue}: {self.topic}"

    def spent_at(self, at: datetime) -> timedelta:
        """Return how long the turn has been spoken at that moment."""
        if self.state == TurnState.SPEAKING and self.resumed_at is not None:
            return self.spent + (at - self.resumed_at)
        return self.spent
