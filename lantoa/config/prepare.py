"""Bring a database up to this code: tables, reference data, the demo, static files.

Everything here may be run again; the supervisor runs it only when `readiness` says so.
"""

import io
import os
import shutil
from collections.abc import Callable

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from lantoa.config import readiness
from lantoa.config.trouble import Trouble
from lantoa.ui import fonts

# Labels of apps that earlier versions had: what they applied is no sign of a newer one.
RETIRED: frozenset[str] = frozenset()
LOCK = 0x6C616E746F61  # "lantoa": one preparation of a database at a time


def prepare(*, demo: bool, say: Callable[[str], None]) -> None:
    """Do what is missing, in one process so that Django is imported once.

    Raises:
        Trouble: a newer version of the program has been here.
    """
    django.setup()
    digest = readiness.code_digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    refuse_newer()
    say("Đang chuẩn bị cơ sở dữ liệu… (preparing the database)")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("load_reference")
    call_command("load_papers")
    remember("data", digest)
    if demo:
        say("Đang nạp dữ liệu trình diễn… (loading the demo)")
        call_command("load_demo")
        accounts = io.StringIO()
        call_command("demo_accounts", stdout=accounts)
        remember("demo", digest, accounts.getvalue())
    root = os.environ.get("STATIC_ROOT")
    if root and not readiness.is_collected(root):
        collect(root)


def refuse_newer() -> None:
    """Refuse a database with migrations that this code does not know.

    Raises:
        Trouble: there are some.
    """
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations or ())
    for migration in (loader.disk_migrations or {}).values():
        known.update(migration.replaces)
    strange = sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations or ()
        if (app, name) not in known and app not in RETIRED
    )
    if strange:
        raise Trouble(
            "Cơ sở dữ liệu thuộc phiên bản chương trình mới hơn "
            f"({strange[-1]}): hãy cập nhật chương trình; dữ liệu được giữ nguyên.",
            "the database is of a newer version of the program; nothing was changed",
        )


def remember(what: str, digest: str, said: str = "") -> None:
    """Note in the database that *what* was prepared by the code of *digest*."""
    with connection.cursor() as cursor:
        cursor.execute(readiness.MAKE_TABLE)
        cursor.execute(readiness.REMEMBER, [what, digest, said])


def collect(root: str) -> None:
    """Collect and compress the static files into *root*, which is ours alone."""
    fonts.main()
    shutil.rmtree(root, ignore_errors=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    readiness.stamp(root).write_text(readiness.static_digest())
