from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.conferences.models.agenda import AgendaItem
from lantoa.conferences.models.conclusions import Conclusion
from lantoa.conferences.models.conference import Conference
from lantoa.documents.models import Clause, Paper


class OpeningReport(models.Model):
    """What became of earlier conclusions, told at the opening (báo cáo mở đầu).

    It is drafted from the figures and never typed: each version keeps the figures of
    its day, and a page sets today's beside them. An item of the agenda is its place.
    """

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="opening_reports"
    )
    about = models.ForeignKey(
        Paper,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("về thông báo kết luận"),
    )
    item = models.OneToOneField(
        AgendaItem,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="opening_report",
        verbose_name=_("mục chương trình"),
    )
    drafted_by = models.BigIntegerField(_("người soạn"))  # person id; see journal

    class Meta:
        verbose_name = _("báo cáo mở đầu")
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "about"],
                name="earlier_conclusions_are_reported_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.about_id}"


class OpeningClause(models.Model):
    """One earlier clause in the report, with what the secretariat remarks on it."""

    report = models.ForeignKey(
        OpeningReport, on_delete=models.CASCADE, related_name="clauses"
    )
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="+")
    remark = models.TextField(_("đánh giá, kiến nghị"), blank=True)
    carried = models.OneToOneField(
        Conclusion,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_from",
        verbose_name=_("chuyển vào kết luận"),
    )

    class Meta:
        verbose_name = _("mục của báo cáo mở đầu")
        ordering = ["clause__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "clause"], name="a_clause_is_reported_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.clause_id}"


class OpeningVersion(models.Model):
    """The report as it stood: figures and remarks of a day; none is overwritten."""

    report = models.ForeignKey(
        OpeningReport, on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("phiên bản"))
    as_of = models.DateField(_("số liệu đến hết ngày"))
    # {clause id: {"remark": …, "states": {state: n}, "bodies": {state: [body ids]}}}
    content = models.JSONField(_("nội dung"))
    reason = models.CharField(_("lý do cập nhật"), max_length=300, blank=True)
    office = models.CharField(_("cương vị"), max_length=200)
    mandate_id = models.BigIntegerField(_("chức danh"), null=True, blank=True)
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("phiên bản báo cáo mở đầu")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="a_version_of_an_opening_report_has_its_number",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="opening_versions_begin_with_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} v{self.number}"
