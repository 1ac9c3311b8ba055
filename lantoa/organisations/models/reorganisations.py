from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.organisations.models.bodies import Body
from lantoa.organisations.models.units import Unit
from lantoa.organisations.vocabulary import (
    BodyKind,
    ChangeKind,
    Extent,
    Line,
    ReorganisationState,
)


class Reorganisation(models.Model):
    """Changes of bodies that take effect together (đợt sắp xếp)."""

    title = models.CharField(_("tên đợt sắp xếp"), max_length=300)
    basis = models.CharField(_("căn cứ pháp lý"), max_length=200)
    effective_on = models.DateField(_("có hiệu lực từ"))
    state = models.CharField(
        _("trạng thái"),
        choices=ReorganisationState,
        default=ReorganisationState.DRAFT,
        max_length=10,
    )
    applied_at = models.DateTimeField(_("áp dụng lúc"), null=True, blank=True)
    taken_back_at = models.DateTimeField(_("hoàn tác lúc"), null=True, blank=True)
    # What was written when it was applied; taking back puts all of it as it was.
    effects = models.JSONField(_("kết quả áp dụng"), default=dict, blank=True)

    class Meta:
        verbose_name = _("đợt sắp xếp")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ReorganisationState.APPLIED)
                | Q(applied_at__isnull=False),
                name="an_applied_reorganisation_says_when",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def applied(self) -> bool:
        """Return whether it stands applied."""
        return self.state == ReorganisationState.APPLIED


class FoundedBody(models.Model):
    """A body that a reorganisation founds: described until it is applied."""

    reorganisation = models.ForeignKey(
        Reorganisation, on_delete=models.CASCADE, related_name="founded"
    )
    kind = models.CharField(_("loại"), choices=BodyKind, max_length=20)
    name = models.CharField(_("tên"), max_length=200)
    short_name = models.CharField(_("tên gọi tắt"), max_length=120, blank=True)
    territory = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("địa bàn"),
    )
    superior = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cấp trên về hành chính"),
    )
    justice_superior = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cấp trên về công tác tư pháp"),
    )
    body = models.OneToOneField(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("cơ quan được thành lập")

    def __str__(self) -> str:
        return self.name


class Change(models.Model):
    """An old body and who takes over from it; or a body and its new superior."""

    reorganisation = models.ForeignKey(
        Reorganisation, on_delete=models.CASCADE, related_name="changes"
    )
    kind = models.CharField(_("hình thức"), choices=ChangeKind, max_length=8)
    old = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan cũ")
    )
    new = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cơ quan mới"),
    )
    founded = models.ForeignKey(
        FoundedBody,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="changes",
    )
    extent = models.CharField(
        _("phạm vi"), choices=Extent, default=Extent.WHOLE, max_length=5
    )
    main_part = models.BooleanField(_("phần chính"), default=False)
    line = models.CharField(_("ngành dọc"), choices=Line, blank=True, max_length=11)

    class Meta:
        verbose_name = _("thay đổi trong đợt sắp xếp")
        constraints = [
            models.CheckConstraint(
                condition=Q(new__isnull=True) ^ Q(founded__isnull=True),
                name="a_change_leads_to_one_body",
            ),
            models.CheckConstraint(
                condition=Q(kind=ChangeKind.MOVE) ^ Q(line=""),
                name="only_a_move_has_a_line",
            ),
            models.CheckConstraint(
                condition=Q(new__isnull=True) | ~Q(new=models.F("old")),
                name="a_change_leads_elsewhere",
            ),
            models.UniqueConstraint(
                fields=["reorganisation", "old", "new", "line"],
                name="a_change_is_said_once",
            ),
            models.UniqueConstraint(
                fields=["reorganisation", "old"],
                condition=(Q(extent=Extent.WHOLE) | Q(main_part=True))
                & ~Q(kind=ChangeKind.MOVE),
                name="a_changed_body_has_one_main_taker",
            ),
            models.UniqueConstraint(
                fields=["reorganisation", "old", "line"],
                condition=Q(kind=ChangeKind.MOVE),
                name="a_body_moves_once_in_a_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id or self.founded_id}"

    @property
    def passes(self) -> bool:
        """Return whether the old body ends and its open work goes this way."""
        return self.kind != ChangeKind.MOVE and (
            self.extent == Extent.WHOLE or self.main_part
        )
