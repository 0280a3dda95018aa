"""What is in a database: its tables, and a digest of each that does not depend on the order of rows."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

from tequio.config.backup.manifest import Table

Connection = psycopg.Connection[tuple[Any, ...]]

# What opens an account on the running site: of no use after a restore, of use to whoever finds the file.
LEFT_OUT = {
    "door_signincode": "codes on their way to somebody; a new one is asked for",
    "people_device": "keys of the sessions of members, which are left out too",
}
SESSIONS = "django_session"

# Rows that migrations and the worker make by themselves: a database with nothing else counts as empty.
MADE_BY_SET_UP = frozenset(
    {"django_migrations", "django_content_type", "auth_permission", "guards_pageversion"}
)
WORKERS_OWN = "procrastinate_"

# How rows are written as text, whatever the server or the role prefers.
PLAIN_TEXT = (
    "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET DateStyle = 'ISO, YMD'; "
    "SET IntervalStyle = postgres; SET TimeZone = 'UTC'; SET extra_float_digits = 3; SET bytea_output = hex"
)
COLUMNS = """
SELECT c.relname, coalesce(array_agg(a.attname::text ORDER BY a.attname) FILTER (WHERE a.attnum IS NOT NULL), '{}')
FROM pg_class c
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = to_regnamespace('public')
GROUP BY c.relname ORDER BY c.relname
"""


def tables(connection: Connection) -> dict[str, list[str]]:
    """Name → columns that hold something of their own; computed columns follow from the others."""
    return dict(connection.execute(COLUMNS).fetchall())


def digest_query(name: str, columns: list[str]) -> sql.Composed:
    """Rows and the sum of their digests. A sum, so that nothing must be sorted; equal rows do not cancel out.

    Columns with their table's name: in the restore's block "found" alone would be PL/pgSQL's own.
    """
    row = sql.SQL(", ").join(sql.Identifier("one", column) for column in columns)
    return sql.SQL(
        "SELECT count(*) AS n, coalesce(sum(hashtextextended(ROW({row})::text, 0)), 0)::text AS digest "
        "FROM public.{table} AS one"
    ).format(row=row, table=sql.Identifier(name))


def measure(connection: Connection, name: str, columns: list[str], keys: list[str] | None = None) -> Table:
    """`keys`: only these sessions count."""
    query: sql.Composed = digest_query(name, columns)
    if keys is not None:
        query = sql.SQL("{} WHERE session_key = ANY(%s)").format(query)
    rows, digest = connection.execute(query, None if keys is None else [keys]).fetchone() or (0, "0")
    return Table(columns, rows, digest)


def what_is_in(connection: Connection) -> dict[str, int]:
    """Table → rows, of all in which somebody did something; empty for a database that only was set up."""
    found = {}
    for name in tables(connection):
        if name in MADE_BY_SET_UP or name.startswith(WORKERS_OWN):
            continue
        query = sql.SQL("SELECT count(*) FROM public.{}").format(sql.Identifier(name))
        rows = (connection.execute(query).fetchone() or (0,))[0]
        if rows:
            found[name] = rows
    return found


def applied_migrations(connection: Connection) -> list[str]:
    """'app.0001_name' of each; empty where the tables are not ours."""
    if "django_migrations" not in tables(connection):
        return []
    rows = connection.execute("SELECT app, name FROM public.django_migrations ORDER BY app, name").fetchall()
    return [f"{app}.{name}" for app, name in rows]
