"""What waits for somebody in conversations, for her digest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.base.languages import current
from tequio.base.multilingual import Reading, read
from tequio.catalogue.enums import ItemState
from tequio.people.enums import RoleName
from tequio.people.models import Person
from tequio.territories.models import TerritoryPath

from ..models import Conversation

MOST = 10


@dataclass(frozen=True)
class WaitingHere:
    """In the shape of notifications.types.Waiting."""

    kind: str
    words: Reading | None
    why: str
    path: str


def statements_to_read(person: Person) -> Iterator[WaitingHere]:
    """Conversations she moderates in which statements wait, the fullest first; one query."""
    if person.is_guest:
        return
    places = TerritoryPath.objects.filter(above__in=person.role_places(RoleName.MODERATOR)).values("below")
    mine = Q(item__author=person) | Q(item__territory__in=places)
    held = Count("statements", filter=Q(statements__item__state=ItemState.HELD))
    rows = (
        Conversation.objects.filter(mine, item__state=ItemState.PUBLISHED, item__hidden_by="")
        .annotate(held=held)
        .filter(held__gt=0)
        .select_related("item")
        .order_by("-held", "-pk")
    )
    for row in rows[:MOST]:
        why = ngettext("%(number)d statement waits.", "%(number)d statements wait.", row.held)
        yield WaitingHere(
            kind=_("Statements to read"),
            words=read(row.item.title, current()),
            why=why % {"number": row.held},
            path=reverse("deliberation:moderate", args=[row.pk]),
        )
