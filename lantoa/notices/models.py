from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lantoa.access.models import Mandate
from lantoa.identity.models import Person
from lantoa.notices import kinds, telling
from lantoa.notices.vocabulary import DigestState

MAX_TRIES = 12  # with pauses that double up to six hours: about two days
MAX_LOST = 1  # a mail whose fate is not known is sent once more, never twice more


class Digest(models.Model):
    """One e-mail to one person in place of many (thư tổng hợp).

    What it said is kept by the mail server, not by us.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(_("của ngày"))
    made_at = models.DateTimeField(_("lập lúc"))
    again_at = models.DateTimeField(_("gửi từ lúc"))
    claimed_at = models.DateTimeField(_("nhận gửi lúc"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("số lần không gửi được"), default=0)
    lost = models.PositiveSmallIntegerField(_("số lần không rõ kết quả"), default=0)
    last_error = models.CharField(_("lỗi gần nhất"), max_length=200, blank=True)
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("thư tổng hợp")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"], name="a_person_has_one_digest_a_day"
            )
        ]
        indexes = [
            models.Index(
                fields=["again_at"],
                condition=Q(sent_at__isnull=True),
                name="unsent_digests",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.day.isoformat()}"

    @property
    def state(self) -> DigestState:
        """Return how far it has come."""
        if self.sent_at is not None:
            return DigestState.SENT
        if self.lost > MAX_LOST or (self.lost == MAX_LOST and self.claimed_at):
            return DigestState.UNCERTAIN
        if self.tries >= MAX_TRIES:
            return DigestState.GIVEN_UP
        return DigestState.FAILED if self.tries else DigestState.WAITING


class Notice(models.Model):
    """Something a person is told, once for each occasion (thông báo)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    mandate = models.ForeignKey(
        Mandate,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gửi tới chức danh"),
    )
    kind = models.CharField(_("loại"), max_length=60)
    subject = models.CharField(_("về"), max_length=60)
    occasion = models.CharField(_("dịp"), max_length=80)
    href = models.CharField(_("địa chỉ"), max_length=300)
    words = models.TextField(_("lời văn"))
    params = models.JSONField(_("giá trị trong lời văn"), default=dict)
    created_at = models.DateTimeField(_("lúc"))
    read_at = models.DateTimeField(_("đọc lúc"), null=True, blank=True)
    digest = models.ForeignKey(
        Digest,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="notices",
    )

    class Meta:
        verbose_name = _("thông báo")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "subject", "occasion"],
                name="a_person_is_told_once",
            )
        ]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notices_of_a_person"),
            models.Index(
                fields=["person"],
                condition=Q(read_at__isnull=True),
                name="unread_notices",
            ),
            models.Index(
                fields=["created_at"],
                condition=Q(read_at__isnull=True, digest__isnull=True),
                name="notices_for_a_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    def get_absolute_url(self) -> str:
        """Return the address that opens what the notice is about."""
        return reverse("notices:open", args=[self.pk])

    @property
    def text(self) -> str:
        """Return what it says, in the active language."""
        return telling.told(self.words, self.params)

    @property
    def of_kind(self) -> kinds.Kind:
        """Return its kind."""
        return kinds.kind_named(self.kind)


class Preference(models.Model):
    """What a person wants by e-mail, and when (tùy chọn nhận thông báo).

    Whoever has none gets the defaults. Inside the program everything is shown.
    """

    person = models.OneToOneField(
        Person, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    by_mail = models.JSONField(_("nhận qua thư"), default=dict)  # kind: bool
    digest_at = models.TimeField(_("giờ gửi thư tổng hợp"), default=time(7, 30))
    quiet_from = models.TimeField(_("yên lặng từ"), default=time(20))
    quiet_until = models.TimeField(_("yên lặng đến"), default=time(7))
    language = models.CharField(
        _("ngôn ngữ của thư"), choices=settings.LANGUAGES, max_length=5, default="vi"
    )

    class Meta:
        verbose_name = _("tùy chọn nhận thông báo")

    def __str__(self) -> str:
        return f"{self.person_id}"

    def mails(self, kind: kinds.Kind) -> bool:
        """Return whether notices of *kind* go into the digest."""
        return bool(self.by_mail.get(kind.name, kind.default_email))

    def is_quiet(self, moment: time) -> bool:
        """Return whether no e-mail may come at that time of day.

        The same time twice means that there are no quiet hours.
        """
        return is_within(moment, self.quiet_from, self.quiet_until)


def is_within(moment: time, begin: time, end: time) -> bool:
    """Return whether a time of day lies in [begin, end), which may span midnight."""
    if begin <= end:
        return begin <= moment < end
    return moment >= begin or moment < end
