"""Letters ready to be written, in the active language: plain text, and simple HTML that says the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.base.languages import current
from tequio.base.links import absolute
from tequio.people.models import Person

from ..enums import Stop
from ..models import Announcement
from ..types import DigestPage
from .showing import line_of, place_of, thing_of
from .stopping import stop_page, stop_url


@dataclass(frozen=True)
class LetterWords:
    subject: str
    text: str
    html: str
    stop_url: str


def at_once_letter(row: Announcement, person: Person) -> LetterWords:
    thing, line, place = thing_of(row), line_of(row), place_of(row)
    about = str(thing.title) if thing.title else (str(place.title) if place else "")
    context = {"thing": thing, "line": line, "place": place}
    return _letter("at_once", f"{line.said}: {about}" if about else line.said, context, person, Stop.AT_ONCE)


def digest_letter(page: DigestPage, person: Person) -> LetterWords:
    number = len(page.notices)
    subject = (
        ngettext("%(number)d notice for you", "%(number)d notices for you", number) % {"number": number}
        if number
        else _("Something waits for you")
    )
    titles = [str(place.title) for place in page.places if place.title]
    if titles:
        subject = f"{subject}: {', '.join(titles[:3])}{' …' if len(titles) > 3 else ''}"
    return _letter("digest", subject, {"page": page}, person, Stop.DIGEST)


def _letter(name: str, subject: str, context: dict[str, Any], person: Person, purpose: Stop) -> LetterWords:
    everything = {
        **context,
        "person": person,
        "language": current(),
        "site": absolute(""),
        "stop": stop_page(person, purpose),
        "stop_all": stop_page(person, Stop.ALL),
        "settings_page": absolute(reverse("notifications:letters")),
    }
    text, html = (
        render_to_string(f"notifications/{name}.{ending}", everything) for ending in ("txt", "html")
    )
    return LetterWords(subject, text.strip() + "\n", html, stop_url(person, purpose))
