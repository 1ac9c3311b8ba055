from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from lantoa.kernel.sql import Fold, VietnameseKey
from lantoa.organisations.models.dated import (
    Dated,
    ends_after_it_begins,
    period,
    valid_on,
)
from lantoa.organisations.models.units import Unit
from lantoa.organisations.vocabulary import BodyKind, Extent, Line


class BodyQuerySet(models.QuerySet["Body"]):
    """Bodies, found at a date."""

    def on(self, day: date) -> Self:
        """Return the bodies in being on *day*."""
        return self.filter(valid_on(day))


class Body(Dated):
    """An agency, organ or organisation (cơ quan, tổ chức) under one official name.

    An official renaming makes a successor, so a name is right for every date.
    """

    slug = models.SlugField(_("mã trong hệ thống"), max_length=80, unique=True)
    kind = models.CharField(_("loại"), choices=BodyKind, max_length=20)
    name = models.CharField(_("tên"), max_length=200)
    short_name = models.CharField(_("tên gọi tắt"), max_length=120, blank=True)
    territory = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name=_("địa bàn"),
    )
    folded = models.GeneratedField(
        expression=Fold(Concat(F("name"), Value(" "), F("short_name"))),
        output_field=models.TextField(),
        db_persist=True,
    )
    sort_key = models.GeneratedField(
        expression=VietnameseKey(F("name")),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("cơ quan, tổ chức")
        indexes = [models.Index(fields=["kind", "sort_key"], name="bodies_by_kind")]
        constraints = [ends_after_it_begins("a_body_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """Return the short name where there is one."""
        return self.short_name or self.name


class ReportsTo(Dated):
    """A body stands below another in one line of work, for a time."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="upward")
    superior = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="downward"
    )
    line = models.CharField(_("ngành dọc"), choices=Line, max_length=11)

    class Meta:
        verbose_name = _("quan hệ cấp trên – cấp dưới")
        constraints = [
            ExclusionConstraint(
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("line", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
                name="one_superior_in_a_line_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(body=F("superior")), name="nobody_reports_to_itself"
            ),
            ends_after_it_begins("a_line_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} → {self.superior_id} ({self.line})"


class BodySuccession(models.Model):
    """An old body's work went over, wholly or in part, to a new one."""

    old = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="became")
    new = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="came_from")
    effective_on = models.DateField(_("có hiệu lực từ"))
    extent = models.CharField(_("phạm vi"), choices=Extent, max_length=5)
    main_part = models.BooleanField(_("phần chính"), default=False)
    basis = models.CharField(_("căn cứ"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kế thừa của cơ quan, tổ chức")
        constraints = [
            models.UniqueConstraint(
                fields=["old", "new", "effective_on"],
                name="a_body_succession_is_said_once",
            ),
            models.UniqueConstraint(
                fields=["old", "effective_on"],
                condition=Q(extent=Extent.WHOLE) | Q(main_part=True),
                name="a_body_goes_over_whole_or_has_one_main_part",
            ),
            models.CheckConstraint(
                condition=~Q(old=F("new")), name="a_body_does_not_succeed_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"
