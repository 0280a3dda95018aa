"""How alike two texts with titles are: letters of the titles, words of the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

# Words of the three languages of the interface that say nothing of what a text is about; folded.
EMPTY_WORDS = frozenset(
    [
        "a",
        "al",
        "ante",
        "con",
        "de",
        "del",
        "desde",
        "donde",
        "e",
        "el",
        "ella",
        "en",
        "entre",
        "es",
        "esta",
        "este",
        "esto",
        "ha",
        "hacia",
        "hasta",
        "hay",
        "la",
        "las",
        "lo",
        "los",
        "mas",
        "me",
        "mi",
        "muy",
        "no",
        "nos",
        "o",
        "para",
        "pero",
        "por",
        "que",
        "se",
        "ser",
        "si",
        "sin",
        "sobre",
        "son",
        "su",
        "sus",
        "tambien",
        "un",
        "una",
        "uno",
        "unos",
        "y",
        "ya",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "has",
        "have",
        "in",
        "into",
        "is",
        "it",
        "its",
        "more",
        "of",
        "on",
        "or",
        "our",
        "that",
        "the",
        "their",
        "there",
        "this",
        "to",
        "was",
        "we",
        "which",
        "will",
        "with",
        "you",
        "your",
        "au",
        "aux",
        "avec",
        "ce",
        "ces",
        "cette",
        "d",
        "dans",
        "des",
        "du",
        "elle",
        "est",
        "et",
        "il",
        "ils",
        "l",
        "le",
        "les",
        "leur",
        "ne",
        "nous",
        "ou",
        "par",
        "pas",
        "plus",
        "pour",
        "qu",
        "qui",
        "sa",
        "ses",
        "sont",
        "sur",
        "une",
        "vous",
    ]
)
LETTERS = 3
STEM = 6
LEAST_LETTERS = 4


@dataclass(frozen=True)
class Text:
    """`title`: trigrams of its words; `words`: beginnings of the words of title and body that say something."""

    title: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True)
class Likeness:
    """Both between 0 and 1."""

    title: float
    words: float


def read_text(title: str, body: str) -> Text:
    """Both folded: lower case, without accents and punctuation, words parted by single spaces."""
    named = _meaning(title)
    said = {word[:STEM] for word in [*named, *_meaning(body)] if len(word) >= LEAST_LETTERS}
    return Text(_trigrams(named or title.split()), frozenset(said))


def compare(one: Text, other: Text) -> Likeness:
    """Titles: Jaccard index of trigrams. Words: cosine of the two sets (Ochiai's coefficient)."""
    either = len(one.title | other.title)
    both = sqrt(len(one.words) * len(other.words))
    return Likeness(
        len(one.title & other.title) / either if either else 0.0,
        len(one.words & other.words) / both if both else 0.0,
    )


def _meaning(text: str) -> list[str]:
    return [word for word in text.split() if word not in EMPTY_WORDS]


def _trigrams(words: Iterable[str]) -> frozenset[str]:
    """As pg_trgm makes them: each word with two blanks before and one behind."""
    return frozenset(
        padded[at : at + LETTERS]
        for padded in (f"  {word} " for word in words)
        for at in range(len(padded) - LETTERS + 1)
    )
