"""Copying everything while the program runs, all of it as of one moment.

First the database, then the files: a file is on disk before the row that names it is
committed, and is never changed, so every file that the dump names can be copied after
it. The dump, the counts and the list of files are of one snapshot.
"""

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from lantoa.config.archive import DUMP, KEPT, SECRET, Manifest, Packing
from lantoa.config.tools import run_tool
from lantoa.config.trouble import Trouble, writing_to

TABLES = """
SELECT relname FROM pg_class
 WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
   AND relpersistence = 'p'
 ORDER BY relname
"""
MIGRATIONS = """
SELECT DISTINCT ON (app) app, name FROM django_migrations ORDER BY app, id DESC
"""
FILES = "SELECT DISTINCT sha256, size FROM files_storedfile ORDER BY sha256"
HEAD = "SELECT id, digest FROM journal_seal ORDER BY id DESC LIMIT 1"
Say = Callable[[str], None]
Line = psycopg.Connection[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Made:
    """A finished backup."""

    path: Path
    sha256: str
    size: int
    manifest: Manifest
    seconds: int


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be copied, and from where."""

    conninfo: str
    data: Path  # the data folder
    secret_key: str
    program: str  # version


def back_up(source: Source, to: Path, *, say: Say) -> Made:
    """Write one archive to *to*, a folder or a new file; return what was made.

    A file that is lost or damaged on disk is left out and named in the manifest.

    Raises:
        Trouble: there is a file already, no room, or `pg_dump` failed.
    """
    begun, now = time.monotonic(), datetime.now(UTC)
    path = target_of(to, now)
    draft = path.with_name(f".{path.name}.part")
    dump = path.with_name(f".{path.name}.dump")
    try:
        with writing_to(path.parent), open_private(draft) as out:
            packing = Packing(out)
            manifest, files = dump_database(source, dump, now, say)
            packing.add(DUMP, dump)
            dump.unlink()
            add_files(packing, source.data / "files", files, manifest, say)
            add_kept(packing, source)
            packing.finish(manifest)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(path)
    finally:
        for spare in (draft, dump):
            spare.unlink(missing_ok=True)
    spent = round(time.monotonic() - begun)
    return Made(path, packing.out.sha256, packing.out.size, manifest, spent)


def target_of(to: Path, now: datetime) -> Path:
    """Return the file to write.

    Raises:
        Trouble: there is one already.
    """
    to = to.absolute()
    if to.is_dir():
        return to / f"lantoa-{now.astimezone():%Y%m%d-%H%M%S}.tar"
    if to.exists():
        raise Trouble(
            f"Đã có tệp {to}: hãy chọn tên khác; tệp cũ được giữ nguyên.",
            "the archive exists already",
        )
    with writing_to(to.parent):
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return to


def open_private(path: Path) -> IO[bytes]:
    """Open a new file that nobody else may read: it will hold everything there is."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def dump_database(
    source: Source, dump: Path, now: datetime, say: Say
) -> tuple[Manifest, list[tuple[str, int]]]:
    """Dump the database; return its manifest and the files it names, of one moment."""
    with psycopg.connect(source.conninfo) as line:
        line.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        line.read_only = True
        (snapshot,) = line.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        server = line.info.server_version // 10_000
        say("Đang sao lưu cơ sở dữ liệu… (dumping the database)")
        words = ("--format=custom", "--no-owner", "--no-privileges")
        more = ("--no-unlogged-table-data", f"--snapshot={snapshot}", f"--file={dump}")
        run_tool("pg_dump", source.conninfo, *words, *more, server=server)
        dump.chmod(0o600)
        files = [(row[0], int(row[1])) for row in line.execute(FILES).fetchall()]
        return describe(line, source.program, now), files


def describe(line: Line, program: str, now: datetime) -> Manifest:
    """Return what stands in the database, as this transaction sees it."""
    head = line.execute(HEAD).fetchone() or (0, "")
    known = line.execute("SELECT to_regclass('prepared')").fetchone()
    code = ""
    if known and known[0]:
        said = "SELECT digest FROM prepared WHERE what = 'data'"
        code = (line.execute(said).fetchone() or ("",))[0]
    return Manifest(
        made_at=now.isoformat(),
        program=program,
        server=line.info.parameter_status("server_version") or "",
        code=code,
        migrations={row[0]: row[1] for row in line.execute(MIGRATIONS).fetchall()},
        counts=counts(line),
        head=head[1],
        seals=int(head[0]),
    )


def counts(line: Line) -> dict[str, int]:
    """Return how many rows each table has."""
    statement = sql.SQL("SELECT count(*) FROM {}")
    found = {}
    for (table,) in line.execute(TABLES).fetchall():
        row = line.execute(statement.format(sql.Identifier(table))).fetchone()
        found[table] = int(row[0]) if row else 0
    return found


def add_files(
    packing: Packing,
    root: Path,
    files: Iterable[tuple[str, int]],
    manifest: Manifest,
    say: Say,
) -> None:
    """Add the content of every file that the dump names."""
    files = list(files)
    say(f"Đang sao lưu {len(files)} tệp… (copying the files)")
    for sha256, size in files:
        name = f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
        try:
            whole = (root / name).stat().st_size == size
            part = packing.add(f"files/{name}", root / name) if whole else None
        except FileNotFoundError:
            part = None
        if part is None or part.sha256 != sha256:
            manifest.missing.append(sha256)


def add_kept(packing: Packing, source: Source) -> None:
    """Add the key that signs sessions, and what else of the folder is to survive."""
    packing.add_text(SECRET, f"{source.secret_key}\n".encode())
    for name in KEPT - {SECRET}:
        if (source.data / name).exists():
            packing.add(name, source.data / name)
