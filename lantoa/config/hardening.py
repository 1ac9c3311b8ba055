"""Taking the journal out of the hands of the program's own role.

Who owns a table may lift its triggers, and who owns the database may drop the table.
Afterwards a role without a password owns both; the program's role may read the journal
and add to it, and do everything else as before. Source: PostgreSQL 18, "Privileges",
"DROP TABLE" (the owner of the schema may drop what stands in it).
"""

from psycopg import sql

KEEPER = "lantoa_journal"
TABLES = ("journal_entry", "journal_seal")
FUNCTIONS = ("journal_refuse_change()", "journal_await_seal()")

_MAKE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = {keeper_text}) THEN
    CREATE ROLE {keeper} NOLOGIN;
  END IF;
END $$
"""


def harden(database: str, role: str, keeper: str = KEEPER) -> list[sql.Composed]:
    """Return what an administrator of the server has to say, in one transaction."""
    names = {
        "database": sql.Identifier(database),
        "role": sql.Identifier(role),
        "keeper": sql.Identifier(keeper),
        "keeper_text": sql.Literal(keeper),
    }
    said = [
        _MAKE,
        "ALTER DATABASE {database} OWNER TO {keeper}",
        "GRANT CONNECT, CREATE, TEMPORARY ON DATABASE {database} TO {role}",
        "ALTER SCHEMA public OWNER TO {keeper}",
        "GRANT USAGE, CREATE ON SCHEMA public TO {role}",
    ]
    for table in TABLES:
        said += [
            f"ALTER TABLE {table} OWNER TO {{keeper}}",
            f"REVOKE ALL ON {table} FROM PUBLIC, {{role}}",
            f"GRANT SELECT, INSERT ON {table} TO {{role}}",
            # To copy it, not to draw numbers: those come by the column itself.
            f"GRANT SELECT ON SEQUENCE {table}_id_seq TO {{role}}",
        ]
    said += [f"ALTER FUNCTION {name} OWNER TO {{keeper}}" for name in FUNCTIONS]
    return [sql.SQL(each).format(**names) for each in said]


def soften(database: str, role: str) -> list[sql.Composed]:
    """Return what gives everything back, as a change of the journal's tables wants."""
    names = {"database": sql.Identifier(database), "role": sql.Identifier(role)}
    said = [
        "ALTER DATABASE {database} OWNER TO {role}",
        "ALTER SCHEMA public OWNER TO {role}",
        *(f"ALTER TABLE {table} OWNER TO {{role}}" for table in TABLES),
        *(f"ALTER FUNCTION {name} OWNER TO {{role}}" for name in FUNCTIONS),
    ]
    return [sql.SQL(each).format(**names) for each in said]
