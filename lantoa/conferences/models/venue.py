from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.conferences.models.conference import Conference
from lantoa.conferences.vocabulary import (
    Check,
    CheckState,
    LineState,
    Presence,
    VenueKind,
)
from lantoa.organisations.models import Body, Unit


class Venue(models.Model):
    """A room joined to the conference, with the people in it (điểm cầu)."""

    conference = models.ForeignKey(
        Conference, on_delete=models.CASCADE, related_name="venues"
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan")
    )
    unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("địa bàn"),
    )
    kind = models.CharField(_("loại"), choices=VenueKind, max_length=10)
    name = models.CharField(_("tên điểm cầu"), max_length=120)
    short_name = models.CharField(_("tên trên bản đồ"), max_length=40)
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    # The tile on the map of the country; both null for a venue that has none.
    column = models.PositiveSmallIntegerField(_("cột"), null=True, blank=True)
    row = models.PositiveSmallIntegerField(_("hàng"), null=True, blank=True)

    invited_at = models.DateTimeField(_("mời lúc"), null=True, blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    room = models.CharField(_("phòng họp"), max_length=200, blank=True)
    lead_office = models.CharField(_("trưởng điểm cầu"), max_length=200, blank=True)
    contact = models.CharField(_("đầu mối liên hệ"), max_length=200, blank=True)
    technician = models.CharField(_("cán bộ kỹ thuật"), max_length=200, blank=True)
    expected = models.PositiveIntegerField(_("số người dự kiến"), null=True, blank=True)

    presence = models.CharField(
        _("có mặt"), choices=Presence, default=Presence.WAITING, max_length=8
    )
    headcount = models.PositiveIntegerField(_("số người dự"), null=True, blank=True)
    present_at = models.DateTimeField(_("có mặt lúc"), null=True, blank=True)
    line = models.CharField(
        _("đường truyền"), choices=LineState, default=LineState.UNKNOWN, max_length=8
    )
    line_changed_at = models.DateTimeField(_("từ lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("điểm cầu")
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "body"], name="a_body_has_one_venue"
            ),
            models.UniqueConstraint(
                fields=["conference", "column", "row"], name="a_tile_is_one_venue"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """Return whose heartbeats are the venue's."""
        return f"venue:{self.pk}"


class Delegation(models.Model):
    """Another body's people who sit in a venue (đoàn dự tại điểm cầu)."""

    venue = models.ForeignKey(
        Venue, on_delete=models.CASCADE, related_name="delegations"
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("cơ quan")
    )
    headcount = models.PositiveIntegerField(_("số người"), default=1)

    class Meta:
        verbose_name = _("đoàn đại biểu")
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "body"], name="a_body_sits_once_in_a_venue"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} · {self.venue}"


class Delegate(models.Model):
    """A seat at a venue, by office (đại biểu)."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="delegates")
    office = models.CharField(_("chức vụ, cơ quan"), max_length=200)
    position = models.PositiveSmallIntegerField(_("thứ tự"))

    class Meta:
        verbose_name = _("đại biểu")

    def __str__(self) -> str:
        return self.office


class RehearsalCheck(models.Model):
    """What the rehearsal showed of one thing at one venue (kiểm tra kỹ thuật)."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="checks")
    check_of = models.CharField(_("hạng mục"), choices=Check, max_length=10)
    state = models.CharField(
        _("kết quả"), choices=CheckState, default=CheckState.OPEN, max_length=5
    )
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)
    checked_at = models.DateTimeField(_("kiểm tra lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("kiểm tra kỹ thuật")
        constraints = [
            models.UniqueConstraint(
                fields=["venue", "check_of"], name="a_thing_is_checked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_check_of_display()}: {self.get_state_display()}"
