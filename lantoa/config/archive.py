"""One backup in one file: a tar of the dump, the files and the key, and its manifest.

The manifest stands last, so that an archive that was cut short has none. It is plain
tar: whoever has lost this program can still open it, and `pg_restore` the dump.
"""

import hashlib
import io
import json
import re
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Self

from lantoa.config.trouble import Trouble, writing_to

FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
# Small files of the data folder that go along; all else of it is made anew.
SECRET = "secret-key"  # noqa: S105 - the name of the file
KEPT = frozenset({SECRET, "demo-password"})
FILE = re.compile(r"files/([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})")
PIECE = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Part:
    """One member of the archive."""

    name: str
    size: int  # bytes
    sha256: str


@dataclass(slots=True)
class Manifest:
    """What an archive holds, and how the database stood at the moment it shows."""

    made_at: str  # ISO 8601
    program: str  # version
    server: str  # version of PostgreSQL
    code: str  # digest of the code that prepared the database
    migrations: dict[str, str]  # app → newest
    counts: dict[str, int]  # table → rows
    head: str  # digest of the newest seal, "" without one
    seals: int  # its number
    missing: list[str] = field(default_factory=list)  # files that were not there
    parts: list[Part] = field(default_factory=list)
    format: int = FORMAT

    @classmethod
    def read(cls, text: bytes) -> Self:
        """Return the manifest written as *text*.

        Raises:
            ValueError: it is none, or of a later format.
        """
        said: dict[str, Any] = json.loads(text)
        if said.get("format") != FORMAT:
            raise ValueError(f"format {said.get('format')}")
        said["parts"] = [Part(**part) for part in said["parts"]]
        return cls(**said)

    @property
    def files(self) -> list[Part]:
        """Return the stored files among the parts."""
        return [part for part in self.parts if FILE.fullmatch(part.name)]


class Hashed:
    """A file that is hashed while it is read or written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        return self._seen(self._file.read(size))

    def write(self, piece: bytes) -> int:
        """Write *piece*."""
        self._file.write(piece)
        return len(self._seen(piece))

    def _seen(self, piece: bytes) -> bytes:
        self._digest.update(piece)
        self.size += len(piece)
        return piece

    @property
    def sha256(self) -> str:
        """Return the digest of what passed by."""
        return self._digest.hexdigest()


class Packing:
    """An archive that is being written, front to back."""

    def __init__(self, out: IO[bytes]) -> None:
        self.out = Hashed(out)
        self._tar = tarfile.open(fileobj=self.out, mode="w|")  # type: ignore[call-overload]  # noqa: SIM115 - closed by finish
        self._now = int(time.time())
        self.parts: list[Part] = []

    def add(self, name: str, path: Path) -> Part:
        """Add the file at *path* as *name*; return what was read of it.

        Raises:
            OSError: it is not there, or cannot be read.
        """
        with path.open("rb") as file:
            return self._take(name, file, path.stat().st_size)

    def add_text(self, name: str, content: bytes) -> Part:
        """Add *content* as *name*."""
        return self._take(name, io.BytesIO(content), len(content))

    def finish(self, manifest: Manifest) -> None:
        """Add the manifest, which learns the parts, and end the archive."""
        manifest.parts = list(self.parts)
        said = json.dumps(asdict(manifest), ensure_ascii=False, indent=1)
        self.add_text(MANIFEST, said.encode())
        self._tar.close()

    def _take(self, name: str, file: IO[bytes], size: int) -> Part:
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.mtime = size, 0o600, self._now
        hashed = Hashed(file)
        self._tar.addfile(info, hashed)
        self.parts.append(Part(name, hashed.size, hashed.sha256))
        return self.parts[-1]


class Opened:
    """An archive that is being read."""

    def __init__(self, path: Path, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self._tar = tar

    def unpack(self, part: Part, target: Path) -> None:
        """Write one part to *target*, and see that it is what the manifest says.

        Raises:
            Trouble: the archive is damaged.
        """
        source = self._tar.extractfile(part.name)
        if source is None:
            raise damaged(self.path, part.name)
        with writing_to(target.parent):
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with target.open("wb") as out:
                target.chmod(0o600)
                hashed = Hashed(out)
                while piece := source.read(PIECE):
                    hashed.write(piece)
        if (hashed.size, hashed.sha256) != (part.size, part.sha256):
            raise damaged(self.path, part.name)


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open the archive at *path* and read its manifest.

    Raises:
        Trouble: there is none, it was cut short or damaged, or holds strange names.
    """
    try:
        with tarfile.open(path, "r:") as tar:
            members = tar.getmembers()
            if not members or members[-1].name != MANIFEST:
                raise damaged(path, MANIFEST)
            source = tar.extractfile(members[-1])
            manifest = Manifest.read(source.read() if source else b"")
            named = {part.name for part in manifest.parts}
            plain = {member.name for member in members[:-1] if member.isreg()}
            known = {DUMP, *KEPT}
            strange = [n for n in named - known if not FILE.fullmatch(n)]
            if strange or plain != named or not {DUMP, SECRET} <= named:
                raise damaged(path, MANIFEST)
            yield Opened(path, tar, manifest)
    except (tarfile.TarError, ValueError, KeyError, TypeError, EOFError) as error:
        raise damaged(path, MANIFEST) from error
    except FileNotFoundError as error:
        raise Trouble(
            f"Không có bản sao lưu nào tại {error.filename}.", "no such archive"
        ) from error


def damaged(path: Path, part: str) -> Trouble:
    """Return the line for an archive that is not whole."""
    return Trouble(
        f"Bản sao lưu {path} không nguyên vẹn (phần {part}): hãy dùng bản khác; "
        "chưa có gì bị thay đổi.",
        "the archive is damaged; nothing was changed",
    )
