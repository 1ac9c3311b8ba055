from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lantoa.plans.models.tasks import Task, TaskParty
from lantoa.plans.periods import label_of
from lantoa.plans.vocabulary import Decision


class Obligation(models.Model):
    """What the lead body of a task owes for one period (nghĩa vụ theo kỳ).

    A task with one deadline has one, a continuous one (thường xuyên) has one without
    a due date, a recurring one has one for each period. What moved, and when, stands
    here; which state that makes on a day is said by :mod:`lantoa.plans.states`.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="obligations")
    party = models.ForeignKey(
        TaskParty, on_delete=models.CASCADE, related_name="obligations"
    )
    period = models.CharField(_("kỳ"), max_length=8, blank=True)
    starts_on = models.DateField(_("từ ngày"), null=True, blank=True)
    due_on = models.DateField(_("ngày đến hạn"), null=True, blank=True)
    original_due_on = models.DateField(_("hạn ban đầu"), null=True, blank=True)
    planned_at = models.DateTimeField(_("lập kế hoạch lúc"), null=True, blank=True)
    started_at = models.DateTimeField(_("báo cáo lần đầu lúc"), null=True, blank=True)
    completed_on = models.DateField(_("hoàn thành ngày"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("nghiệm thu lúc"), null=True, blank=True)
    passed_at = models.DateTimeField(_("chuyển tiếp lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("nghĩa vụ theo kỳ")
        indexes = [models.Index(fields=["due_on"], name="obligations_by_due_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "period"], name="a_period_obliges_once"
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, original_due_on__isnull=True)
                | Q(due_on__isnull=False, original_due_on__isnull=False),
                name="a_due_day_keeps_its_original",
            ),
            models.CheckConstraint(
                condition=Q(completed_on__isnull=True, accepted_at__isnull=True)
                | Q(completed_on__isnull=False, accepted_at__isnull=False),
                name="what_is_completed_was_accepted",
            ),
            models.CheckConstraint(
                condition=Q(passed_at__isnull=True) | Q(accepted_at__isnull=True),
                name="only_open_work_is_passed_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.period}".strip()

    def get_absolute_url(self) -> str:
        """Return the address of the obligation's page."""
        return reverse("plans:obligation", args=[self.pk])

    @property
    def period_label(self) -> str:
        """Return the period as offices write it ("Quý I/2021"), "" for none."""
        return label_of(self.period)

    @property
    def open(self) -> bool:
        """Return whether something is still owed here."""
        return self.accepted_at is None and self.passed_at is None

    @property
    def extended(self) -> bool:
        """Return whether its due day is another one than at first."""
        return self.due_on != self.original_due_on


class Milestone(models.Model):
    """A step on the way, with the product that proves it (mốc, sản phẩm)."""

    obligation = models.ForeignKey(
        Obligation, on_delete=models.CASCADE, related_name="milestones"
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    title = models.CharField(_("nội dung công việc"), max_length=300)
    product = models.CharField(_("sản phẩm"), max_length=300)
    due_on = models.DateField(_("hoàn thành trước"), null=True, blank=True)
    dropped = models.BooleanField(_("đã bỏ khỏi kế hoạch"), default=False)
    completed_on = models.DateField(_("hoàn thành ngày"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("nghiệm thu lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("mốc kế hoạch")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class PlanVersion(models.Model):
    """The plan of an obligation as it stood from a moment on (phiên bản kế hoạch)."""

    obligation = models.ForeignKey(
        Obligation, on_delete=models.CASCADE, related_name="plan_versions"
    )
    number = models.PositiveSmallIntegerField(_("phiên bản"))
    milestones = models.JSONField(_("các mốc"))  # [{id, title, product, due_on}]
    reason = models.CharField(_("lý do điều chỉnh"), max_length=500, blank=True)
    office = models.CharField(_("cương vị"), max_length=200)
    mandate_id = models.BigIntegerField(_("chức danh"), null=True, blank=True)
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("phiên bản kế hoạch")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "number"],
                name="a_version_of_a_plan_has_its_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} v{self.number}"


class ExtensionRequest(models.Model):
    """A body asks for more time; the acceptor decides, the first date stays known."""

    obligation = models.ForeignKey(
        Obligation, on_delete=models.CASCADE, related_name="extensions"
    )
    asked_due_on = models.DateField(_("đề nghị gia hạn đến"))
    reason = models.CharField(_("lý do"), max_length=1000)
    office = models.CharField(_("cương vị"), max_length=200)
    mandate_id = models.BigIntegerField(_("chức danh"), null=True, blank=True)
    at = models.DateTimeField(_("lúc"))
    decision = models.CharField(
        _("quyết định"), choices=Decision, default=Decision.PENDING, max_length=8
    )
    decision_reason = models.CharField(_("ý kiến"), max_length=1000, blank=True)
    decided_by = models.CharField(_("người quyết định"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("đề nghị gia hạn")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"],
                condition=Q(decision=Decision.PENDING),
                name="one_extension_is_asked_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id}: {self.asked_due_on}"
