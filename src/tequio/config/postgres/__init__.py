"""The database: the operator's own through DATABASE_URL, or an embedded PostgreSQL of ours.

Nothing here knows Django, so that settings can ask `database_settings()` while they are being read
and the launcher can start a server before Django is set up.
"""

from tequio.config.postgres.address import database_settings, embedded_dsn
from tequio.config.postgres.demonstration import demo_state, note_demo_loaded
from tequio.config.postgres.lease import Database, ensure_running, open_database, stop
from tequio.config.postgres.places import is_test_run
from tequio.config.postgres.problem import DatabaseProblem

__all__ = [
    "Database",
    "DatabaseProblem",
    "database_settings",
    "demo_state",
    "embedded_dsn",
    "ensure_running",
    "is_test_run",
    "note_demo_loaded",
    "open_database",
    "stop",
]
