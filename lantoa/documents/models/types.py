from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.documents.vocabulary import Family
from lantoa.organisations.models import Body
from lantoa.organisations.models.dated import Dated, ends_after_it_begins, period


class DocumentType(Dated):
    """A type of official paper (loại văn bản), for as long as it is in use."""

    code = models.CharField(_("viết tắt"), max_length=10)
    name = models.CharField(_("tên loại"), max_length=80)
    family = models.CharField(_("hệ thống"), choices=Family, max_length=5)
    symbol_pattern = models.CharField(
        _("mẫu số, ký hiệu"),
        max_length=60,
        help_text=_("{number} là số, {symbol} là chữ viết tắt cơ quan ban hành."),
    )
    source = models.CharField(_("căn cứ"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("loại văn bản")
        constraints = [
            ExclusionConstraint(
                expressions=[
                    ("family", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
                name="a_type_code_means_one_thing_at_a_time",
            ),
            ends_after_it_begins("a_type_is_in_use_for_a_time"),
        ]

    def __str__(self) -> str:
        return self.name

    def code_of(self, number: str, symbol: str) -> str:
        """Return number and symbol together: "01/TB-HĐPH"."""
        return self.symbol_pattern.format(number=number, symbol=symbol)


class NumberSequence(models.Model):
    """The last number an issuer gave to a type of paper in a year (sổ văn bản đi)."""

    issuer = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    type = models.ForeignKey(DocumentType, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("năm"))
    last = models.PositiveIntegerField(_("số cuối"), default=0)

    class Meta:
        verbose_name = _("dãy số văn bản")
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "type", "year"], name="one_sequence_a_type_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.type_id}/{self.year}: {self.last}"
