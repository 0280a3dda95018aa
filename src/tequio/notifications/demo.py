"""Invented people who follow their place, in three languages: notices on their page, a digest in the mailbox."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from tequio.catalogue.models import Item
from tequio.people.models import Person

from .enums import Rhythm
from .models import Announcement, Preference
from .services import follow_item, follow_place, follow_search
from .services.choosing import Choice, choose_letters
from .services.digests import send_digest
from .services.telling import tell_followers
from .services.watching import watch_clock

# Key of the person, what she looks for, whether daily or weekly: es, fr, en.
FOLLOWING = (
    ("diego.flores", "agua", Rhythm.WEEKLY),
    ("yawa.amouzou", "internet", Rhythm.DAILY),
    ("claire.robertson", "housing", Rhythm.WEEKLY),
)


@transaction.atomic
def load_following(people: Mapping[str, Person], items: Mapping[str, Item]) -> int:
    """Let them follow, tell what happened, and send the first digest. Returns how many letters were written.

    `items` are the conversations by key; each person follows those of her own place and above.
    """
    for key, words, rhythm in FOLLOWING:
        person = people[key]
        _follow(person, items, words)
        choose_letters(person, Choice(rhythm=rhythm, switches={}), agrees=True, by=person)
    watch_clock()
    now = timezone.now()
    for pk in (
        Announcement.objects.filter(done_at=None, due_at__lte=now).order_by("pk").values_list("pk", flat=True)
    ):
        tell_followers(pk)
    chosen = Preference.objects.filter(person__in=[people[key] for key, _words, _rhythm in FOLLOWING])
    chosen.update(next_digest_at=now)
    return sum(send_digest(pk) for pk in chosen.order_by("pk").values_list("pk", flat=True))


def _follow(person: Person, items: Mapping[str, Item], words: str) -> None:
    assert person.home is not None
    follow_place(person.home, by=person)
    country = person.home.code.split("-")[0]
    for item in items.values():
        if item.territory.code.startswith(country) and item.is_shown:
            follow_item(item, by=person)
    follow_search(words, by=person)
