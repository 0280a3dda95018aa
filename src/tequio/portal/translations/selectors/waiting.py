"""What waits for translators, on their own page."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.base.languages import current, name_of
from tequio.notifications.types import Waiting
from tequio.people.enums import RoleName
from tequio.people.models import Person

from .queue import MOST_COUNTED, read_by, waiting_for


def words_to_translate(person: Person) -> Iterator[Waiting]:
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
    yield Waiting(
        kind=_("Words to translate"), words=None,
        why=said % {"number": min(number, MOST_COUNTED), "languages": names},
        path=reverse("translations:queue"), button=_("Translate"),
    )  # fmt: skip
