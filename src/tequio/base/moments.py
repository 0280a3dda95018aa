"""Moments with their zone, the way a reader says them (CLDR)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel import dates
from django.utils import timezone

from .languages import current


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def is_zone(name: str) -> bool:
    return name in available_timezones()


class NoSuchTime(ValueError):
    """A local time the clock jumps over; `instead` is what the clock shows at that moment."""

    def __init__(self, instead: datetime):
        super().__init__(f"the clock shows {instead:%H:%M} instead")
        self.instead = instead


def local_moment(day: date, clock: time, zone_name: str, *, last: bool = False) -> datetime:
    """That time by the clock of the zone. An hour that comes twice is its first, or its `last`, coming."""
    there = zone(zone_name)
    moment = datetime.combine(day, clock, there).replace(fold=int(last))
    back = moment.astimezone(UTC).astimezone(there)
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise NoSuchTime(moment.replace(fold=0).astimezone(UTC).astimezone(there))
    return moment


def say_day(moment: datetime, zone_name: str, language: str = "") -> str:
    """30 November, or 30 November 2025 where it is another year."""
    local = moment.astimezone(zone(zone_name))
    skeleton = "MMMMd" if local.year == timezone.now().astimezone(zone(zone_name)).year else "yMMMMd"
    return dates.format_skeleton(skeleton, local, locale=language or current())


def say_moment(moment: datetime, zone_name: str, language: str = "") -> str:
    """30 November, 20:00, by the clock of the place."""
    locale = language or current()
    local = moment.astimezone(zone(zone_name))
    clock = dates.format_skeleton("Hm", local, locale=locale)
    return f"{say_day(moment, zone_name, locale)}, {clock}"


def place_of(zone_name: str, language: str = "") -> str:
    """The city a zone is named for, in the reader's language."""
    return dates.get_timezone_location(zone_name, locale=language or current(), return_city=True)


def say_distance(moment: datetime, language: str = "") -> str:
    """In 3 days; 2 hours ago."""
    delta = moment - timezone.now()
    return dates.format_timedelta(
        delta, add_direction=True, threshold=1.2, locale=language or current()
    )
