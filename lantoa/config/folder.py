"""The DATA folder: what of one installation survives restarts.

`postgres/` is the database cluster (or a link to it), `secret-key` signs sessions,
`files/` holds uploads, `log/` what the database server said, `lock` who runs on it.
"""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from lantoa.config.trouble import FullDisk, Trouble, writing_to

CHECKOUT = Path(__file__).resolve().parents[2]
ROOM_TO_START = 32 << 20  # bytes: what PostgreSQL needs to come up and write its log
ROOM_TO_MAKE = 256 << 20  # bytes: a new cluster, its write-ahead log, the demo
LONGEST_LOG = 4 << 20  # bytes


class DataFolder:
    """The folder named by DATA, `.data` in the checkout by default."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = Path(
            path or os.environ.get("DATA") or CHECKOUT / ".data"
        ).absolute()
        self._lock: IO[str] | None = None

    def open(self) -> None:
        """Make the folder, see that there is room, and keep others off it.

        Raises:
            Trouble: not a folder, not writable, no room, or another run is on it.
        """
        with writing_to(self.path):
            if not self.path.is_dir():
                self.path.mkdir(parents=True)
                # The account of PostgreSQL has to pass through to its own part.
                self.path.chmod(0o711)
            self._lock = self._take_lock()
            for part in ("log", "files"):
                (self.path / part).mkdir(mode=0o700, exist_ok=True)
        made = (self.path / "postgres" / "data").exists()
        if self.room() < (ROOM_TO_START if made else ROOM_TO_MAKE):
            raise FullDisk(self.path)

    def is_held(self) -> bool:
        """Return whether a run is on the folder now."""
        try:
            with (self.path / "lock").open("a+") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:  # there is no such folder, or none that we may enter
            return False
        return False

    def room(self) -> int:
        """Return the room left on the folder's disk [bytes]."""
        return shutil.disk_usage(self.path).free

    def close(self) -> None:
        """Let the next run have the folder."""
        if self._lock:
            (self.path / "running.json").unlink(missing_ok=True)
            self._lock.close()

    def secret_key(self) -> str:
        """Return the key that signs sessions and tickets, made once."""
        path = self.path / "secret-key"
        with writing_to(self.path):
            if not path.exists() or not path.read_text().strip():
                draft = self.path / "secret-key.draft"
                draft.touch(mode=0o600)
                draft.write_text(secrets.token_urlsafe(48) + "\n")
                draft.replace(path)
            return path.read_text().strip()

    def log(self, name: str) -> Path:
        """Return the log called *name*; a long one is put aside first."""
        path = self.path / "log" / f"{name}.log"
        with writing_to(path.parent):
            if path.exists() and path.stat().st_size > LONGEST_LOG:
                path.replace(path.with_suffix(".old.log"))
            path.touch(mode=0o600)
        return path

    def tell(self, environment: Mapping[str, str]) -> None:
        """Leave word of the *environment* of what runs here, for `make manage`."""
        path = self.path / "running.json"
        with writing_to(self.path):
            path.unlink(missing_ok=True)
            path.touch(mode=0o600)
            path.write_text(json.dumps(dict(environment)))

    def told(self) -> dict[str, str] | None:
        """Return the environment of what runs here, or None."""
        try:
            said: dict[str, str] = json.loads((self.path / "running.json").read_text())
        except (OSError, ValueError):
            return None
        return said

    def _take_lock(self) -> IO[str]:
        lock = (self.path / "lock").open("a+")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            with lock:
                holder = lock.read().strip() or "?"
            raise Trouble(
                f"Thư mục dữ liệu {self.path} đang được một lần chạy khác dùng "
                f"(tiến trình {holder}): hãy dừng nó hoặc chọn DATA= khác.",
                "another run uses this data folder",
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        return lock
