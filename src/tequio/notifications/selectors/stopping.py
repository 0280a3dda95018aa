"""The links at the foot of letters: signed, for one person and one purpose, good for 90 days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import signing
from django.urls import reverse

from tequio.base.links import absolute
from tequio.people.models import Person

from ..enums import Stop

GOOD_FOR = timedelta(days=90)
SALT = "tequio.notifications.stop"


class TooOld(Exception):
    """The link was good once; its days are over."""


def stop_token(person: Person, purpose: str) -> str:
    return signing.dumps([person.pk, str(purpose)], salt=SALT)


def read_token(token: str) -> tuple[Person, Stop] | None:
    """Whose letters of which kind it ends; None where it was not made here. Raises TooOld."""
    try:
        value: Any = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.SignatureExpired as error:
        raise TooOld from error
    except signing.BadSignature:
        return None
    pk, purpose = value
    person = Person.objects.filter(pk=pk, is_active=True).first()
    return None if person is None else (person, Stop(purpose))


def stop_page(person: Person, purpose: str) -> str:
    """The page with one button, in the active language."""
    return absolute(reverse("notifications:stop", args=[stop_token(person, purpose)]))


def stop_url(person: Person, purpose: str) -> str:
    """For the header of a letter: mail programs post there without a page in between."""
    return absolute(reverse("one_click_stop", args=[stop_token(person, purpose)]))
