"""What the worker does by the clock for who follows: closing days, forgotten announcements, digests, old notices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from jobs import empty_queue, strike
from tequio.base.actor import SYSTEM
from tequio.catalogue.models import Item
from tequio.ideas.deliberation.models import Conversation
from tequio.notifications.enums import Event
from tequio.notifications.models import Announcement, Digest, Notice, Preference
from tequio.notifications.services import announce, follow_item
from tequio.outbox.models import Letter
from tequio.people.models import Person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


def events(person: Person) -> list[str]:
    return list(
        Notice.objects.filter(person=person).order_by("pk").values_list("announcement__event", flat=True)
    )


def test_what_closes_soon_is_told_at_the_half_hour(member: Person, talk: Conversation):
    follow_item(talk.item, by=member)
    Item.objects.filter(pk=talk.pk).update(closes_at=timezone.now() + timedelta(hours=30))
    strike("notifications.watch_clock")
    assert events(member) == ["closing"]
    strike("notifications.watch_clock")
    assert events(member) == ["closing"]


def test_what_a_killed_worker_left_is_told_within_a_minute(member: Person, talk: Conversation):
    follow_item(talk.item, by=member)
    announce(Event.OVER, item=talk.item, by=SYSTEM)
    empty_queue()
    strike("notifications.take_up_again")
    assert events(member) == ["over"]
    assert Announcement.objects.filter(done_at=None).count() == 0


def test_digests_go_out_and_old_notices_go(
    member: Person, talk: Conversation, wants_letters: Callable[..., None]
):
    wants_letters(member)
    follow_item(talk.item, by=member)
    announce(Event.OVER, item=talk.item, by=SYSTEM)
    hers = Preference.objects.filter(person=member)
    hers.update(next_digest_at=timezone.now() + timedelta(hours=1))
    strike("notifications.take_up_again", "notifications.send_digests")
    assert not Digest.objects.exists()
    hers.update(next_digest_at=timezone.now())
    strike("notifications.send_digests")
    assert Digest.objects.get().person == member
    letter = Letter.objects.get(to="mina@example.org")
    assert letter.subject.startswith("1 notice for you")
    strike("notifications.prune")
    assert events(member) == ["over"]
    Notice.objects.update(made_at=timezone.now() - timedelta(days=200))
    strike("notifications.prune")
    assert events(member) == []
