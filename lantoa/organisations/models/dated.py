from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _


def valid_on(on: date, path: str = "") -> Q:
    """Return the filter of rows, at ORM *path*, that hold on the day *on*."""
    prefix = f"{path}__" if path else ""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(
        **{f"{prefix}valid_from__lte": on}
    )
    not_over = Q(**{f"{prefix}valid_until__isnull": True}) | Q(
        **{f"{prefix}valid_until__gt": on}
    )
    return begun & not_over


def period() -> Func:
    """Return the half-open daterange of a dated row, for exclusion constraints."""
    return Func(
        F("valid_from"),
        F("valid_until"),
        function="daterange",
        output_field=DateRangeField(),
    )


class Dated(models.Model):
    """Something that holds from a day until, and not including, another day.

    An empty bound says that the date is not recorded (or has not come).
    """

    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_until = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day: date) -> bool:
        """Return whether this holds on *day*."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """Return the constraint that a period has at least one day."""
    return models.CheckConstraint(
        condition=Q(valid_from__isnull=True)
        | Q(valid_until__isnull=True)
        | Q(valid_from__lt=F("valid_until")),
        name=name,
    )
