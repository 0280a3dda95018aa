"""Translations of what a pillar's row and its item say, written once for every pillar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from tequio.audit import services as audit
from tequio.base.multilingual import Field
from tequio.base.translatable import Text, Typed, translate_fields
from tequio.guards.services import page_changed
from tequio.people.enums import RoleName
from tequio.people.models import Person

from ..enums import Part
from ..models import Item, Screening
from . import describe
from .revisions import keep_revision
from .screening import said_in, screen_change

ALWAYS_SCREENED = {"idea", "problem", "statement"}


def _part(path: str) -> str:
    """Under which name the history keeps a text: its own, where parts are told apart, else the body."""
    return path if path in Part.values else Part.BODY


def is_looked_at(item: Item, by: Person) -> bool:
    """Whether her translation of it is screened: what was looked at when it was written, unless it is her office."""
    if by.holds(RoleName.TRANSLATOR, item.territory):
        return False
    return item.kind in ALWAYS_SCREENED or Screening.objects.filter(item=item).exists()


@transaction.atomic
def translate_thing(
    thing: Any, texts: Iterable[Text], typed: Mapping[str, Typed], *, bodies: Iterable[str] = (), by: Person
) -> Any:
    """Save translations of what a pillar's row and its item say; the pillar's service has asked who may.

    `bodies`: names of the row's own fields that search sees. Returns the row as it is now, with its item.
    """
    rows = type(thing)._base_manager.select_for_update(of=("self", "item")).select_related("item__territory")
    row = rows.get(pk=thing.pk)
    item: Item = row.item
    paths = {text.name: text.path.removeprefix("item__") for text in texts}
    owners = {text.name: item if text.path.startswith("item__") else row for text in texts}
    before = {name: getattr(owners[name], path) for name, path in paths.items()}
    done = translate_fields(before, typed, by=by.shown_name)
    for name, path in paths.items():
        setattr(owners[name], path, done[name])
    if item.part_of_id is not None:
        item.languages = list(item.title)
    item.save(update_fields=[*(paths[name] for name in paths if owners[name] is item), "languages"])
    own = [paths[name] for name in paths if owners[name] is row]
    if own:
        row.save(update_fields=own)
    if is_looked_at(item, by):
        screen_change(item, said_in(*before.values()), said_in(*done.values()), by=by)
    _keep(item, paths, before, done, by)
    describe(item, *(getattr(row, body) for body in bodies))
    audit.record(f"{item.kind}.translate", row, by=by, languages=_languages(typed))
    page_changed()
    return row


@transaction.atomic
def translate_row(
    row: Any, texts: Iterable[Text], typed: Mapping[str, Typed], *, act: str, by: Person
) -> Any:
    """As `translate_thing`, of a row that is no item: a step, an answer. Returns it as it is now."""
    paths = {text.name: text.path for text in texts}
    locked = type(row)._base_manager.select_for_update().get(pk=row.pk)
    before = {name: getattr(locked, path) for name, path in paths.items()}
    done = translate_fields(before, typed, by=by.shown_name)
    for name, path in paths.items():
        setattr(locked, path, done[name])
    locked.save(update_fields=list(paths.values()))
    audit.record(act, locked, by=by, languages=_languages(typed))
    page_changed()
    return locked


def _languages(typed: Mapping[str, Typed]) -> list[str]:
    return sorted({tag for sent in typed.values() for tag in sent.texts})


def _keep(
    item: Item, paths: Mapping[str, str], before: Mapping[str, Field], done: Mapping[str, Field], by: Person
) -> None:
    """What each part was and became; what a picture shows has no history."""
    parts: dict[str, tuple[Field, Field]] = {
        _part(path): (before[name], done[name]) for name, path in paths.items() if path != "picture_says"
    }
    keep_revision(item, parts, by=by)
