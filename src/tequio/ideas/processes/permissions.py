from __future__ import annotations

from django.db.models import QuerySet

from tequio.catalogue.permissions import seen_by
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import Territory

from .models import Process


def visible_to(person: Person | None) -> QuerySet[Process]:
    return Process.objects.filter(seen_by(person, "item__"), item__kind="process")


def can_open(person: Person | None, territory: Territory) -> bool:
    return person is not None and person.holds(RoleName.FACILITATOR, territory)


def can_translate(person: Person | None, process: Process) -> bool:
    """Whoever opened it, and translators of the place."""
    if person is None or person.is_guest or not person.is_active:
        return False
    item = process.item
    return item.author_id == person.pk or person.holds(RoleName.TRANSLATOR, item.territory)
