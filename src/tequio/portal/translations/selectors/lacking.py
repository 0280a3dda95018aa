"""What lacks which language, as conditions on rows: the same three questions for every kind."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, Func, Q, TextField
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.lookups import Exact

from tequio.base.languages import current
from tequio.base.multilingual import Field, Reading, original_language, read
from tequio.base.translatable import Text, Translatable, named

from ..enums import Need
from ..types import Lack


class OriginalDigest(Func):
    """As `multilingual.digest` of the original of a multilingual field, computed where the rows are."""

    template = (
        "left(encode(sha256(convert_to(jsonb_path_query_first(%(expressions)s, "
        "'$.* ? (@.status == \"original\")') ->> 'text', 'UTF8')), 'hex'), 16)"
    )
    output_field = TextField()


def lacking(kind: Translatable, languages: Iterable[str], needs: Iterable[Need]) -> Q:
    """Rows of which any text needs one of `needs` in one of `languages`."""
    rule = Q(pk__in=[])
    for language in languages:
        for text in kind.texts:
            for need in needs:
                rule |= RULES[need](text.path, language)
    return rule


def _missing(path: str, language: str) -> Q:
    """There are words, and none in the language, nor in it as spoken elsewhere (es for es-MX)."""
    there = Q(**{f"{path}__has_any_keys": list(dict.fromkeys([language, language.split("-")[0]]))})
    return ~Q(**{path: {}}) & ~there


def _stale(path: str, language: str) -> Q:
    """It was translated from words that are no more; what is the original itself was translated from nothing."""
    of = KeyTextTransform("of", KeyTransform(language, path))
    return Q(**{f"{path}__{language}__of__isnull": False}) & ~Q(Exact(of, OriginalDigest(F(path))))


def _machine(path: str, language: str) -> Q:
    return Q(**{f"{path}__{language}__status": "machine"})


RULES = {Need.MISSING: _missing, Need.STALE: _stale, Need.MACHINE: _machine}


def lacks_of(
    kind: Translatable, values: dict[str, Field], languages: Iterable[str], needs: Iterable[Need]
) -> list[Lack]:
    """The same of one row at hand, text by text."""
    wanted = [need for need in Need if need in set(needs)]
    found = []
    for text, words in named(values, kind.texts):
        for need in wanted:
            tags = [language for language in languages if need in _needs(words, language)]
            if tags:
                found.append(Lack(str(text.label), need, tags))
    return found


def _needs(words: Field, language: str) -> list[Need]:
    if language == original_language(words):
        return []
    reading = read(words, language)
    if language not in words:
        return [Need.MISSING] if reading.language != language.split("-")[0] else []
    found = [Need.STALE] if reading.is_stale else []
    return [*found, Need.MACHINE] if reading.status == "machine" else found


def title_of(values: dict[str, Field], texts: Iterable[Text]) -> Reading:
    """By what a row is called in a list: the first of its texts that has words."""
    return next((read(words, current()) for _text, words in named(values, texts)), read({}, current()))
