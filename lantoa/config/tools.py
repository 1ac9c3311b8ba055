"""PostgreSQL's own programs, pointed at a database without its password being seen."""

import subprocess
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from lantoa.config.postgres import find_binaries, major, plain_environment
from lantoa.config.trouble import Trouble

VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "options": "PGOPTIONS",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


def run_tool(program: str, conninfo: str, *words: str | Path, server: int) -> None:
    """Run *program* (`pg_dump`, `pg_restore`) on the database at *conninfo*.

    Args:
        server: the major version of the server, which the program must not be older
            than.

    Raises:
        Trouble: it is too old, or it failed; with its last word.
    """
    binaries = find_binaries(None)
    if major(binaries) < server:
        raise Trouble(
            f"{program} trong {binaries} cũ hơn máy chủ PostgreSQL {server}: "
            "hãy đặt PG_BIN= tới bản mới.",
            f"{program} is older than the server",
        )
    known = conninfo_to_dict(conninfo)
    environment = plain_environment() | {
        VARIABLES[name]: str(value)
        for name, value in known.items()
        if name in VARIABLES
    }
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own
        [binaries / program, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise Trouble(f"{program} không thành công: {last}", f"{program} failed")
