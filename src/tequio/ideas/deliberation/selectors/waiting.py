"""What waits for somebody in conversations, for her page and her digest."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.base.languages import current
from tequio.base.moments import say_distance
from tequio.base.multilingual import read
from tequio.notifications.types import Waiting
from tequio.people.models import Person

from .personal import queues_of


def statements_to_read(person: Person) -> Iterator[Waiting]:
    """Conversations she moderates in which statements wait, the longest waiting first; one query."""
    for row in queues_of(person):
        why = ngettext(
            "%(number)d statement waits, written %(when)s.",
            "%(number)d statements wait, the oldest written %(when)s.",
            row.held,
        ) % {"number": row.held, "when": say_distance(row.oldest)}
        yield Waiting(
            kind=_("Statements to read"),
            words=read(row.conversation.item.title, current()),
            why=why,
            path=reverse("deliberation:moderate", args=[row.conversation.pk]),
            button=_("Read them"),
            door="ideas",
        )
