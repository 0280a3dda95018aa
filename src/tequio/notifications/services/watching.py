"""What happens by the clock alone: things close soon, things are over, and what a killed worker left undone."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tequio.base.actor import SYSTEM
from tequio.base.jobs import later
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import shown_to_everybody

from ..enums import Event
from ..models import Announcement, Notice
from .announcing import announce

SOON = timedelta(hours=48)
# A site that was down for a day still says it; one that is set up anew says nothing of long ago.
OVER_SINCE = timedelta(days=2)
BATCH = 200
KEPT = timedelta(days=180)


def watch_clock() -> int:
    """Announce what closes within two days and what is over now. Returns how many announcements were new.

    A closing day that is moved is a new occasion: it is told again.
    """
    now = timezone.now()
    soon = _say(Event.CLOSING, now, now + SOON)
    return soon + _say(Event.OVER, now - OVER_SINCE, now)


def _say(event: Event, since: object, until: object) -> int:
    said, after = 0, 0
    while items := list(
        Item.objects.filter(shown_to_everybody(), part_of=None, closes_at__gt=since, closes_at__lte=until)
        .filter(pk__gt=after)
        .select_related("author")
        .order_by("pk")[:BATCH]
    ):
        for item in items:
            said += _announce(event, item)
        after = items[-1].pk
    return said


@transaction.atomic
def _announce(event: Event, item: Item) -> bool:
    return announce(event, item=item, occasion=Announcement.occasion_of(item), by=SYSTEM)


def take_up_again() -> int:
    """Ask anew for what is due and not told to the end: put off until now, or left by a worker that was killed."""
    rows = Announcement.objects.filter(done_at=None, withdrawn_at=None, due_at__lte=timezone.now())
    asked = 0
    for pk in rows.order_by("due_at", "id").values_list("pk", flat=True)[:BATCH]:
        asked += later("notifications.tell_followers", once=f"announcement-{pk}", alone=False, pk=pk)
    return asked


def prune() -> int:
    """Notices of half a year ago are nobody's news; what they were about stays on its page."""
    before = timezone.now() - KEPT
    gone = Notice.objects.filter(made_at__lt=before).delete()[0]
    return gone + Announcement.objects.filter(made_at__lt=before, notices=None).delete()[0]
