from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lantoa.documents.models.types import DocumentType
from lantoa.documents.vocabulary import PaperState
from lantoa.files.models import StoredFile
from lantoa.kernel.sql import Fold
from lantoa.organisations.models import Body


class Paper(models.Model):
    """An official paper (văn bản), as its newest version says it.

    An empty field is not recorded; nothing is invented. Who keeps the paper in its
    register may differ from who issued it.
    """

    type = models.ForeignKey(DocumentType, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("số"), max_length=20)
    code = models.CharField(_("số, ký hiệu"), max_length=60)
    issuer = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issuer_name = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    place = models.CharField(_("nơi ban hành"), max_length=80, blank=True)
    summary = models.TextField(_("trích yếu"))
    signed_as = models.TextField(_("thể thức ký"), blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    effective_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    effective_until = models.DateField(_("hết hiệu lực từ"), null=True, blank=True)
    state = models.CharField(
        _("trạng thái"), choices=PaperState, default=PaperState.ISSUED, max_length=9
    )
    public = models.BooleanField(_("công khai"), default=True)
    keeper = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cơ quan vào sổ"),
    )
    registered_at = models.DateTimeField(_("vào sổ lúc"))
    source = models.CharField(
        _("nguồn ghi nhận"),
        max_length=300,
        blank=True,
        help_text=_("Dùng khi chưa lưu bản chính thức của văn bản."),
    )
    implements = models.ManyToManyField(
        "self",
        through="Implementation",
        through_fields=("paper", "directive"),
        symmetrical=False,
        related_name="implemented_by",
    )
    recipients = models.ManyToManyField(Body, through="Recipient", related_name="+")
    year = models.GeneratedField(
        expression=ExtractYear("issued_on"),
        output_field=models.SmallIntegerField(null=True),
        db_persist=True,
    )
    folded = models.GeneratedField(
        expression=Fold(
            Concat(
                F("code"),
                Value(" "),
                F("summary"),
                Value(" "),
                F("issuer_name"),
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("văn bản")
        indexes = [
            models.Index(
                F("issued_on").desc(nulls_last=True),
                F("id").desc(),
                name="papers_newest_first",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "issuer", "issuer_name", "year"],
                nulls_distinct=False,
                name="a_code_is_given_once_by_an_issuer_in_a_year",
            ),
            models.CheckConstraint(
                condition=Q(issuer__isnull=False, issuer_name="")
                | (Q(issuer__isnull=True) & ~Q(issuer_name="")),
                name="a_paper_has_one_issuer",
            ),
            models.CheckConstraint(
                condition=Q(effective_from__isnull=True)
                | Q(effective_until__isnull=True)
                | Q(effective_from__lt=F("effective_until")),
                name="an_effect_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type.name} {self.code}"

    def get_absolute_url(self) -> str:
        """Return the address of the paper's page."""
        return reverse("documents:paper", args=[self.pk])

    @property
    def issued_by(self) -> str:
        """Return the issuer's name."""
        return self.issuer.name if self.issuer else self.issuer_name


class Implementation(models.Model):
    """A paper carries out another one (thực hiện), from a day."""

    paper = models.ForeignKey(
        Paper, on_delete=models.CASCADE, related_name="directive_links"
    )
    directive = models.ForeignKey(
        Paper, on_delete=models.PROTECT, related_name="follower_links"
    )
    since = models.DateField(_("từ ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("quan hệ thực hiện văn bản")
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "directive"], name="a_paper_implements_another_once"
            ),
            models.CheckConstraint(
                condition=~Q(paper=F("directive")), name="no_paper_implements_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} → {self.directive_id}"


class Recipient(models.Model):
    """A body to which the paper was sent (nơi nhận); it may read it."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="sent_to")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("nơi nhận")
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "body"], name="a_paper_is_sent_to_a_body_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper_id} → {self.body_id}"


class PaperVersion(models.Model):
    """What a paper said from a moment on; never changed, only followed."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("phiên bản"))
    content = models.JSONField(_("nội dung"))
    reason = models.TextField(_("lý do"), blank=True)
    office = models.CharField(_("cương vị người thực hiện"), max_length=200)
    mandate_id = models.BigIntegerField(_("chức danh"), null=True, blank=True)
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("phiên bản văn bản")
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "number"], name="a_version_number_is_used_once"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(reason=""),
                name="a_next_version_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}.{self.number}"
