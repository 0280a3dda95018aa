"""Language tags after BCP 47 (RFC 5646): well-formed, with a primary language that ISO 639 knows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import pycountry
from babel import Locale, UnknownLocaleError

LONGEST = 35  # RFC 5646, 4.4.1: what every implementation should hold
WELL_FORMED = re.compile(
    r"""
    (?P<language>[a-z]{2,3})
    (?P<extended>(?:-[a-z]{3}(?![a-z0-9])){0,3})
    (?:-(?P<script>[a-z]{4}))?
    (?:-(?P<region>[a-z]{2}|[0-9]{3}))?
    (?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)
    (?P<extensions>(?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*)
    (?P<private>-x(?:-[a-z0-9]{1,8})+)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
# "Uncoded", "several", "undetermined", "no language" say nothing a reader could use; und is not a language.
NO_LANGUAGE = {"mis", "mul", "und", "zxx"}
RIGHT_TO_LEFT = {
    "Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi",
}  # fmt: skip


class NotATag(ValueError):
    """The words are no language tag, or one of a language nobody knows."""


@dataclass(frozen=True)
class Tag:
    language: str
    extended: tuple[str, ...] = ()
    script: str = ""
    region: str = ""
    variants: tuple[str, ...] = ()
    extensions: str = ""
    private: str = ""

    def __str__(self) -> str:
        parts = [self.language, *self.extended, self.script, self.region, *self.variants]
        return "-".join(part for part in parts if part) + self.extensions + self.private


@lru_cache(maxsize=2048)
def parse(text: str) -> Tag:
    """The tag in its usual spelling (zh-hant-tw: zh-Hant-TW; eng: en). Raises NotATag."""
    found = WELL_FORMED.fullmatch(text) if len(text) <= LONGEST and text.isascii() else None
    if found is None:
        raise NotATag(text)
    variants = tuple(one for one in found["variants"].lower().split("-") if one)
    singletons = re.findall(r"-([0-9a-wy-z])(?=-)", found["extensions"].lower())
    if len(set(variants)) < len(variants) or len(set(singletons)) < len(singletons):
        raise NotATag(text)
    return Tag(
        _known(found["language"].lower()),
        tuple(one for one in found["extended"].lower().split("-") if one),
        (found["script"] or "").title(),
        (found["region"] or "").upper(),
        variants,
        found["extensions"].lower(),
        (found["private"] or "").lower(),
    )


def _known(code: str) -> str:
    """The shortest code of a language, a group of languages (nah) or one for private use (qaa to qtz)."""
    if code in NO_LANGUAGE:
        raise NotATag(code)
    if len(code) == 2:
        found = pycountry.languages.get(alpha_2=code)
    else:
        found = pycountry.languages.get(alpha_3=code) or pycountry.languages.get(bibliographic=code)
    if found is not None:
        return str(getattr(found, "alpha_2", found.alpha_3))
    if "qaa" <= code <= "qtz" or pycountry.language_families.get(alpha_3=code) is not None:
        return code
    raise NotATag(code)


def canonical(text: str) -> str:
    return str(parse(text.strip().replace("_", "-")))


def is_tag(text: str) -> bool:
    try:
        return canonical(text) == text
    except NotATag:
        return False


@lru_cache(maxsize=512)
def direction(text: str) -> str:
    """ "rtl" or "ltr": by the script of the tag, else by the one the language is usually written in."""
    try:
        tag = parse(text)
    except NotATag:
        return "ltr"
    if tag.script:
        return "rtl" if tag.script in RIGHT_TO_LEFT else "ltr"
    try:
        return "rtl" if Locale.parse(tag.language).character_order == "right-to-left" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "rtl" if tag.language in {"arc", "azb", "bal", "khw", "nqo", "prs", "syr", "syc"} else "ltr"
