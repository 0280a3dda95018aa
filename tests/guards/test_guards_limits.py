"""Counting in windows, asking for a new page version, pruning."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tequio.base.errors import Refused
from tequio.guards import services
from tequio.guards.models import PageVersion, RateCounter
from tequio.guards.services import bump_page_version, page_version, prune_form_keys, spend, spend_quietly


@pytest.mark.django_db
def test_so_often_and_no_oftener():
    for _ in range(3):
        spend("vote", who="ama", limit=3, seconds=3600)
    with pytest.raises(Refused) as refused:
        spend("vote", who="ama", limit=3, seconds=3600)
    assert refused.value.code == "too_often"
    spend("vote", who="another", limit=3, seconds=3600)
    spend("write", who="ama", limit=3, seconds=3600)


@pytest.mark.django_db
def test_the_next_window_begins_anew(monkeypatch):
    now = datetime(2026, 1, 1, 10, 59, 59, tzinfo=UTC)
    monkeypatch.setattr(services.timezone, "now", lambda: now)
    assert spend_quietly("vote", who="ama", limit=1, seconds=3600)
    assert not spend_quietly("vote", who="ama", limit=1, seconds=3600)
    later = now + timedelta(seconds=1)
    monkeypatch.setattr(services.timezone, "now", lambda: later)
    assert spend_quietly("vote", who="ama", limit=1, seconds=3600)


@pytest.mark.django_db
def test_who_is_counted_is_not_written_down():
    spend_quietly("sign-in", who="ama@example.org", limit=1, seconds=60)
    row = RateCounter.objects.get()
    assert "ama" not in row.who
    assert len(row.who) == 64


@pytest.mark.django_db
def test_old_counters_are_pruned():
    spend_quietly("vote", who="ama", limit=1, seconds=60)
    RateCounter.objects.update(since=timezone.now() - timedelta(days=3))
    prune_form_keys()
    assert not RateCounter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_are_counted_eight_times():
    within: list[bool] = []
    barrier = threading.Barrier(8)

    def count() -> None:
        barrier.wait()
        try:
            within.append(spend_quietly("vote", who="ama", limit=5, seconds=86_400))
        finally:
            connection.close()

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(within) == [False] * 3 + [True] * 5
    assert RateCounter.objects.get().count == 8


@pytest.mark.django_db
def test_versions_of_pages_go_up():
    PageVersion.objects.all().delete()
    assert page_version() == 1
    bump_page_version()
    assert page_version() == 2
    bump_page_version()
    assert page_version() == 3
