"""After a test that committed, what it wrote is taken away: the few tables with rows in them, not all of them.

Django's own way empties every table and then makes content types and permissions anew, some seconds each time.
"""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

# The same after every migration, so they stay.
KEPT = {"django_migrations", "django_content_type", "auth_permission"}
TABLES = "SELECT relname FROM pg_stat_user_tables WHERE schemaname = 'public' ORDER BY relname"
# Rows that are only ever added refuse to be deleted one by one.
ONLY_ADDED = """
SELECT DISTINCT event_object_table FROM information_schema.triggers
WHERE trigger_schema = 'public' AND event_manipulation = 'DELETE' AND action_timing = 'BEFORE'
  AND event_object_table NOT LIKE 'procrastinate%'
"""


def empty_database(*_anything: Any, **_options: Any) -> None:
    """Foreign keys are checked at the end of the transaction, so the order of the tables does not matter."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TABLES)
        names = [name for (name,) in cursor.fetchall() if name not in KEPT]
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in names)
        )
        filled = {name for (name,) in cursor.fetchall()}
        cursor.execute(ONLY_ADDED)
        only_added = {name for (name,) in cursor.fetchall()} & filled
        if only_added:
            cursor.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in sorted(only_added)))
        for name in sorted(filled - only_added):
            cursor.execute(f'DELETE FROM "{name}"')
