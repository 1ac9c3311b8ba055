"""What happens to files."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lantoa.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStored(Event):
    """A file was handed in; its digest proves later that it is the same."""

    name = "files.stored"
    sentence = _("Lưu tệp “{file}”.")
    file_id: int
    body_id: int | None
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePublished(Event):
    """From now on anybody may read the file."""

    name = "files.published"
    sentence = _("Công khai tệp “{file}”.")
    file_id: int
    body_id: int | None
