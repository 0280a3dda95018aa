"""Whether other words bring a risk that the words before did not have."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .signs import LINK

TO_THE_SPACE = re.compile(r"\S*")
MARKS = ".,;:!?)]»”\"'"


def adds_risk(
    before: Mapping[str, float], after: Mapping[str, float], *, text_before: str, text_after: str
) -> bool:
    """A sign that is stronger than before, or a link that was not there: another address is as new as one more."""
    is_stronger = any(value > before.get(name, 0.0) for name, value in after.items() if name != "links")
    return is_stronger or not links_in(text_after) <= links_in(text_before)


def links_in(text: str) -> frozenset[str]:
    """Each link up to the next space, without the marks that end a sentence."""
    rests = ((found, TO_THE_SPACE.match(text, found.end())) for found in LINK.finditer(text))
    return frozenset((found[0] + (rest[0] if rest else "")).casefold().rstrip(MARKS) for found, rest in rests)
