"""Saving translations of whatever kind, and telling those whose words they are."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from tequio.base.languages import INTERFACE, name_of
from tequio.base.multilingual import (
    ORIGINAL,
    Field,
    add_translation,
    original_language,
    read,
    write_original,
)
from tequio.base.translatable import Translatable, Typed, at, named
from tequio.guards.services import spend
from tequio.notifications.enums import Event
from tequio.notifications.services import say_anew, tell
from tequio.people.models import Person

from .adapters.machine import NoAnswer, machine

SUGGESTIONS_AN_HOUR = 120
HOUR = 3_600
LONGEST_QUOTE = 120
log = logging.getLogger("tequio.translations")


@transaction.atomic
def translate(kind: Translatable, row: Any, typed: Mapping[str, Typed], *, by: Person) -> Any:
    """As the kind's own service; who wrote the words hears of it, once a day for each thing."""
    done = kind.save(row, typed, by=by)
    values = {text.name: at(done, text.path) for text in kind.texts}
    words = _said(kind, values)
    if words:
        for person in {one.pk: one for one in kind.authors_of(row)}.values():
            _tell(kind, row, person, words, by)
    return done


def _tell(kind: Translatable, row: Any, person: Person, words: Field, by: Person) -> None:
    """One notice for each person, thing and day; a second language of the day is added to its words."""
    day = f"{timezone.now():%Y-%m-%d}-{person.pk}"
    item = kind.item_of(row)
    source = kind.source_of(row)
    is_told = tell(
        person, Event.TRANSLATED, item=item, territory=None if item else at(row, kind.place), words=words,
        path=kind.path_of(row), by=by, source=source, occasion=day,
    )  # fmt: skip
    if not is_told and person.pk != by.pk:
        say_anew(Event.TRANSLATED, source=source, occasion=day, words=words)


def _said(kind: Translatable, values: Mapping[str, Field]) -> Field:
    """“The words”: French, Basque. In every language of the interface; nothing where nothing is of today."""
    today = f"{timezone.now():%Y-%m-%d}"
    languages: dict[str, None] = {}
    title: Field = {}
    for _text, words in named(values, kind.texts):
        title = title or words
        fresh = [
            tag for tag, one in words.items() if one["status"] != ORIGINAL and one["at"].startswith(today)
        ]
        languages |= dict.fromkeys(fresh)
    if not languages:
        return {}
    quote = read(title, original_language(title)).text
    short = quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE]} …"
    lines = {tag: f"“{short}”: {', '.join(name_of(one, tag) for one in languages)}" for tag in INTERFACE}
    said = write_original(lines["en"], "en")
    for tag in ("es", "fr"):
        said = add_translation(said, tag, lines[tag])
    return said


def suggest(words: Field, language: str, *, by: Person) -> str:
    """What the machine makes of the original; "" where there is none or it does not answer. Nothing is saved."""
    engine = machine()
    if engine is None:
        return ""
    spend("suggestion", who=by.audit_id, limit=SUGGESTIONS_AN_HOUR, seconds=HOUR)
    origin = original_language(words)
    try:
        return engine.translate(words[origin]["text"], source=origin, target=language)
    except NoAnswer as error:
        log.warning("the translating machine gave no answer: %s", error)
        return ""
