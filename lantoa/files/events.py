"""What happens to files."""

from dataclasses import dataclass

from lantoa.journal.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStored(Event):
    """A file was handed in; its digest proves later that it is the same."""

    name = "files.stored"
    file_id: int
    body_id: int | None
    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePublished(Event):
    """From now on anybody may read the file."""

    name = "files.published"
    file_id: int
    body_id: int | None
