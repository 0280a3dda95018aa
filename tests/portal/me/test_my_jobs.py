"""What the worker does for who takes her data along or leaves: copies, erasures, and their end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from jobs import failed, queue, strike, work
from tequio.files.models import StoredFile
from tequio.people.models import Person
from tequio.portal.me.models import DataCopy, Erasure
from tequio.portal.me.services.copying import ask_copy

__all__ = ["queue"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("queue")]


def test_a_copy_is_written_and_goes_after_a_week(member: Person, alice: Person):
    for person in (member, alice):
        ask_copy(person, by=person)
    work()
    assert failed() == []
    assert [row.state for row in DataCopy.objects.all()] == ["done", "done"]
    assert StoredFile.objects.count() == 2
    long_ago = timezone.now() - timedelta(days=8)
    DataCopy.objects.filter(person=member).update(asked_at=long_ago)
    for person in (member, alice):
        Erasure.objects.create(person=person, state="asked")
    Erasure.objects.filter(person=member).update(asked_at=long_ago)
    strike("me.prune")
    assert StoredFile.objects.count() == 1
    assert DataCopy.objects.get(state="done").person == alice
    assert Erasure.objects.get().person == alice


def test_every_hour_those_are_erased_whose_days_are_over(make_member: Callable[..., Person]):
    now = timezone.now()
    gone, here = make_member("Greta"), make_member("Hanna")
    for person, due in ((gone, now - timedelta(minutes=1)), (here, now + timedelta(days=1))):
        Person.objects.filter(pk=person.pk).update(is_active=False)
        Erasure.objects.create(person=person, state="waiting", due_at=due)
    strike("me.erase_due")
    assert [Erasure.objects.get(person=person).state for person in (gone, here)] == ["done", "waiting"]
    assert [Person.objects.get(pk=person.pk).name for person in (gone, here)] == ["", "Hanna"]
