from datetime import date
from typing import TYPE_CHECKING, Self, TypedDict, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, FilteredRelation, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from lantoa.kernel.sql import Fold, VietnameseKey
from lantoa.organisations.models.dated import (
    Dated,
    ends_after_it_begins,
    period,
    valid_on,
)
from lantoa.organisations.vocabulary import Extent, Level, UnitKind

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Bears(TypedDict):
        """What ``Unit.objects.named(day)`` adds to a unit."""

        kind: str
        name: str
        full_name: str
        sort_key: str

    NamedUnit = WithAnnotations["Unit", Bears]


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units, found and named at a date."""

    def on(self, day: date) -> Self:
        """Return the units that exist on *day*."""
        return self.filter(valid_on(day))

    def named(self, day: date) -> "models.QuerySet[NamedUnit]":
        """Annotate ``kind``, ``name``, ``full_name``, ``sort_key`` as of *day*."""
        rows = self.annotate(
            bears=FilteredRelation("names", condition=valid_on(day, "names"))
        ).annotate(
            kind=F("bears__kind"),
            name=F("bears__name"),
            full_name=F("bears__full_name"),
            sort_key=F("bears__sort_key"),
        )
        return cast("models.QuerySet[NamedUnit]", rows)


class Unit(Dated):
    """An administrative unit through its life (đơn vị hành chính).

    A unit formed by a merger is another unit than those it was formed from, even
    where it took over a name and a code; a unit that only changed its name is the
    same.
    """

    level = models.CharField(_("cấp"), choices=Level, max_length=8)
    code = models.CharField(_("mã"), max_length=5)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("thuộc"),
    )

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị hành chính")
        constraints = [
            models.UniqueConstraint(
                fields=["level", "code", "valid_from"],
                nulls_distinct=False,
                name="a_code_begins_once",
            ),
            models.CheckConstraint(
                condition=Q(level=Level.PROVINCE) ^ Q(parent__isnull=False),
                name="only_a_province_has_no_parent",
            ),
            ends_after_it_begins("a_unit_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.code}"


class UnitName(Dated):
    """What a unit is called for a time: its kind and its name."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(_("loại"), choices=UnitKind, max_length=14)
    name = models.CharField(_("tên"), max_length=100, help_text=_("Lạng Sơn"))
    full_name = models.CharField(_("tên đầy đủ"), max_length=120)
    folded = models.GeneratedField(
        expression=Fold(F("full_name")),
        output_field=models.TextField(),
        db_persist=True,
    )
    # Wards are named by number, too: 2 stands before 10.
    sort_key = models.GeneratedField(
        expression=VietnameseKey(
            Func(
                F("name"),
                Value(r"^(\d)$"),
                Value(r"0\1"),
                function="regexp_replace",
                output_field=models.TextField(),
            )
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("tên đơn vị hành chính")
        constraints = [
            ExclusionConstraint(
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
                name="a_unit_bears_one_name_at_a_time",
            ),
            ends_after_it_begins("a_name_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return self.full_name


class Succession(models.Model):
    """An old unit became, wholly or in part, a new one (kế thừa sau sắp xếp)."""

    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="became")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="came_from")
    effective_on = models.DateField(_("có hiệu lực từ"))
    extent = models.CharField(_("phạm vi"), choices=Extent, max_length=5)
    main_part = models.BooleanField(_("phần có trụ sở"), default=False)
    basis = models.CharField(_("căn cứ"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("kế thừa của đơn vị hành chính")
        constraints = [
            models.UniqueConstraint(
                fields=["old", "new", "effective_on"], name="a_succession_is_said_once"
            ),
            models.UniqueConstraint(
                fields=["old", "effective_on"],
                condition=Q(extent=Extent.WHOLE) | Q(main_part=True),
                name="a_unit_goes_over_whole_or_has_one_main_part",
            ),
            models.CheckConstraint(
                condition=~Q(old=F("new")), name="a_unit_does_not_succeed_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"
