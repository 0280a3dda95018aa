"""Who sees what was looked for and not found, and who takes words off that page."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tequio.base.actor import Actor
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import Territory

from .models import Gap, HiddenGap

# So many different networks have to ask for the same in one week, before anybody is shown the words.
LEAST_ASKERS = 3


def visible_to(person: Person | None) -> QuerySet[Gap]:
    """The same for everybody, stewards included: what few asked for could tell who they are."""
    hidden = HiddenGap.objects.filter(
        Q(territory=OuterRef("territory")) | Q(territory=None), words=OuterRef("words")
    )
    shown = Gap.objects.filter(~Exists(hidden), askers__gte=LEAST_ASKERS)
    return shown.order_by(F("askers").desc(), "words", "pk")


def can_hide(person: Actor | None, territory: Territory | None) -> bool:
    """Moderators of the place; of what was looked for everywhere, those of any place."""
    if person is None:
        return False
    if territory is not None:
        return person.holds(RoleName.MODERATOR, territory)
    return isinstance(person, Person) and person.is_member and bool(person.role_places(RoleName.MODERATOR))
