"""Text in several languages: `{lang: {text, status, of, by, at}}`.

`status` is "original", "human" or "machine". `of` is the digest of the original that was translated,
so whether a translation is stale is computed and never stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

ORIGINAL, HUMAN, MACHINE = "original", "human", "machine"
Field = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Reading:
    """One text as one reader sees it."""

    text: str
    language: str
    status: str
    original_language: str
    is_stale: bool = False
    translator: str = ""

    @property
    def is_translation(self) -> bool:
        return self.status != ORIGINAL

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def version_of(field: Field) -> str:
    """What a translator starts from, in one line: digests of the original and of every translation, "fr:…,eu:…"; `take_in` reads it again."""
    tags = sorted(field, key=lambda tag: (field[tag]["status"] != ORIGINAL, tag))
    return ",".join(f"{tag}:{digest(field[tag]['text'])}" for tag in tags)


def write_original(text: str, language: str, by: str = "") -> Field:
    return {language: _entry(text, ORIGINAL, by)}


def original_language(field: Field) -> str:
    for language, entry in field.items():
        if entry["status"] == ORIGINAL:
            return language
    return next(iter(field), "")


def original_text(field: Field) -> str:
    language = original_language(field)
    return field[language]["text"] if language else ""


def change_original(field: Field, text: str, by: str = "") -> Field:
    """The same field with new words in its original language; translations become stale by themselves."""
    return {**field, original_language(field): _entry(text, ORIGINAL, by)}


def add_translation(
    field: Field, language: str, text: str, *, by: str = "", machine: bool = False, of: str = ""
) -> Field:
    """The same field with a translation; `of` is the digest the translator saw (default: today's)."""
    entry = _entry(text, MACHINE if machine else HUMAN, by)
    entry["of"] = of or digest(original_text(field))
    return {**field, language: entry}


def revise(field: Field, language: str, text: str, translations: dict[str, str], *, by: str = "") -> Field:
    """The field as its editor leaves it: `text` is the original in `language`, empty translations go.

    Words that did not change keep who wrote them and of which original, so stale ones stay stale.
    Languages that are not in `translations` stay.
    """
    if not text:
        return {}
    is_same = original_language(field) == language and field[language]["text"] == text
    revised = {language: field[language] if is_same else _entry(text, ORIGINAL, by)}
    for tag, words in translations.items():
        if tag == language or not words:
            continue
        old = field.get(tag)
        if old and old["text"] == words and old["status"] != ORIGINAL:
            revised[tag] = old
        else:
            revised[tag] = {**_entry(words, HUMAN, by), "of": digest(text)}
    for tag, old in field.items():
        if tag not in revised and tag not in translations:
            revised[tag] = (
                old if old["status"] != ORIGINAL else {**old, "status": HUMAN, "of": digest(old["text"])}
            )
    return revised


def take_in(
    field: Field,
    texts: dict[str, str],
    *,
    seen: str,
    by: str = "",
    still_right: Collection[str] = (),
    machine: Collection[str] = (),
) -> tuple[Field, list[str]]:
    """The field with a translator's `texts` by language, and the languages in which somebody was faster.

    `seen` is `version_of` the field she started from. What she left as it was stays as it is now, so two who
    translate into different languages do not meet. Where the original changed, or a text she wrote another one
    of, nothing is taken in. An empty text takes a translation away; `still_right` are those she read again, and
    stands for what a machine wrote from then on. Texts in `machine` were written by one and read by nobody.
    """
    was = dict(part.partition(":")[::2] for part in seen.split(",") if part)
    origin = original_language(field)
    if was.get(origin, "") != _digest_in(field, origin):
        return field, [origin]
    taken, faster = dict(field), []
    for tag, text in texts.items():
        now, before = _digest_in(field, tag), was.get(tag, "")
        typed = digest(text) if text else ""
        if tag == origin:
            continue
        if typed in (before, now):
            if tag in still_right and typed == now and tag in field:
                reader = by if field[tag]["status"] == MACHINE else field[tag].get("by", "")
                fresh = {"status": HUMAN, "by": reader, "of": _digest_in(field, origin)}
                taken[tag] = {**field[tag], **fresh}
        elif now != before:
            faster.append(tag)
        elif text:
            status, writer = (MACHINE, "") if tag in machine else (HUMAN, by)
            taken[tag] = {**_entry(text, status, writer), "of": _digest_in(field, origin)}
        else:
            taken.pop(tag, None)
    return (field, faster) if faster else (taken, [])


def _digest_in(field: Field, tag: str) -> str:
    return digest(field[tag]["text"]) if tag in field else ""


def read(field: Field, language: str) -> Reading:
    """The text in `language` where there is one (also *es* for *es-MX*), else the original."""
    origin = original_language(field)
    if not origin:
        return Reading("", language, ORIGINAL, language)
    short = language.split("-")[0]
    chosen = next((tag for tag in (language, short) if tag in field), origin)
    entry = field[chosen]
    stale = entry["status"] != ORIGINAL and entry.get("of") != digest(field[origin]["text"])
    return Reading(entry["text"], chosen, entry["status"], origin, stale, entry.get("by", ""))


def all_texts(field: Field) -> list[str]:
    return [entry["text"] for entry in field.values()]


def _entry(text: str, status: str, by: str) -> dict[str, Any]:
    return {"text": text, "status": status, "by": by, "at": datetime.now(UTC).isoformat(timespec="seconds")}
