"""Moments with their zone, the way a reader says them (CLDR)."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel import dates
from django.utils import timezone

from .languages import current

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
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


# CLDR's plain "en" is the United States'; our English readers are everywhere.
CLDR = {"en": "en_GB"}


def locale_of(language: str = "") -> str:
    language = language or current()
    return CLDR.get(language, language)


def say_day(moment: datetime, zone_name: str, language: str = "") -> str:
    """30 November, or 30 November 2025 where it is another year."""
    local = moment.astimezone(zone(zone_name))
    if local.year == timezone.now().astimezone(zone(zone_name)).year:
        said = dates.format_skeleton("MMMMd", local, locale=locale_of(language))
    else:
        said = dates.format_date(local.date(), format="long", locale=locale_of(language))
    # French counts the first of a month, which CLDR leaves to its users.
    return "1er" + said[1:] if local.day == 1 and locale_of(language) == "fr" else str(said)


def say_moment(moment: datetime, zone_name: str, language: str = "") -> str:
    """30 November, 20:00, by the clock of the place."""
    local = moment.astimezone(zone(zone_name))
    clock = dates.format_skeleton("Hm", local, locale=locale_of(language))
    return f"{say_day(moment, zone_name, language)}, {clock}"


def place_of(zone_name: str, language: str = "") -> str:
    """The city a zone is named for, in the reader's language."""
    return dates.get_timezone_location(zone_name, locale=locale_of(language), return_city=True)


def say_distance(moment: datetime, language: str = "") -> str:
    """In 3 days; 2 hours ago."""
    delta = moment - timezone.now()
    return dates.format_timedelta(delta, add_direction=True, threshold=1.2, locale=locale_of(language))


def say_clock(hour: int, language: str = "") -> str:
    """20:00, as the language writes a full hour."""
    return str(dates.format_skeleton("Hm", datetime(2000, 1, 1, hour), locale=locale_of(language)))  # noqa: DTZ001


def weekday_name(number: int, language: str = "") -> str:
    """Monday for 0."""
    return dates.get_day_names("wide", context="stand-alone", locale=locale_of(language))[number]


def months_later(moment: datetime, months: int) -> datetime:
    """The same day so many months later, or the month's last."""
    year, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + year, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
