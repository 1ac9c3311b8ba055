from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.files.models import StoredFile
from lantoa.plans.models.obligations import Milestone, Obligation
from lantoa.plans.vocabulary import Verdict


class Progress(models.Model):
    """What a body reports about an obligation, with its evidence (báo cáo tiến độ).

    ``completes`` declares the milestone complete, or the obligation where none is
    named; the acceptor's verdict follows. Nothing is ever a typed percentage.
    """

    obligation = models.ForeignKey(
        Obligation, on_delete=models.CASCADE, related_name="progress"
    )
    milestone = models.ForeignKey(
        Milestone,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="progress",
    )
    text = models.TextField(_("nội dung"), blank=True)
    file = models.ForeignKey(
        StoredFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("minh chứng"),
    )
    completes = models.BooleanField(_("báo cáo hoàn thành"), default=False)
    office = models.CharField(_("cương vị"), max_length=200)
    mandate_id = models.BigIntegerField(_("chức danh"), null=True, blank=True)
    at = models.DateTimeField(_("lúc"))
    verdict = models.CharField(
        _("kết quả nghiệm thu"), choices=Verdict, max_length=8, blank=True
    )
    verdict_reason = models.CharField(_("lý do"), max_length=1000, blank=True)
    verdict_by = models.CharField(_("người nghiệm thu"), max_length=200, blank=True)
    verdict_at = models.DateTimeField(_("nghiệm thu lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("báo cáo tiến độ")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(file__isnull=False),
                name="progress_is_evidence",
            ),
            models.CheckConstraint(
                condition=Q(completes=True) ^ Q(verdict=""),
                name="only_completion_is_judged",
            ),
            models.UniqueConstraint(
                fields=["obligation", "milestone"],
                condition=Q(verdict=Verdict.PENDING),
                nulls_distinct=False,
                name="one_completion_waits_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
