"""Django's sessions in its own table, each written in one statement and without a transaction of its own."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, CreateError, UpdateError
from django.db import connection
from django.utils.crypto import get_random_string

BEGIN = (
    "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, %s, %s) "
    "ON CONFLICT (session_key) DO NOTHING"
)
WRITE = "UPDATE django_session SET session_data = %s, expire_date = %s WHERE session_key = %s"


class SessionStore(db.SessionStore):
    """Reads, signs and expires as Django's own; a session written by either is read by the other."""

    def _get_new_session_key(self) -> str:
        """Not asked for before it is written: the insert finds out whether it is taken."""
        return get_random_string(32, VALID_KEY_CHARS)

    def save(self, must_create: bool = False) -> None:
        """Raises CreateError where the key is taken, UpdateError where the session was ended meanwhile."""
        if self.session_key is None:
            self.create()
            return
        row = self.create_model_instance(self._get_session(no_load=must_create))  # type: ignore[attr-defined]
        if must_create:
            if not _write(BEGIN, row.session_key, row.session_data, row.expire_date):
                raise CreateError
        elif not _write(WRITE, row.session_data, row.expire_date, row.session_key):
            raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            _write("DELETE FROM django_session WHERE session_key = %s", key)


def _write(statement: str, *values: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return bool(cursor.rowcount == 1)
