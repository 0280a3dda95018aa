"""How many guesses a password would take, and why so few (zxcvbn: Wheeler 2016, USENIX Security)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from zxcvbn import zxcvbn

from ..enums import Weakness

# The library's work grows with the cube of the length; what is longer is as strong as this much of it.
MOST_CHARACTERS = 72
SHORT = 10
PATTERNS = {
    "spatial": Weakness.KEYBOARD,
    "repeat": Weakness.REPEAT,
    "sequence": Weakness.ROW,
    "date": Weakness.DATE,
    "regex": Weakness.DATE,
}
DICTIONARIES = {
    "passwords": Weakness.COMMON,
    "user_inputs": Weakness.ABOUT_YOU,
    "male_names": Weakness.NAME,
    "female_names": Weakness.NAME,
    "surnames": Weakness.NAME,
}


@dataclass(frozen=True)
class Strength:
    """`guesses`: how many a patient attacker needs, by the library's estimate."""

    guesses: float
    weaknesses: tuple[Weakness, ...]


def measure(password: str, known: Iterable[str] = ()) -> Strength:
    """`known`: what others know of the person, as her name, her addresses, the name of the site."""
    parts = {part for text in known for part in (text, *re.split(r"[\W_]+", text)) if len(part) > 2}
    result: dict[str, Any] = zxcvbn(password[:MOST_CHARACTERS], user_inputs=sorted(parts))
    found = [_weakness(match) for match in result["sequence"] if match["pattern"] != "bruteforce"]
    if len(password) < SHORT:
        found.append(Weakness.SHORT)
    return Strength(float(result["guesses"]), tuple(dict.fromkeys(found)))


def _weakness(match: dict[str, Any]) -> Weakness:
    if match["pattern"] == "dictionary":
        return DICTIONARIES.get(match["dictionary_name"], Weakness.WORD)
    return PATTERNS[match["pattern"]]
