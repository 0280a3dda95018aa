"""Languages: the three of the interface, and any other as content."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pycountry
from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language

from .language_tags import NotATag, canonical, parse
from .text import fold

INTERFACE = ("es", "en", "fr")
# Offered everywhere after those of the place; any other is written as its tag or name.
CONTENT = (
    "es", "en", "fr", "eu", "ca", "gl", "nah", "yua", "ee", "kbp", "pt", "de", "zh", "ar", "iu", "cr",
    "qu", "gn", "ay", "moh", "wo", "bm", "ha", "sw",
)  # fmt: skip
# What CLDR does not know: {tag: (es, en, fr, what its speakers call it)}; "" is asked of CLDR.
NAMES = {
    "nah": ("náhuatl", "Nahuatl", "nahuatl", "nāhuatl"),
    "yua": ("maya yucateco", "Yucatec Maya", "maya yucatèque", "maayaʼ tʼàan"),
    "kbp": ("kabiyé", "Kabiyè", "kabiyè", "kabɩyɛ"),
    "cr": ("", "", "", "ᓀᐦᐃᔭᐍᐏᐣ"),
    "ay": ("", "", "", "aymar aru"),
    "gn": ("", "", "", "avañeʼẽ"),
    "ber": ("lenguas bereberes", "Berber languages", "langues berbères", "tamaziɣt"),
    "ajg": ("aja", "Aja", "adja", "ajagbe"),
    "gej": ("guin o mina", "Gen or Mina", "guin ou mina", "gɛngbe"),
}


def current() -> str:
    return (get_language() or "en").split("-")[0]


@lru_cache(maxsize=1024)
def name_of(tag: str, language: str) -> str:
    """The language's name, as a reader of `language` says it; its own name where nobody wrote that down."""
    return _said(tag, language) or own_name(tag)


def _said(tag: str, language: str) -> str:
    short = tag.split("-")[0]
    if short in NAMES and language in INTERFACE and NAMES[short][INTERFACE.index(language)]:
        return NAMES[short][INTERFACE.index(language)]
    locale = Locale.parse(language)
    if "-" in tag:
        try:
            return Locale.parse(tag.replace("-", "_")).get_display_name(language) or ""
        except (UnknownLocaleError, ValueError):
            pass  # a variant CLDR does not know: the language alone
    return locale.languages.get(short) or _english_name(short)


def _english_name(short: str) -> str:
    """What ISO 639 calls it; better than three letters."""
    found = pycountry.languages.get(alpha_3=short) if len(short) == 3 else None
    return str(found.name) if found is not None else ""


@lru_cache(maxsize=1024)
def own_name(tag: str) -> str:
    """What its speakers call it, where that is known; else its name in English, else the tag."""
    short = tag.split("-")[0]
    if short in NAMES:
        return NAMES[short][3]
    try:
        return Locale.parse(tag.replace("-", "_")).get_display_name() or tag
    except (UnknownLocaleError, ValueError):
        return _english_name(short) or tag


def said_name(tag: str, language: str) -> str:
    """Both names where they differ: for choosing one's own language in a list."""
    name, own = name_of(tag, language), own_name(tag)
    return name if name.casefold() == own.casefold() else f"{name} · {own}"


def content_choices(language: str, first: Iterable[str] = ()) -> list[tuple[str, str]]:
    """(tag, name): the languages of the interface, those of the place, then the others by name."""
    head = list(dict.fromkeys([*first, *INTERFACE]))
    rest = sorted((tag for tag in CONTENT if tag not in head), key=lambda tag: fold(name_of(tag, language)))
    return [(tag, said_name(tag, language)) for tag in (*head, *rest)]


def find_tag(words: str) -> str:
    """The tag for what somebody typed: a tag, or a language's name in one of our languages or its own.

    In small letters a tag comes first (en is English, though there is an En in Viet Nam). Raises NotATag.
    """
    if words == words.lower():
        try:
            return canonical(words)
        except NotATag:
            pass
    return _by_name().get(fold(words)) or canonical(words)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    found: dict[str, str] = {}
    for one in pycountry.languages:
        found.setdefault(fold(one.name), getattr(one, "alpha_2", one.alpha_3))
    for language in INTERFACE:
        for tag, name in Locale.parse(language).languages.items():
            try:
                found[fold(name)] = str(parse(tag.replace("_", "-")))
            except NotATag:
                continue
    found |= {fold(own_name(tag)): tag for tag in CONTENT}
    for tag, names in NAMES.items():
        found |= {fold(name): tag for name in names if name}
    return found
