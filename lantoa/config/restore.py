"""Making an installation anew from one backup, and proving that it is the same.

Nothing is touched before every part of the archive was read and found whole. What
stands in the way is never emptied: a database in use is put aside under another name.
"""

import os
import shutil
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from lantoa.config import readiness
from lantoa.config.archive import DUMP, FILE, KEPT, SECRET, Manifest, Opened, opened
from lantoa.config.backup import counts
from lantoa.config.folder import CHECKOUT, DataFolder
from lantoa.config.postgres import Cluster
from lantoa.config.supervisor import Supervisor
from lantoa.config.tools import run_tool
from lantoa.config.trouble import Trouble, writing_to

DRAFT = "restoring"
Say = Callable[[str], None]


def restore(archive: Path, folder: DataFolder, *, replace: bool, say: Say) -> None:
    """Make *folder*, or the database of DATABASE_URL and the folder, from *archive*.

    Args:
        replace: put aside what is there, instead of refusing.

    Raises:
        Trouble: the archive is damaged or of a newer program, or something is there.
    """
    supervisor = Supervisor({})
    folder.open()
    draft = folder.path / DRAFT
    try:
        with opened(archive) as source:
            manifest = source.manifest
            refuse_newer(manifest)
            if not replace:
                refuse_occupied(folder)
            say("Đang đọc và kiểm tra bản sao lưu… (reading the archive)")
            unpack(source, draft)
        url = open_database(supervisor, folder, replace=replace, say=say)
        say("Đang khôi phục cơ sở dữ liệu… (restoring the database)")
        load(url, draft / DUMP)
        compare(url, manifest)
        put_in_place(draft, folder.path, manifest)
        supervisor.environment = {
            **supervisor.environment,
            "DATABASE_URL": url,
            "SECRET_KEY": folder.secret_key(),
        }
        prove(supervisor, archive.name, manifest, say=say)
        report(manifest, folder, say)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        supervisor.stop()
        folder.close()


def refuse_newer(manifest: Manifest) -> None:
    """Refuse an archive that this code cannot read.

    Raises:
        Trouble: it is of a newer version of the program.
    """
    for app, name in manifest.migrations.items():
        migrations = CHECKOUT / "lantoa" / app / "migrations"
        if migrations.exists() and not (migrations / f"{name}.py").exists():
            raise Trouble(
                f"Bản sao lưu thuộc phiên bản chương trình mới hơn ({app}.{name}): hãy "
                "cập nhật chương trình rồi khôi phục; chưa có gì bị thay đổi.",
                "the archive is of a newer version of the program",
            )


def refuse_occupied(folder: DataFolder) -> None:
    """Refuse a folder in which somebody's data are.

    Raises:
        Trouble: there are some.
    """
    home = folder.path / "postgres"
    files = folder.path / "files"
    own = not os.environ.get("DATABASE_URL") and (home / "data").exists()
    if own or any(files.iterdir()):
        raise Trouble(
            f"Thư mục {folder.path} đã có dữ liệu: hãy chọn DATA= mới, hoặc thêm "
            "REPLACE=yes để cất cơ sở dữ liệu cũ sang một bên rồi khôi phục.",
            "there are data in the folder already",
        )


def unpack(source: Opened, draft: Path) -> None:
    """Write every part to *draft*; nothing of it is used before all were whole.

    Raises:
        Trouble: a part is damaged, or there is no room.
    """
    shutil.rmtree(draft, ignore_errors=True)
    missing = set(source.manifest.missing)
    for part in source.manifest.parts:
        found = FILE.fullmatch(part.name)
        if found is None or found[3] not in missing:
            source.unpack(part, draft / part.name)


def open_database(
    supervisor: Supervisor, folder: DataFolder, *, replace: bool, say: Say
) -> str:
    """Return the address of an empty database: DATABASE_URL's, or one of our own.

    Raises:
        Trouble: the database of DATABASE_URL holds something.
    """
    from lantoa.config.run import environment, start_own  # it starts more than we do

    supervisor.environment = environment(folder)
    given = os.environ.get("DATABASE_URL")
    if given:
        refuse_tables(given)
        return given
    url = start_own(supervisor, folder)
    if replace and supervisor.cluster:
        put_aside(supervisor.cluster, say)
    return url


def refuse_tables(url: str) -> None:
    """Refuse a database that is not empty: it is not ours to empty.

    Raises:
        Trouble: there are tables in it.
    """
    with readiness.connect(url) as line:
        row = line.execute(
            "SELECT count(*) FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace = current_schema()::regnamespace"
        ).fetchone()
    if row and row[0]:
        raise Trouble(
            "Cơ sở dữ liệu của DATABASE_URL không trống: hãy tạo một cơ sở dữ liệu mới "
            "(createdb) và trỏ DATABASE_URL tới đó.",
            "the database is not empty",
        )


def put_aside(cluster: Cluster, say: Say) -> None:
    """Give the database in use another name, and make an empty one."""
    with readiness.connect(cluster.url()) as line:
        line.autocommit = True
        old = f"{readiness.DATABASE}_{datetime.now().astimezone():%Y%m%d_%H%M%S}"
        line.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                sql.Identifier(readiness.DATABASE), sql.Identifier(old)
            )
        )
    say(f"Cơ sở dữ liệu cũ được giữ dưới tên {old}. (the old one was put aside)")
    readiness.make_database(cluster)


def load(url: str, dump: Path) -> None:
    """Load the dump, all of it or nothing.

    Raises:
        Trouble: it does not fit.
    """
    with readiness.connect(url) as line:
        server = line.info.server_version // 10_000
    target = f"--dbname={conninfo_to_dict(url).get('dbname')}"
    words = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    run_tool("pg_restore", url, *words, target, dump, server=server)


def compare(url: str, manifest: Manifest) -> None:
    """Hold the rows of every table against the manifest.

    Raises:
        Trouble: they differ.
    """
    with psycopg.connect(url) as line:
        found = counts(line)
    tables = found.keys() | manifest.counts.keys()
    off = [t for t in sorted(tables) if found.get(t) != manifest.counts.get(t)]
    if off:
        raise Trouble(
            f"Sau khi khôi phục, số dòng không khớp ở bảng {', '.join(off)}.",
            "the restored rows are not those of the manifest",
        )


def put_in_place(draft: Path, data: Path, manifest: Manifest) -> None:
    """Move files and key to where the program looks for them."""
    with writing_to(data):
        for part in manifest.files:
            if (draft / part.name).exists():
                target = data / part.name
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                (draft / part.name).replace(target)
        for name in KEPT:
            if not (draft / name).exists():
                continue
            old = data / name
            if name == SECRET and old.exists():
                old.replace(data / f"{name}.old")
            (draft / name).replace(data / name)
        os.sync()


def prove(
    supervisor: Supervisor, archive: str, manifest: Manifest, *, say: Say
) -> None:
    """Bring the database up to this code, hold journal and files true, remember it.

    Raises:
        Trouble: something does not hold; it was said what.
    """
    me = (sys.executable, "-m", "lantoa.config")
    if manifest.code != readiness.code_digest():
        say("Bản sao lưu thuộc bản mã khác: đang đưa lên bản này… (migrating)")
        static = dict(supervisor.environment)
        static.pop("STATIC_ROOT", None)  # collected at the next start
        supervisor.environment = static
        if supervisor.once([*me, "prepare"]):
            raise not_proved()
    manage = (sys.executable, "-W", "ignore", str(CHECKOUT / "manage.py"))
    numbers = [str(manifest.seals), str(len(manifest.missing))]
    said = [manifest.made_at, manifest.head, *numbers]
    if supervisor.once([*manage, "check_restored", archive, *said]):
        raise not_proved()


def not_proved() -> Trouble:
    """Return the line for a restored installation that does not hold."""
    return Trouble(
        "Đã khôi phục nhưng chưa kiểm tra được là nguyên vẹn: hãy xem các dòng trên.",
        "restored, but not proved whole",
    )


def report(manifest: Manifest, folder: DataFolder, say: Say) -> None:
    """Say what was done."""
    files = len(manifest.files) - len(manifest.missing)
    say(f"Đã khôi phục vào {folder.path}:")
    say(f"  bản sao lưu lập lúc {manifest.made_at} bởi Lan Tỏa {manifest.program};")
    say(
        f"  {sum(manifest.counts.values())} dòng trong {len(manifest.counts)} bảng, đủ;"
    )
    say(
        f"  {max(files, 0)} tệp, đúng giá trị băm; khóa phiên làm việc được giữ nguyên;"
    )
    say("  nhật ký nguyên vẹn, đầu chuỗi khớp với bản sao lưu.")
    if manifest.missing:
        say(f"  CHÚ Ý: {len(manifest.missing)} tệp đã thiếu từ khi sao lưu.")
    say("  (restored and proved; start it with make run)")
