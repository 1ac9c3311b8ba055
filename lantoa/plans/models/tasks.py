from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lantoa.documents.models import Clause
from lantoa.organisations.models import Body
from lantoa.plans.vocabulary import PartyRole, PartyState, Recurrence


class Task(models.Model):
    """A task from a clause of an official paper, with its six clear things (6 rõ).

    Who: its parties. Work, time, authority, result, responsibility: its fields; the
    time keeps the paper's words beside the date. A deferred trigger holds that it has
    a lead body at commit.

    A task may be derived from another one (cụ thể hóa): ``derived_version`` says from
    which wording, so it is stale when its upstream has a later one; ``origin`` is the
    top of the chain. ``succeeds`` is the task it took over in a reorganisation. The
    ``acceptor`` judges what is reported as done.
    """

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="+")
    dispatcher = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("cơ quan giao"),
    )
    acceptor = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("cơ quan nghiệm thu"),
    )
    derived_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="derived",
        verbose_name=_("cụ thể hóa từ nhiệm vụ"),
    )
    derived_version = models.PositiveSmallIntegerField(
        _("theo phiên bản"), null=True, blank=True
    )
    origin = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("nhiệm vụ gốc"),
    )
    succeeds = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="succeeded_by",
        verbose_name=_("tiếp nối nhiệm vụ"),
    )
    version = models.PositiveSmallIntegerField(_("phiên bản"), default=1)
    work = models.TextField(_("công việc"))
    deadline_text = models.CharField(_("thời hạn ghi trong văn bản"), max_length=200)
    due_on = models.DateField(_("ngày đến hạn"), null=True, blank=True)
    recurrence = models.CharField(
        _("định kỳ"), choices=Recurrence, max_length=11, blank=True
    )
    authority = models.CharField(_("thẩm quyền"), max_length=300, blank=True)
    product = models.CharField(_("kết quả, sản phẩm"), max_length=300, blank=True)
    responsibility = models.CharField(_("trách nhiệm"), max_length=300, blank=True)
    topic = models.CharField(_("kênh trực tiếp"), max_length=60, blank=True)
    dispatched_at = models.DateTimeField(_("giao lúc"))
    ended_on = models.DateField(_("thôi thực hiện từ"), null=True, blank=True)

    class Meta:
        verbose_name = _("nhiệm vụ")
        constraints = [
            models.CheckConstraint(
                condition=Q(derived_from__isnull=True, derived_version__isnull=True)
                | Q(derived_from__isnull=False, derived_version__isnull=False),
                name="a_derived_task_knows_its_version",
            ),
            models.CheckConstraint(
                condition=Q(derived_from__isnull=True) | Q(origin__isnull=False),
                name="a_derived_task_knows_its_origin",
            ),
        ]

    def __str__(self) -> str:
        return self.work

    def get_absolute_url(self) -> str:
        """Return the address of the task's page."""
        return reverse("plans:task", args=[self.pk])


class TaskVersion(models.Model):
    """One wording of a task; a later one follows, none is overwritten."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("phiên bản"))
    work = models.TextField(_("công việc"))
    deadline_text = models.CharField(_("thời hạn ghi trong văn bản"), max_length=200)
    due_on = models.DateField(_("ngày đến hạn"), null=True, blank=True)
    authority = models.CharField(_("thẩm quyền"), max_length=300, blank=True)
    product = models.CharField(_("kết quả, sản phẩm"), max_length=300, blank=True)
    responsibility = models.CharField(_("trách nhiệm"), max_length=300, blank=True)
    reason = models.CharField(_("lý do điều chỉnh"), max_length=500, blank=True)
    office = models.CharField(_("cương vị"), max_length=200, blank=True)
    mandate_id = models.BigIntegerField(_("chức danh"), null=True, blank=True)
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("phiên bản nhiệm vụ")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "number"], name="a_version_of_a_task_has_its_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id} v{self.number}"


class TaskParty(models.Model):
    """A body's part in a task, and how far the dispatch has come there."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="parties")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("vai trò"), choices=PartyRole, max_length=12)
    received_at = models.DateTimeField(_("nhận lúc"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("tiếp nhận lúc"), null=True, blank=True)
    acknowledged_by = models.CharField(
        _("cương vị người tiếp nhận"), max_length=200, blank=True
    )
    mandate_id = models.BigIntegerField(_("chức danh"), null=True, blank=True)

    class Meta:
        verbose_name = _("cơ quan thực hiện nhiệm vụ")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "body"], name="a_body_has_one_part_in_a_task"
            ),
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(role=PartyRole.LEAD),
                name="a_task_has_one_lead",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True)
                | Q(received_at__isnull=False, received_at__lte=F("acknowledged_at")),
                name="what_is_acknowledged_was_received",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.body_id}"

    @property
    def state(self) -> PartyState:
        """Return how far the dispatch has come."""
        if self.acknowledged_at is not None:
            return PartyState.ACKNOWLEDGED
        return PartyState.SILENT if self.received_at is None else PartyState.RECEIVED


class Answer(models.Model):
    """What a body officially said about its task; a later answer follows, none goes."""

    party = models.ForeignKey(
        TaskParty, on_delete=models.CASCADE, related_name="answers"
    )
    text = models.TextField(_("ý kiến của đơn vị"))
    office = models.CharField(_("cương vị"), max_length=200)
    mandate_id = models.BigIntegerField(_("chức danh"), null=True, blank=True)
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("ý kiến của đơn vị")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.text[:60]
