from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.files.vocabulary import MAX_SIZE, MediaType


class StoredFile(models.Model):
    """A file as it was handed in (tệp); the same content is kept once on disk.

    Files stand below organisations, so the owner is a body's number, not a key.
    """

    sha256 = models.CharField(_("giá trị băm SHA-256"), max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("dung lượng (byte)"))
    media_type = models.CharField(_("loại tệp"), choices=MediaType, max_length=80)
    name = models.CharField(_("tên tệp"), max_length=150)
    owner = models.BigIntegerField(_("cơ quan lưu"), null=True, db_index=True)
    public = models.BooleanField(_("công khai"), default=False)
    stored_at = models.DateTimeField(_("lưu lúc"))

    class Meta:
        verbose_name = _("tệp")
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=MAX_SIZE),
                name="a_file_has_content_within_the_limit",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def owner_id(self) -> int | None:
        """Return the owner's number, as rules read it."""
        return self.owner
