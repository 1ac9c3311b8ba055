from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One fact, written in the transaction that made it true; never changed.

    It holds no foreign key and no personal name, so that history outlives people and
    rows; a trigger refuses any change.
    """

    name = models.CharField(_("sự kiện"), max_length=80)
    payload = models.JSONField(_("nội dung"))
    subjects = ArrayField(models.CharField(max_length=60), verbose_name=_("về"))
    actor_id = models.BigIntegerField(_("người thực hiện"), null=True)
    mandate_id = models.BigIntegerField(_("chức danh"), null=True)
    office = models.CharField(_("cương vị"), max_length=200)
    occurred_at = models.DateTimeField(_("xảy ra lúc"))
    recorded_at = models.DateTimeField(_("ghi nhận lúc"), db_default=Now())
    command_key = models.CharField(_("mã lệnh"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("bút tích nhật ký")
        indexes = [
            GinIndex(fields=["subjects"], name="entry_by_subject"),
            models.Index(fields=["name", "id"], name="entry_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"

    def as_sealed(self) -> dict[str, Any]:
        """Return what the seal covers: every column, in a stable form."""
        return {
            "id": self.pk,
            "name": self.name,
            "payload": self.payload,
            "subjects": self.subjects,
            "actor_id": self.actor_id,
            "mandate_id": self.mandate_id,
            "office": self.office,
            "occurred_at": self.occurred_at.isoformat(),
            "recorded_at": self.recorded_at.isoformat(),
            "command_key": self.command_key,
        }


class Unsealed(models.Model):
    """A committed entry that no seal covers yet; a trigger writes these."""

    entry_id = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name = _("bút tích chờ niêm phong")

    def __str__(self) -> str:
        return f"#{self.entry_id}"


class Seal(models.Model):
    """A batch of entries hashed into the one chain; its digest can be kept outside."""

    entry_ids = ArrayField(models.BigIntegerField(), verbose_name=_("bút tích"))
    previous = models.CharField(_("niêm phong trước"), max_length=64, unique=True)
    digest = models.CharField(_("giá trị băm"), max_length=64)
    sealed_at = models.DateTimeField(_("niêm phong lúc"), db_default=Now())

    class Meta:
        verbose_name = _("niêm phong")

    def __str__(self) -> str:
        return f"{self.pk}: {self.digest[:12]}"


class Command(models.Model):
    """A command from outside and its first answer, kept 30 days."""

    key = models.CharField(_("mã lệnh"), max_length=80)
    actor_id = models.BigIntegerField(_("người thực hiện"))
    digest = models.CharField(_("dấu nội dung"), max_length=64)
    answer = models.JSONField(_("câu trả lời"), null=True)
    at = models.DateTimeField(_("lúc"), db_default=Now(), db_index=True)

    class Meta:
        verbose_name = _("lệnh")
        constraints = [
            models.UniqueConstraint(
                fields=["actor_id", "key"], name="a_command_is_carried_out_once"
            )
        ]

    def __str__(self) -> str:
        return self.key
