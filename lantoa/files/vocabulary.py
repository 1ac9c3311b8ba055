"""The types of file we keep, how large they may be, and refusals."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.kernel.refusal import Refused

MAX_SIZE = 50 * 2**20  # bytes


class MediaType(models.TextChoices):
    """The types of file that may be stored; all others are refused."""

    PDF = "application/pdf", _("PDF")
    DOCX = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _("Word (DOCX)"),
    )
    XLSX = (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _("Excel (XLSX)"),
    )
    ODT = "application/vnd.oasis.opendocument.text", _("OpenDocument (ODT)")
    PNG = "image/png", _("ảnh PNG")
    JPEG = "image/jpeg", _("ảnh JPEG")
    WEBP = "image/webp", _("ảnh WebP")
    MP3 = "audio/mpeg", _("âm thanh MP3")
    MP4 = "video/mp4", _("phim MP4")

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Return the endings of names of such files, the usual one first."""
        return _SUFFIXES[self.value]


_SUFFIXES = {
    MediaType.PDF.value: (".pdf",),
    MediaType.DOCX.value: (".docx",),
    MediaType.XLSX.value: (".xlsx",),
    MediaType.ODT.value: (".odt",),
    MediaType.PNG.value: (".png",),
    MediaType.JPEG.value: (".jpg", ".jpeg"),
    MediaType.WEBP.value: (".webp",),
    MediaType.MP3.value: (".mp3",),
    MediaType.MP4.value: (".mp4", ".m4v", ".m4a"),
}


class FileTooLarge(Refused):
    """The file is larger than we keep."""

    message = _("Tệp lớn hơn 50 MB. Hãy nén hoặc chia nhỏ tệp rồi gửi lại.")


class FileEmpty(Refused):
    """The file holds nothing."""

    message = _("Tệp không có nội dung. Hãy chọn lại tệp.")


class TypeNotKept(Refused):
    """The content is of a type that we don't keep, whatever its name says."""

    message = _(
        "Không nhận loại tệp này. Hãy gửi tệp PDF, DOCX, XLSX, ODT, "
        "ảnh PNG, JPEG, WebP, âm thanh MP3 hoặc phim MP4."
    )


class MacrosNotKept(Refused):
    """The office document carries macros."""

    message = _("Không nhận tệp có chứa macro. Hãy lưu lại tệp không kèm macro.")
