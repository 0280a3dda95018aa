"""Where a member is signed in, and ending it. An ended session is dead with the next request."""

from __future__ import annotations

import re

from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.utils import timezone

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.guards.services import forget_sign_in

from ..models import Device, Person

# The first that is found: every browser also calls itself by the names of older ones.
BROWSERS = (
    ("Opera Mini", r"Opera Mini"),
    ("Opera", r"OPR/|Opera"),
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("KaiOS", r"KAIOS"),
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("Mac", r"Mac OS X|Macintosh"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux"),
)


def read_agent(agent: str) -> tuple[str, str]:
    """(browser, system) as most people call them, "" where the browser does not say."""
    return _first(BROWSERS, agent), _first(SYSTEMS, agent)


def _first(names: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, agent)), "")


def note_device(person: Person, session_key: str, *, agent: str, way: str = "") -> None:
    """Somebody signed in there, or is seen there for the first time today. No audit: the row is the record."""
    browser, system = read_agent(agent)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_device (person_id, session_key, browser, system, way, began_at, seen_on) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (session_key) DO UPDATE SET "
            "person_id = EXCLUDED.person_id, browser = EXCLUDED.browser, system = EXCLUDED.system, "
            "seen_on = EXCLUDED.seen_on",
            [person.pk, session_key, browser, system, way, timezone.now(), timezone.localdate()],
        )


@transaction.atomic
def end_sessions(person: Person, *, except_key: str | None = None, by: Actor) -> int:
    """Sign her out everywhere, or everywhere but in the session `except_key`. Returns in how many browsers."""
    devices = Device.objects.filter(person=person)
    if except_key is not None:
        devices = devices.exclude(session_key=except_key)
    number = _end(list(devices.select_for_update().order_by("pk")))
    forget_sign_in(person.pk)
    audit.record("sessions.end", person, by=by, number=number)
    return number


@transaction.atomic
def sign_off(person: Person, session_key: str | None) -> None:
    """She signs out in this browser herself; its session row goes with `logout`. Nothing is audited:
    coming and going are nobody's business."""
    Device.objects.filter(person=person, session_key=session_key or "").delete()
    forget_sign_in(person.pk)


@transaction.atomic
def end_device(device: Device, *, by: Actor) -> None:
    """Sign one browser out."""
    _end([device])
    forget_sign_in(device.person_id)
    audit.record("session.end", device.person, by=by, device=device.pk)


def _end(devices: list[Device]) -> int:
    Session.objects.filter(session_key__in=[device.session_key for device in devices]).delete()
    Device.objects.filter(pk__in=[device.pk for device in devices]).delete()
    return len(devices)


def prune_devices() -> int:
    """Sessions that ran out, and devices whose session is gone."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    gone = Device.objects.exclude(session_key__in=Session.objects.values("session_key"))
    return gone.delete()[0]
