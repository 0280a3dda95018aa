from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from tequio.catalogue.permissions import seen_by
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import Territory

from .models import Idea, Support


def visible_to(person: Person | None) -> QuerySet[Idea]:
    return Idea.objects.filter(seen_by(person, "item__"), item__kind="idea")


def can_bring(person: Person | None, territory: Territory) -> bool:
    """Bring ideas that were written elsewhere: facilitators and stewards of the place."""
    return person is not None and person.holds(RoleName.FACILITATOR, territory)


def can_translate(person: Person | None, idea: Idea) -> bool:
    """Whoever wrote it, and translators of the place."""
    if person is None or person.is_guest or not person.is_active:
        return False
    item = idea.item
    return item.author_id == person.pk or person.holds(RoleName.TRANSLATOR, item.territory)


def has_supported(person: Person, items: QuerySet[Any, Any]) -> bool:
    """Whether she supports one of these ideas today."""
    return Support.objects.filter(person=person, idea__in=items, withdrawn_at=None).exists()
