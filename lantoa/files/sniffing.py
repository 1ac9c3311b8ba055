"""Telling a file's type by its content; names from outside prove nothing."""

from typing import IO
from zipfile import BadZipFile, ZipFile

from lantoa.files.vocabulary import MacrosNotKept, MediaType, TypeNotKept

_HEAD = 64  # bytes
_MAGIC = (
    (b"%PDF-", MediaType.PDF),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"ID3", MediaType.MP3),
    (b"\xff\xfb", MediaType.MP3),
    (b"\xff\xf3", MediaType.MP3),
    (b"\xff\xf2", MediaType.MP3),
)
_PARTS = {
    "word/document.xml": MediaType.DOCX,
    "xl/workbook.xml": MediaType.XLSX,
}


def media_type_of(content: IO[bytes]) -> MediaType:
    """Return the type that the content shows, leaving it rewound.

    Raises:
        TypeNotKept: none of the types that we keep.
        MacrosNotKept: an office document with macros.
    """
    content.seek(0)
    head = content.read(_HEAD)
    try:
        return _by_magic(head) or _by_parts(head, content)
    finally:
        content.seek(0)


def _by_magic(head: bytes) -> MediaType | None:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return MediaType.WEBP
    if head[4:8] == b"ftyp" and head[8:12] not in {b"heic", b"heix", b"avif", b"qt  "}:
        return MediaType.MP4
    return None


def _by_parts(head: bytes, content: IO[bytes]) -> MediaType:
    """Read the list of parts of an office document; nothing is unpacked."""
    if not head.startswith(b"PK\x03\x04"):
        raise TypeNotKept
    if head[30:].startswith(b"mimetype" + MediaType.ODT.encode()[:26]):
        return _odt(content)
    try:
        parts = set(ZipFile(content).namelist())
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise TypeNotKept from error
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise MacrosNotKept
    for part, kind in _PARTS.items():
        if part in parts and "[Content_Types].xml" in parts:
            return kind
    raise TypeNotKept


def _odt(content: IO[bytes]) -> MediaType:
    """Return ODT if the stored ``mimetype`` says exactly that, and no template."""
    content.seek(30 + len("mimetype"))
    said = content.read(len(MediaType.ODT) + 2)
    if said == MediaType.ODT.encode() + b"PK":
        return MediaType.ODT
    raise TypeNotKept
