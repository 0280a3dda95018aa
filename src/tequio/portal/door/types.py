"""Finished values for the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from tequio.base.languages import current

from .enums import WHY_WEAK, Weakness


@dataclass(frozen=True)
class SaidStrength:
    words: str
    reasons: list[str]


@dataclass(frozen=True)
class Square:
    """A QR code: `path` of its dark fields in a box of `size`."""

    size: int
    path: str


def say_strength(guesses: float, weaknesses: Iterable[Weakness]) -> SaidStrength:
    return SaidStrength(_say_guesses(guesses), [str(WHY_WEAK[weakness]) for weakness in weaknesses])


def _say_guesses(guesses: float) -> str:
    if guesses >= 1e14:
        return _("Very strong: nobody guesses this password.")
    if guesses >= 1e10:
        return _("Strong: guessing this password would take very long.")
    if guesses >= 1e8:
        return _("Good enough: here nobody may try so often. Use it nowhere else.")
    rounded = min(int(float(f"{guesses:.0e}")), 90_000_000)  # never as many as are needed
    number = format_decimal(max(rounded, 1), locale=current())
    return _("Too easy: it would be guessed in about %(number)s tries. A hundred million are needed.") % {
        "number": number
    }
