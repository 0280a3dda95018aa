"""Saying once that something happened; the worker tells everybody who wants to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.jobs import later
from tequio.base.multilingual import Field
from tequio.catalogue.models import Item
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import Announcement
from ..types import EVENTS
from .telling import BATCH, deliver


def source_of(item: Item) -> str:
    """The opaque id under which a moderation decision takes notices back."""
    return f"catalogue.item:{item.pk}"


def announce(
    event: str,
    *,
    item: Item,
    source: str = "",
    occasion: str = "",
    words: Field | None = None,
    author: Person | None = None,
    path: str = "",
    due_at: datetime | None = None,
    by: Actor,
) -> bool:
    """Tell the followers of `item`, of its place and of searches that find it, once this transaction commits.

    The same event of the same `source` (default: the item) and `occasion` is told once, whoever says it
    again: then False. What was taken back may be said anew. `words` is a copy of what was said, if it is not the item's own title, and `author`
    whose words they are. `path` is a page other than the item's, as `reverse` gives it. Before `due_at`
    nobody is told.
    """
    row = _write(
        Announcement(
            event=event, item=item, source=source or source_of(item), occasion=occasion, words=words or {},
            author=author or item.author, path=_without_language(path), by_id=by.pk,
            due_at=due_at or timezone.now(),
        )
    )  # fmt: skip
    if row is not None and row.due_at <= timezone.now():
        later("notifications.tell_followers", once=f"announcement-{row.pk}", alone=False, pk=row.pk)
    return row is not None


@transaction.atomic
def tell(
    person: Person,
    event: str,
    *,
    source: str,
    item: Item | None = None,
    territory: Territory | None = None,
    occasion: str = "",
    words: Field | None = None,
    author: Person | None = None,
    path: str = "",
    by: Actor,
) -> bool:
    """Tell one person of something that is hers alone, in this transaction. False: told already, or by herself."""
    if not EVENTS[event].is_personal:
        raise ValueError(f"{event} is for all who follow: announce it")
    if person.pk == by.pk:
        return False
    now = timezone.now()
    row = _write(
        Announcement(
            event=event, item=item, territory=territory, source=source, occasion=occasion, words=words or {},
            author=author or person, path=_without_language(path), by_id=by.pk, done_at=now,
        )
    )  # fmt: skip
    return row is not None and deliver(row, [person.pk]) == 1


@transaction.atomic
def tell_many(
    person_ids: Sequence[int],
    event: str,
    *,
    source: str,
    item: Item,
    occasion: str = "",
    words: Field | None = None,
    path: str = "",
    by: Actor,
) -> int:
    """Tell these people, and nobody else, of something that concerns each of them. Returns how many were told.

    The same `source` and `occasion` is told once. For a job: the more people, the longer it takes.
    """
    if not EVENTS[event].is_personal:
        raise ValueError(f"{event} is for all who follow: announce it")
    row = _write(
        Announcement(
            event=event, item=item, source=source, occasion=occasion, words=words or {}, author=item.author,
            path=_without_language(path), by_id=by.pk, done_at=timezone.now(),
        )
    )  # fmt: skip
    others = [pk for pk in person_ids if pk != by.pk]
    return sum(deliver(row, others[at : at + BATCH]) for at in range(0, len(others), BATCH)) if row else 0


def say_anew(event: str, *, source: str, occasion: str, words: Field) -> bool:
    """Other words for what was told and not taken back: pages and digests that are not sent yet show these."""
    rows = Announcement.objects.filter(event=event, source=source, occasion=occasion, withdrawn_at=None)
    return rows.update(words=words) == 1


def withdraw_notices(source: str, *, by: Actor) -> int:
    """Take back what was told of `source`: off the pages, out of digests that are not sent. Returns how many.

    Letters that went out are out. Called by the service that hides the source, in its transaction.
    """
    number = Announcement.objects.filter(source=source, withdrawn_at=None).update(withdrawn_at=timezone.now())
    if number:
        first = Announcement.objects.filter(source=source).order_by("pk")[0]
        audit.record("notice.withdraw", first, by=by, number=number)
    return number


def _write(row: Announcement) -> Announcement | None:
    """The row with its id; None where it was announced before."""
    Announcement.objects.bulk_create([row], ignore_conflicts=True)
    return Announcement.objects.filter(
        event=row.event, source=row.source, occasion=row.occasion, made_at=row.made_at
    ).first()


def _without_language(path: str) -> str:
    """The page is found again in each reader's language: /es/results/ as /results/."""
    return path[3:] if path[:1] == "/" and path[3:4] == "/" else path
