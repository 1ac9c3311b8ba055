from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.conferences.vocabulary import ConferenceState
from lantoa.documents.models import Paper
from lantoa.kernel.dates import HANOI
from lantoa.organisations.models import Body


class Conference(models.Model):
    """A conference that joins many venues (hội nghị trực tuyến)."""

    title = models.CharField(_("tên hội nghị"), max_length=300)
    purpose = models.TextField(_("mục đích, yêu cầu"), blank=True)
    host = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("cơ quan tổ chức"),
    )
    chair_office = models.CharField(_("chủ trì"), max_length=200)
    place = models.CharField(_("điểm cầu trung tâm đặt tại"), max_length=200)
    planned_start = models.DateTimeField(_("dự kiến bắt đầu"))
    open_to_public = models.BooleanField(_("công khai cho mọi người theo dõi"))
    state = models.CharField(
        _("trạng thái"),
        choices=ConferenceState,
        default=ConferenceState.PREPARING,
        max_length=10,
    )
    invited_at = models.DateTimeField(_("mời lúc"), null=True, blank=True)
    started_at = models.DateTimeField(_("khai mạc lúc"), null=True, blank=True)
    ended_at = models.DateTimeField(_("bế mạc lúc"), null=True, blank=True)
    paper = models.ForeignKey(
        Paper,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("thông báo kết luận"),
    )
    prepared_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("chuẩn bị theo hội nghị"),
    )

    class Meta:
        verbose_name = _("hội nghị")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ConferenceState.CONCLUDED) | Q(paper__isnull=False),
                name="a_concluded_conference_has_its_paper",
            ),
            models.CheckConstraint(
                condition=~Q(state=ConferenceState.LIVE) | Q(started_at__isnull=False),
                name="a_live_conference_has_started",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def topic(self) -> str:
        """Return the live topic of its screens."""
        return f"conference:{self.pk}"

    @property
    def on(self) -> date:
        """Return the day in Ha Noi whose map of units it is held on."""
        return self.planned_start.astimezone(HANOI).date()

    @property
    def preparing(self) -> bool:
        """Return whether it has not begun."""
        return self.state in {ConferenceState.PREPARING, ConferenceState.INVITED}

    @property
    def over(self) -> bool:
        """Return whether it was closed."""
        return self.state in {ConferenceState.CLOSED, ConferenceState.CONCLUDED}

    @property
    def live(self) -> bool:
        """Return whether it is being held."""
        return self.state == ConferenceState.LIVE


class Directive(models.Model):
    """An official paper that the conference puts into practice (văn bản triển khai)."""

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="directives"
    )
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("văn bản triển khai")
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "paper"], name="a_directive_is_named_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.conference_id} ← {self.paper_id}"
