"""Keeping content on disk under its digest, durably."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO

from django.conf import settings

_PIECE = 256 * 1024  # bytes


def path_of(sha256: str) -> Path:
    """Return where the content with this digest stands."""
    root = Path(settings.FILES_ROOT)
    return root / sha256[:2] / sha256[2:4] / sha256


def keep(content: IO[bytes]) -> tuple[str, int]:
    """Write *content* under its digest; return the digest and the size in bytes.

    When this returns, content and name are on disk; the row that points to them may
    be committed. A transaction that fails leaves content that nothing points to.
    """
    root = Path(settings.FILES_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    content.seek(0)
    digest, size = hashlib.sha256(), 0
    handle, spare = tempfile.mkstemp(prefix="incoming-", dir=root)
    try:
        with os.fdopen(handle, "wb") as out:
            while piece := content.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        _name(Path(spare), path_of(digest.hexdigest()))
    finally:
        Path(spare).unlink(missing_ok=True)
    return digest.hexdigest(), size


def _name(spare: Path, target: Path) -> None:
    if target.exists():
        return  # the same content was kept before
    target.parent.mkdir(parents=True, exist_ok=True)
    spare.replace(target)
    for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
        _sync(folder)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
