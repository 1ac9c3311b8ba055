"""What a database still needs before this code can run on it.

The answer stands in the database itself, in the table `prepared`: digests of the code
that migrated it and loaded its data. When they are ours a start asks Django nothing.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from lantoa.config.folder import CHECKOUT
from lantoa.config.postgres import OLDEST, Cluster, too_old
from lantoa.config.trouble import Trouble

USER = DATABASE = "lantoa"
# What cannot change what is in the database.
PASSING = frozenset({"templates", "static", "__pycache__", "web", "locale"})

MAKE_TABLE = """
CREATE TABLE IF NOT EXISTS prepared (
    what text PRIMARY KEY, digest text NOT NULL, said text NOT NULL DEFAULT ''
)
"""
REMEMBER = """
INSERT INTO prepared (what, digest, said) VALUES (%s, %s, %s)
ON CONFLICT (what) DO UPDATE SET digest = excluded.digest, said = excluded.said
"""


@dataclass(frozen=True)
class Prepared:
    """How a database was last prepared: digests by part, and the demo's accounts."""

    data: str = ""
    demo: str = ""
    accounts: str = ""


def digest_of(files: Iterable[Path]) -> str:
    """Return a digest of the names and contents of *files* and of the packages."""
    digest = hashlib.sha256()
    for path in [CHECKOUT / "requirements" / "run.txt", *sorted(files)]:
        digest.update(str(path.relative_to(CHECKOUT)).encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def code_digest() -> str:
    """Return a digest of the code and data that shape what is in a database."""
    return digest_of(
        path
        for path in (CHECKOUT / "lantoa").rglob("*")
        if PASSING.isdisjoint(path.parts) and path.is_file()
    )


def static_digest() -> str:
    """Return a digest of the program's static files."""
    return digest_of(
        path for path in (CHECKOUT / "lantoa").glob("*/static/**/*") if path.is_file()
    )


def stamp(static_root: str) -> Path:
    """Return the file that says which static files were collected."""
    return Path(static_root) / ".digest"


def is_collected(static_root: str | None) -> bool:
    """Return whether *static_root* holds these very files, or none are wanted."""
    if static_root is None:
        return True
    file = stamp(static_root)
    return file.exists() and file.read_text() == static_digest()


def look(url: str) -> Prepared:
    """Return how the database at *url* is prepared.

    Raises:
        Trouble: it does not answer, or its server is too old.
    """
    with connect(url) as connection:
        version = connection.info.server_version // 10_000
        if version < OLDEST:
            raise too_old(f"{connection.info.host}:{connection.info.port}", version)
        if connection.info.parameter_status("server_encoding") != "UTF8":
            raise Trouble(
                "Cơ sở dữ liệu phải dùng bảng mã UTF8.", "the database is not in UTF8"
            )
        known = "SELECT 1 WHERE to_regclass('prepared') IS NOT NULL"
        if connection.execute(known).fetchone() is None:
            return Prepared()
        rows = connection.execute("SELECT what, digest, said FROM prepared").fetchall()
    digests = {what: digest for what, digest, _ in rows}
    said = {what: words for what, _, words in rows}
    return Prepared(
        digests.get("data", ""), digests.get("demo", ""), said.get("demo", "")
    )


def connect(url: str) -> psycopg.Connection[tuple[str, ...]]:
    """Return a connection to *url*.

    Raises:
        Trouble: there is none to be had.
    """
    try:
        return psycopg.connect(url, connect_timeout=5)
    except psycopg.Error as error:
        last = (str(error).strip().splitlines() or ["?"])[-1].strip()
        raise Trouble(
            f"Không kết nối được cơ sở dữ liệu: {last}", "no connection to the database"
        ) from error


def make_database(cluster: Cluster) -> None:
    """Make the program's own role, without special powers, and its database."""
    with connect(cluster.url()) as connection:
        connection.autocommit = True
        password = sql.Literal(cluster.password())
        name = sql.Identifier(USER)
        if not connection.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s", [USER]
        ).fetchone():
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(name, password)
            )
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone():
            database = sql.Identifier(DATABASE)
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(database, name)
            )
