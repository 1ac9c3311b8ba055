from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.organisations.models.bodies import Body
from lantoa.organisations.models.dated import Dated, ends_after_it_begins, period
from lantoa.organisations.vocabulary import CouncilLevel, SeatRole


class Council(models.Model):
    """A council for legal dissemination: a body of kind council, and who serves it.

    Empty fields are not recorded; nothing is invented.
    """

    body = models.OneToOneField(
        Body, on_delete=models.CASCADE, primary_key=True, related_name="council"
    )
    level = models.CharField(_("cấp"), choices=CouncilLevel, max_length=8)
    standing_agency = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="serves",
        verbose_name=_("cơ quan thường trực"),
    )
    founding_decision = models.CharField(
        _("quyết định thành lập"), max_length=200, blank=True
    )
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("hội đồng phối hợp PBGDPL")

    def __str__(self) -> str:
        return f"{self.get_level_display()} {self.pk}"


class CouncilSeat(Dated):
    """A seat on a council, held by an office and never by a named person."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(_("cương vị"), choices=SeatRole, max_length=20)
    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        related_name="seats",
        verbose_name=_("cơ quan"),
    )
    office = models.CharField(_("chức danh"), max_length=200)
    source = models.CharField(_("nguồn"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("thành viên hội đồng")
        constraints = [
            ExclusionConstraint(
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
                condition=Q(role=SeatRole.CHAIR),
                name="one_chair_of_a_council_at_a_time",
            ),
            ends_after_it_begins("a_seat_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.office}"
