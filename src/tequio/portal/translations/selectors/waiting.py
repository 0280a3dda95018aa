"""What waits for translators, on their own page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.base.languages import current, name_of
from tequio.base.multilingual import Reading
from tequio.people.enums import RoleName
from tequio.people.models import Person

from .queue import MOST_COUNTED, read_by, waiting_for


@dataclass(frozen=True)
class WaitingHere:
    """In the shape of notifications.types.Waiting."""

    kind: str
    words: Reading | None
    why: str
    path: str
    button: str = ""
    door: str = ""


def words_to_translate(person: Person) -> Iterator[WaitingHere]:
    """How many things, for those whom a place named as translators; one query for them, none for others."""
    if person.is_guest or RoleName.TRANSLATOR not in {role for role, _place in person.current_roles}:
        return
    languages = read_by(person)
    number = waiting_for(person, languages)
    if not number:
        return
    said = ngettext(
        "%(number)d thing waits: %(languages)s.", "%(number)d things wait: %(languages)s.", number
    )
    if number > MOST_COUNTED:
        said = _("More than %(number)d things wait: %(languages)s.")
    names = ", ".join(name_of(tag, current()) for tag in languages)
    yield WaitingHere(
        kind=_("Words to translate"), words=None,
        why=said % {"number": min(number, MOST_COUNTED), "languages": names},
        path=reverse("translations:queue"), button=_("Translate"),
    )  # fmt: skip
