"""The signs, each a number: 0 where there is nothing to see, 1 where it is there, links up to 3."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

SIGNS = ("first_post", "trap", "fast", "links", "copy", "shouting")
# Those of them that people hardly ever leave behind.
MACHINE = ("trap", "fast", "copy")
# Somebody without an account added one. It has no weight: no number lets such a thing through unseen.
PICTURE = "picture"
LINK = re.compile(
    r"(?:https?://|www\.)\S|\b[\w-]{2,}\.(?:com|net|org|info|biz|shop|top|xyz|ru|cn|io|ly)\b(?!\w)", re.I
)
WORD = re.compile(r"\w+")
MOST_LINKS = 3
SHINGLE = 3
FEWEST_WORDS = 4  # "More trees" is said by many, and means it each time
FEWEST_LETTERS = 20
MOST_CAPITALS = 0.7
LONGEST_KEPT = 600
LONGEST_RUN = re.compile(r"([!?¡¿])\1{3,}|([^\W\d_])\2{5,}")


@dataclass(frozen=True)
class Filling:
    """How a form came in: `is_trapped` where a field was filled that people do not see; `seconds` from drawing the
    form to sending it, None where that is not known (a letter, an import, a page left open for days).
    """

    is_trapped: bool = False
    seconds: float | None = None


@dataclass(frozen=True)
class Post:
    """What is looked at. `recent` are texts that others or she sent lately."""

    text: str
    is_first: bool = False
    filling: Filling = Filling()
    recent: tuple[str, ...] = ()


def signs_of(post: Post, *, least_seconds: float, likeness: float) -> dict[str, float]:
    """{sign: value} for all of SIGNS. `likeness` from 0 to 1 says from where on two texts are the same."""
    seconds = post.filling.seconds
    return {
        "first_post": float(post.is_first),
        "trap": float(post.filling.is_trapped),
        "fast": float(seconds is not None and seconds < least_seconds),
        "links": float(min(MOST_LINKS, len(LINK.findall(post.text)))),
        "copy": float(_is_copy(post.text, post.recent, likeness)),
        "shouting": float(_shouts(post.text)),
    }


def _is_copy(text: str, recent: Iterable[str], likeness: float) -> bool:
    """Jaccard of runs of three words, folded, against each of the recent texts."""
    wanted = shingles(text)
    if not wanted:
        return False
    for other in recent:
        found = shingles(other)
        # The smaller over the larger bounds the likeness: most texts need no comparing.
        if not found or min(len(wanted), len(found)) < likeness * max(len(wanted), len(found)):
            continue
        if len(wanted & found) >= likeness * len(wanted | found):
            return True
    return False


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Runs of three words without accents and capitals; none where there are fewer than four words."""
    return _kept(text) if len(text) <= LONGEST_KEPT else _cut(text)


def _cut(text: str) -> frozenset[tuple[str, ...]]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))
    if len(words) < FEWEST_WORDS:
        return frozenset()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


# What was sent lately is compared with every new text. Long ones are not kept: they would fill the memory.
_kept = lru_cache(maxsize=1_000)(_cut)


def _shouts(text: str) -> bool:
    """By all letters: a few names in capitals do not make a Chinese text loud."""
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    is_loud = len(letters) >= FEWEST_LETTERS and capitals >= MOST_CAPITALS * len(letters)
    return is_loud or LONGEST_RUN.search(text) is not None
