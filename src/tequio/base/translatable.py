"""What can be translated. Each flat says it once; the queue, the page and the count of gaps follow from it.

Registered when an app is ready, as `people.middleware.COMPANIONS` are: `register(Translatable(...))`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .errors import Refused
from .languages import current, name_of
from .multilingual import Field, original_language, take_in

Words = str | Promise


@dataclass(frozen=True)
class Text:
    """One multilingual field: its name in forms, and the way from the row to it, as "item__title"."""

    name: str
    label: Words
    path: str
    longest: int


@dataclass(frozen=True)
class Translatable:
    """A kind of rows whose words are translated; `word` is what a citizen calls one.

    `found(person)`: the rows with a page of their own for her, with all that the functions here read.
    `shown(person)`: those of them that are published and that she may read; None is a visitor.
    `may(person, row)`: whether she may translate it. `save(row, typed, by=person)` is the flat's service.
    `place`, `author`, `moment`: the ways from the row to its territory, to whose words they are ("" for
    nobody alone) and to the moment it appeared.
    """

    kind: str
    word: Words
    texts: tuple[Text, ...]
    found: Callable[[Any], QuerySet[Any]]
    shown: Callable[[Any], QuerySet[Any]]
    may: Callable[[Any, Any], bool]
    save: Callable[..., Any]
    path_of: Callable[[Any], str]
    source_of: Callable[[Any], str]
    authors_of: Callable[[Any], Iterable[Any]]
    item_of: Callable[[Any], Any] = lambda row: row.item
    languages_of: Callable[[Any], list[str]] = lambda row: row.item.languages
    place: str = "item__territory"
    author: str = "item__author"
    moment: str = "item__published_at"

    def fields_of(self, row: Model) -> dict[str, Field]:
        """{name of the text: what stands there}."""
        return {text.name: at(row, text.path) for text in self.texts}


TRANSLATABLE: dict[str, Translatable] = {}


def register(*kinds: Translatable) -> None:
    for one in kinds:
        TRANSLATABLE[one.kind] = one


def at(row: Any, path: str) -> Any:
    """What lies at the end of a way such as "item__title"."""
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def named(values: Mapping[str, Field], texts: Iterable[Text]) -> list[tuple[Text, Field]]:
    """Each text with what stands there, those without words left out."""
    return [(text, values[text.name]) for text in texts if values.get(text.name)]


@dataclass(frozen=True)
class Typed:
    """What a translator sent for one field: texts by language, which version she started from, what is still right.

    `machine` are the languages whose text a machine wrote and nobody has read yet.
    """

    texts: Mapping[str, str]
    seen: str
    still_right: Collection[str] = ()
    machine: Collection[str] = ()


def translate_fields(fields: Mapping[str, Field], typed: Mapping[str, Typed], *, by: str) -> dict[str, Field]:
    """{name: the field with her words}; fields of which nothing was typed stay. `by` stands beside her words.

    Refused with code "changed" where the original or a text she touched is another by now: her form is shown
    again with both, and counts as seen from then on.
    """
    done: dict[str, Field] = {}
    faster: dict[str, None] = {}
    is_original = False
    for name, words in fields.items():
        sent = typed.get(name)
        if sent is None:
            done[name] = words
            continue
        done[name], met = take_in(
            words, dict(sent.texts), seen=sent.seen, by=by, still_right=sent.still_right, machine=sent.machine
        )
        is_original = is_original or original_language(words) in met
        faster |= dict.fromkeys(name_of(tag, current()) for tag in met)
    if is_original:
        raise Refused(
            _("The original changed while you were writing. Compare it with yours, then send yours again."),
            code="changed",
        )
    if faster:
        raise Refused(
            _("Somebody else translated this meanwhile: %(languages)s. Compare, then send yours again.")
            % {"languages": ", ".join(faster)},
            code="changed",
        )
    return done
