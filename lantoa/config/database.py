"""The address of the database, read from the environment."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.conninfo import make_conninfo

# What says where the database is; the rest of Django's parameters is about itself.
SPOKEN = {"host", "port", "user", "password", "dbname", "options"}


def parse_database_url(url: str) -> dict[str, Any]:
    """Return Django's settings for "postgresql://user:password@host:port/name".

    A Unix socket is given as ``?host=/folder&port=5432``. An empty url gives the
    settings of a database that does not exist, so that tools which need none can run.

    Raises:
        ValueError: the url is not one of PostgreSQL.
    """
    parts = urlsplit(url or "postgresql://nobody@127.0.0.1:1/none")
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError(f"DATABASE_URL: not a PostgreSQL address: {parts.scheme}://")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or query.pop("password", "")),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": query.pop("port", None) or str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


def conninfo_of(connection: BaseDatabaseWrapper) -> str:
    """Return the address of the database that Django is connected to, for libpq."""
    known = connection.get_connection_params()
    said = {
        name: value
        for name, value in known.items()
        if (name in SPOKEN or name.startswith("ssl")) and value not in {None, ""}
    }
    return make_conninfo(**said)
