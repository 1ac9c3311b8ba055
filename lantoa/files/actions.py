"""Storing files, and opening them to the public."""

import re
from datetime import datetime
from pathlib import PurePath
from typing import IO

from lantoa.files import rules, storing
from lantoa.files.events import FilePublished, FileStored
from lantoa.files.models import StoredFile
from lantoa.files.sniffing import media_type_of
from lantoa.files.vocabulary import MAX_SIZE, FileEmpty, FileTooLarge, MediaType
from lantoa.journal.writing import action, record, unchanged
from lantoa.kernel.actor import Actor

_LONGEST_NAME = 150  # characters
_LONGEST_SUFFIX = 10  # characters, with the dot
_NEVER_IN_NAMES = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]"
)


@action
def store_file(
    *, actor: Actor, owner_id: int | None, content: IO[bytes], name: str, at: datetime
) -> StoredFile:
    """Keep a file that was handed in, for the body *owner_id*.

    Args:
        content: seekable; its type is told by what it holds.
        name: what the sender called it; only shown, never used as a path. Its ending
            is made to tell the type, since whoever opens the file goes by it.

    Raises:
        NotPermitted: the actor doesn't store files for that body.
        FileEmpty: it holds nothing.
        FileTooLarge: more than 50 MB.
        TypeNotKept: a type we don't keep.
        MacrosNotKept: an office document with macros.
    """
    stored = StoredFile(owner=owner_id, name=safe_name(name), stored_at=at)
    rules.STORE.require(actor, stored)
    size = content.seek(0, 2)
    if size == 0:
        raise FileEmpty
    if size > MAX_SIZE:
        raise FileTooLarge
    kind = media_type_of(content)
    stored.media_type, stored.name = kind, named_as(kind, stored.name)
    stored.sha256, stored.size = storing.keep(content)
    stored.save(force_insert=True)
    record(
        FileStored(
            file_id=stored.pk,
            body_id=owner_id,
            sha256=stored.sha256,
            size=stored.size,
            media_type=stored.media_type,
        ),
        by=actor,
        at=at,
    )
    return stored


@action
def publish_file(*, actor: Actor, file: StoredFile, at: datetime) -> StoredFile:
    """Let anybody read *file*, because the paper it belongs to is public.

    Raises:
        NotPermitted: the actor doesn't store files for the owner.
    """
    file = StoredFile.objects.select_for_update().get(pk=file.pk)
    rules.STORE.require(actor, file)
    if file.public:
        unchanged()
        return file
    file.public = True
    file.save(update_fields=["public"])
    record(FilePublished(file_id=file.pk, body_id=file.owner), by=actor, at=at)
    return file


def named_as(kind: MediaType, name: str) -> str:
    """Return a safe name that ends as files of *kind* do: "a.bat.pdf" of a PDF."""
    if name.lower().endswith(kind.suffixes):
        return name
    usual = kind.suffixes[0]
    return name[: _LONGEST_NAME - len(usual)] + usual


def safe_name(name: str) -> str:
    """Return the last part of *name* without control and direction marks."""
    last = re.split(r"[/\\]", name)[-1]
    kept = _NEVER_IN_NAMES.sub("", last).strip(" .")
    if not kept:
        return "tep"
    path = PurePath(kept)
    suffix = path.suffix[:_LONGEST_SUFFIX]
    return path.stem[: _LONGEST_NAME - len(suffix)] + suffix
