"""Languages: the three of the interface, and any other as content."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language

INTERFACE = ("es", "en", "fr")
CONTENT = ("es", "en", "fr", "eu", "ca", "gl", "nah", "yua", "ee", "kbp", "pt", "de", "zh", "ar", "iu", "cr")


def current() -> str:
    return (get_language() or "en").split("-")[0]


@lru_cache(maxsize=512)
def name_of(tag: str, language: str) -> str:
    """The language's name, as a reader of `language` says it; its own name where CLDR knows none."""
    try:
        return Locale.parse(language).languages.get(tag.split("-")[0]) or own_name(tag)
    except (UnknownLocaleError, ValueError):
        return own_name(tag)


def own_name(tag: str) -> str:
    try:
        return Locale.parse(tag.replace("-", "_")).get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        return {"nah": "Nahuatl", "yua": "Maayaʼ tʼàan", "kbp": "Kabɩyɛ", "cr": "ᓀᐦᐃᔭᐍᐏᐣ"}.get(tag, tag)


def said_name(tag: str, language: str) -> str:
    """As `name_of`; where the reader's language has no word for it, what its speakers call it."""
    name = name_of(tag, language)
    return own_name(tag) if name == tag else name


def content_choices(language: str) -> list[tuple[str, str]]:
    return [(tag, said_name(tag, language)) for tag in CONTENT]
