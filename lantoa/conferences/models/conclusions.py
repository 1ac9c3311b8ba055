from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.conferences.models.conference import Conference
from lantoa.documents.models import Clause
from lantoa.organisations.models import Body
from lantoa.organisations.vocabulary import BodyRule


class Conclusion(models.Model):
    """A sentence of the chair's conclusions, on its way to a clause (kết luận)."""

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="conclusions"
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    heading = models.CharField(_("tiêu đề"), max_length=200, blank=True)
    work = models.TextField(_("việc phải làm"))
    lead = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("cơ quan chủ trì"),
    )
    lead_rule = models.CharField(
        _("chủ trì theo quy tắc"), choices=BodyRule, blank=True, max_length=20
    )
    coordinating = models.ManyToManyField(
        Body, related_name="+", blank=True, verbose_name=_("cơ quan phối hợp")
    )
    deadline_text = models.CharField(
        _("thời hạn"),
        max_length=120,
        help_text=_("Viết như trong kết luận: “Quý II”, “thường xuyên”…"),
    )
    due_on = models.DateField(_("ngày đến hạn"), null=True, blank=True)
    product = models.CharField(_("sản phẩm, kết quả"), max_length=300, blank=True)
    drafted_by = models.BigIntegerField(_("người soạn"))  # person id; see journal
    confirmed_by = models.BigIntegerField(_("người xác nhận"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)
    clause = models.ForeignKey(
        Clause,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("điểm trong thông báo"),
    )

    class Meta:
        verbose_name = _("kết luận")
        constraints = [
            models.CheckConstraint(
                condition=Q(lead__isnull=True) | Q(lead_rule=""),
                name="a_conclusion_has_one_lead_or_a_rule",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | ~Q(confirmed_by=F("drafted_by")),
                name="two_people_make_a_conclusion",
            ),
            models.CheckConstraint(
                condition=Q(clause__isnull=True) | Q(confirmed_at__isnull=False),
                name="only_confirmed_conclusions_are_issued",
            ),
        ]

    def __str__(self) -> str:
        return self.heading or self.work[:80]

    @property
    def confirmed(self) -> bool:
        """Return whether the chair stands by it."""
        return self.confirmed_at is not None
