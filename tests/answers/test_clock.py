"""The clock of an answer by the calendar of its place: changes of the hour, leap days, the ends of the world."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people import words
from tequio.ideas.answers.types import (
    Balance,
    Clock,
    Moved,
    clock_of,
    days_between,
    fill,
    reminder_of,
    unknown_blanks,
)

ZONES = [
    "Etc/GMT+12",
    "Pacific/Kiritimati",
    "Europe/Madrid",
    "America/Mexico_City",
    "America/Toronto",
    "Africa/Lome",
    "UTC",
]


def clock(
    since: datetime, due: datetime, now: datetime, zone: str = "UTC", answered: datetime | None = None
) -> Clock:
    return clock_of(since=since, due_at=due, answered_at=answered, now=now, zone_name=zone)


def test_day_41_of_60():
    since = datetime(2025, 9, 1, 12, tzinfo=UTC)
    found = clock(since, since + timedelta(days=60), since + timedelta(days=41))
    assert (found.day, found.total, found.left) == (41, 60, 19)
    assert (found.is_late, found.days_late, found.is_over, found.shown) == (False, 0, False, 41)


def test_the_clock_stops_with_the_answer():
    since = datetime(2025, 9, 1, tzinfo=UTC)
    found = clock(
        since, since + timedelta(days=60), since + timedelta(days=300), answered=since + timedelta(days=41)
    )
    assert (found.day, found.is_over, found.is_late) == (41, True, False)
    late = clock(
        since, since + timedelta(days=60), since + timedelta(days=300), answered=since + timedelta(days=63)
    )
    assert (late.is_late, late.days_late, late.shown) == (True, 3, 60)


def test_late_from_the_very_second_on():
    since = datetime(2025, 1, 1, tzinfo=UTC)
    due = datetime(2025, 1, 31, 23, 59, tzinfo=UTC)
    assert not clock(since, due, due - timedelta(seconds=1)).is_late
    assert not clock(since, due, due).is_late
    found = clock(since, due, due + timedelta(seconds=1))
    assert (found.is_late, found.days_late) == (True, 1)


@pytest.mark.parametrize(
    ("zone", "since", "until", "days"),
    [
        # The hour that is skipped and the hour that comes twice are no days.
        ("Europe/Madrid", datetime(2025, 3, 29, 23, 30, tzinfo=UTC), datetime(2025, 3, 30, 22, 30, tzinfo=UTC), 1),
        ("Europe/Madrid", datetime(2025, 10, 25, 22, 30, tzinfo=UTC), datetime(2025, 10, 26, 22, 30, tzinfo=UTC), 0),
        ("America/Toronto", datetime(2025, 3, 9, 4, 59, tzinfo=UTC), datetime(2025, 3, 9, 5, 1, tzinfo=UTC), 1),
        # Mexico keeps one hour all year since 2022.
        ("America/Mexico_City", datetime(2025, 4, 5, 6, tzinfo=UTC), datetime(2025, 4, 7, 5, 59, tzinfo=UTC), 1),
        # A leap day is a day.
        ("Africa/Lome", datetime(2028, 2, 28, 12, tzinfo=UTC), datetime(2028, 3, 1, 12, tzinfo=UTC), 2),
        ("Africa/Lome", datetime(2027, 2, 28, 12, tzinfo=UTC), datetime(2027, 3, 1, 12, tzinfo=UTC), 1),
        # The same moments, on the two sides of the day's border.
        ("Etc/GMT+12", datetime(2025, 6, 1, 11, tzinfo=UTC), datetime(2025, 6, 1, 13, tzinfo=UTC), 1),
        ("Pacific/Kiritimati", datetime(2025, 6, 1, 11, tzinfo=UTC), datetime(2025, 6, 1, 13, tzinfo=UTC), 0),
        ("Pacific/Kiritimati", datetime(2025, 6, 1, 9, 59, tzinfo=UTC), datetime(2025, 6, 1, 10, tzinfo=UTC), 1),
    ],
)  # fmt: skip
def test_days_are_those_of_the_place(zone: str, since: datetime, until: datetime, days: int):
    assert days_between(since, until, zone) == days
    assert days_between(until, since, zone) == -days


@given(
    st.sampled_from(ZONES),
    st.integers(0, 2_190),
    st.integers(0, 24 * 60 - 1),
    st.integers(1, 400),
    st.integers(0, 500),
)
def test_a_promise_of_days_by_the_clock_of_the_place_is_that_many_days(
    zone: str, day: int, minute: int, total: int, gone: int
):
    there = ZoneInfo(zone)
    since = (datetime(2024, 1, 1) + timedelta(days=day, minutes=minute)).replace(tzinfo=there)
    noon = since.replace(hour=12)
    due, now = noon + timedelta(days=total), noon + timedelta(days=gone)
    found = clock(since.astimezone(UTC), due.astimezone(UTC), now.astimezone(UTC), zone)
    assert (found.day, found.total, found.left) == (gone, total, total - gone)
    assert found.is_late == (gone > total)
    assert 0 <= found.shown <= found.total


def test_a_promise_within_one_day_has_one_day():
    since = datetime(2025, 6, 1, 8, tzinfo=UTC)
    found = clock(since, since + timedelta(hours=2), since + timedelta(hours=1))
    assert (found.day, found.total) == (0, 1)


@pytest.mark.parametrize(
    ("left", "step"),
    [(15, ""), (14, "14"), (8, "14"), (7, "7"), (3, "7"), (2, "2"), (0, "2"), (-1, ""), (-6, ""), (-7, "late-1"),
     (-13, "late-1"), (-14, "late-2"), (-70, "late-10")],
)  # fmt: skip
def test_steps_of_reminding(left: int, step: str):
    since = datetime(2025, 1, 1, 12, tzinfo=UTC)
    due = datetime(2025, 6, 1, 12, tzinfo=UTC)
    assert reminder_of(clock(since, due, due - timedelta(days=left))) == step


def test_nobody_is_reminded_of_what_is_answered():
    since = datetime(2025, 1, 1, tzinfo=UTC)
    assert reminder_of(clock(since, since + timedelta(days=9), since, answered=since)) == ""


def test_blanks():
    assert unknown_blanks("Dear {name}, {title} in {place}.") == []
    assert unknown_blanks("{nom} {title} {} {nom}") == ["nom", ""]
    field = words("Dear {name}: {title}", "Hola {name}: {title}")
    values = {"en": {"name": "Ama", "title": "A boat"}, "es": {"name": "Ama", "title": "Una barca {name}"}}
    filled = fill(field, values)
    assert filled["en"]["text"] == "Dear Ama: A boat"
    assert filled["es"]["text"] == "Hola Ama: Una barca {name}"  # what was filled in is not filled again
    assert filled["es"]["status"] == "human"
    assert field["en"]["text"] == "Dear {name}: {title}"


def test_money_beside_its_plan():
    assert (Balance(1_000, 250, "EUR").share, Balance(1_000, 250, "EUR").drawn) == (25, 25)
    assert (Balance(1_000, 1_500, "EUR").drawn, Balance(1_000, 1_500, "EUR").is_above) == (100, True)
    assert Balance(None, 50, "EUR").share is None
    assert not Balance(None, 50, "EUR").is_above
    assert Balance(0, 0, "EUR").share is None


def test_how_far_a_day_moved():
    assert Moved(date(2026, 1, 1), date(2026, 1, 22)).days == 21
    assert Moved(None, date(2026, 1, 22)).days == 0
    assert Moved(date(2026, 1, 1), None).days == 0
