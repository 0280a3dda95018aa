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


@pytest.fixture
def clock(monkeypatch):
    """Moves the guards' clock to so many seconds after eleven."""
    eleven = datetime(2026, 1, 1, 11, tzinfo=UTC)

    def move(seconds: float) -> None:
        monkeypatch.setattr(services.timezone, "now", lambda: eleven + timedelta(seconds=seconds))

    return move


def tries(number: int, limit: int = 10, seconds: int = 3600) -> int:
    """How many of `number` tries were within the limit."""
    return sum(spend_quietly("vote", who="ama", limit=limit, seconds=seconds) for _ in range(number))


@pytest.mark.django_db
def test_no_border_lets_the_limit_be_had_twice(clock):
    clock(-1)
    assert tries(11) == 10
    for later in (0, 1, 900, 1800, 3500, 3598):
        clock(later)
        assert tries(11) == 0, later


@pytest.mark.django_db
def test_the_window_is_over_a_tenth_late_at_most(clock):
    clock(-1)
    assert tries(10) == 10
    clock(3600 + 360)
    assert tries(11) == 10


@pytest.mark.django_db
def test_what_was_spread_comes_back_spread(clock):
    for step in range(10):
        clock(step * 360)
        assert tries(1) == 1
    clock(3599)
    assert tries(1) == 0
    clock(3600 + 360)
    assert tries(5) == 1
    clock(3600 + 720)
    assert tries(5) == 1


@pytest.mark.django_db
def test_a_refused_try_makes_nobody_wait_longer(clock):
    clock(0)
    assert tries(10) == 10
    for later in range(360, 3600, 360):
        clock(later)
        assert tries(50) == 0
    clock(3600 + 360)
    assert tries(10) == 10


@pytest.mark.django_db
@pytest.mark.parametrize("seconds", [1, 7, 60, 900, 86_400])
def test_never_more_than_the_limit_in_any_window(clock, seconds):
    """Four hundred tries at odd moments; then every window that begins at a try is counted."""
    moments, at = [], 0.0
    for number in range(400):
        at += seconds * ((number * 7919) % 101) / 900
        clock(at)
        if spend_quietly("vote", who="ama", limit=5, seconds=seconds):
            moments.append(at)
    assert len(moments) > 20
    for first, sixth in zip(moments, moments[5:], strict=False):
        assert sixth - first >= seconds


@pytest.mark.django_db
def test_counting_takes_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        spend_quietly("vote", who="ama", limit=3, seconds=3600)


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
def test_of_eight_at_once_five_are_let_through():
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
    assert RateCounter.objects.get().count == 5


@pytest.mark.django_db
def test_versions_of_pages_go_up():
    PageVersion.objects.all().delete()
    assert page_version() == 1
    bump_page_version()
    assert page_version() == 2
    bump_page_version()
    assert page_version() == 3
