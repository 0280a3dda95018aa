"""When the next digest of somebody is due, by her own clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from tequio.base.moments import NoSuchTime, local_moment, zone
from tequio.people.models import Person

from ..enums import Rhythm
from ..models import Preference

UTC_NAME = "UTC"


def zone_of(preference: Preference | None, person: Person) -> str:
    """The zone she chose, else that of the place she lives in, else universal time."""
    if preference is not None and preference.zone:
        return preference.zone
    return person.home.zone if person.home is not None else UTC_NAME


def next_digest(rhythm: str, weekday: int, hour: int, zone_name: str, *, after: datetime) -> datetime | None:
    """The first moment after `after` at which that hour strikes there; None where no digest is wanted.

    `weekday` 0 is Monday. An hour the clock jumps over is the one it jumps to.
    """
    if rhythm == Rhythm.NEVER:
        return None
    day = after.astimezone(zone(zone_name)).date()
    while True:
        if rhythm == Rhythm.DAILY or day.weekday() == weekday:
            try:
                moment = local_moment(day, time(hour), zone_name)
            except NoSuchTime as jumped:
                moment = jumped.instead
            if moment > after:
                return moment
        day += timedelta(days=1)


def period_of(moment: datetime, zone_name: str) -> str:
    """The day of a digest by her own clock: at most one letter bears it."""
    return moment.astimezone(zone(zone_name)).date().isoformat()
