"""Finding the key a program shows, and the list of one's own."""

from __future__ import annotations

import hashlib

from django.utils import timezone

from tequio.people.models import Person

from ..models import ProgramKey
from ..permissions import visible_to

MOST = 50
LONGEST_SECRET = 200


def key_of(secret: str) -> ProgramKey | None:
    """The key with this secret, if it is good and its owner is an active member."""
    if not secret or len(secret) > LONGEST_SECRET:
        return None
    digest = hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
    rows = ProgramKey.objects.filter(digest=digest, ended_at=None, until__gt=timezone.now())
    return rows.filter(person__is_active=True, person__is_guest=False).select_related("person").first()


def keys_of(person: Person) -> list[ProgramKey]:
    """Hers, the good ones first, then the newest."""
    rows = list(visible_to(person).order_by("-id")[:MOST])
    return sorted(rows, key=lambda key: not key.is_good)
