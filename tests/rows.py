"""What stands in the database, so that a test can say that nothing changed, or how much came."""

from __future__ import annotations

from django.db import connection

# Not effects of a form: its own key, the counters of limits, the browser's session and whose it is.
OWN_BOOKS = {"guards_formkey", "guards_ratecounter", "django_session", "people_device", "django_migrations"}


def tables() -> list[str]:
    names = connection.introspection.table_names()
    return sorted(name for name in names if name not in OWN_BOOKS and not name.startswith("procrastinate_"))


def digests() -> dict[str, str]:
    """Table → digest of all its rows."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            name = connection.ops.quote_name(table)
            cursor.execute(
                f"SELECT md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) FROM {name} t"
            )
            found[table] = cursor.fetchone()[0]
    return found


def counts() -> dict[str, int]:
    """Table → number of rows."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            found[table] = cursor.fetchone()[0]
    return found


def grown(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    """Table → rows more than before, where there are any more or fewer."""
    return {table: after[table] - before[table] for table in after if after[table] != before[table]}


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [table for table in after if after[table] != before[table]]
