"""What one digest holds, and whose is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.module_loading import import_string

from tequio.people.models import Person

from ..models import Preference
from ..permissions import notices_visible_to
from ..types import AsksWaiting, DigestPage, Waiting
from .showing import grouped, with_things

# What is more stays for the next letter; the page shows all of it meanwhile.
MOST_NOTICES = 100
MOST_WAITING = 20
# What she could not see for so long is not news any more.
NEWS_FOR = timedelta(days=60)


def due_digests(now: datetime, *, most: int, after: int = 0) -> list[int]:
    """Ids of the preferences whose digest is due, in the order of their ids."""
    rows = Preference.objects.filter(next_digest_at__lte=now, pk__gt=after, person__is_active=True)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:most])


def digest_of(person: Person, *, with_waiting: bool, now: datetime) -> DigestPage:
    """Everything not told by an earlier digest, grouped by place and thing, in the active language."""
    notices = list(
        with_things(notices_visible_to(person))
        .filter(in_digest=True, digest=None, made_at__gt=now - NEWS_FOR)
        .order_by("-id")[:MOST_NOTICES]
    )
    waiting = list(waiting_for(person))[:MOST_WAITING] if with_waiting else []
    news = [notice for notice in notices if not notice.announcement.is_stale]
    return DigestPage(grouped(news), waiting, [notice.pk for notice in notices])


def waiting_for(person: Person, also: Iterable[str] = ()) -> Iterator[Waiting]:
    """Each flat that has such things is asked, by its name in settings.WAITING: this floor looks at none.

    `also`: names of further ones, for a page that shows more than a letter does.
    """
    for name in (*settings.WAITING, *also):
        ask: AsksWaiting = import_string(name)
        yield from ask(person)
