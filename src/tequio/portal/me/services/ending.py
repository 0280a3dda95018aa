"""Every browser somebody is signed in with, or a guest in."""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from tequio.people.models import Person


def sweep_sessions(person: Person) -> int:
    """End what no device names: a guest's browser, above all. Whose a session is stands inside, signed, so all are read."""
    gone = []
    for row in Session.objects.only("session_key", "session_data").iterator(chunk_size=1_000):
        inside = row.get_decoded()
        if str(inside.get(SESSION_KEY, "")) == str(person.pk) or inside.get("guest") == person.pk:
            gone.append(row.pk)
    Session.objects.filter(pk__in=gone).delete()
    return len(gone)
