"""Where something is: as people call it, and a point they typed or took from a map of theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

NUMBER = r"[-+]?[0-9]{1,3}(?:\.[0-9]{1,15})?"
PAIR = re.compile(rf"^\s*({NUMBER})\s*[,;\s]\s*({NUMBER})\s*$")
# What a place's own page says (Google) comes before the middle of the window.
PINNED = re.compile(rf"!3d({NUMBER})!4d({NUMBER})")
WINDOW = re.compile(rf"@({NUMBER}),({NUMBER})")
ROOM = re.compile(rf"(?:^|[#&/])(?:map=)?\d{{1,2}}(?:\.\d+)?/({NUMBER})/({NUMBER})")
ASKED = ("coordinate", "q", "query", "destination", "daddr", "pin", "ll", "sll", "center", "cp", "point")
LONGEST_LINK = 2_000


@dataclass(frozen=True)
class Whereabouts:
    """`name` as people call it; degrees of WGS 84, both or none."""

    name: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def columns(self) -> dict[str, object]:
        """As an item keeps it."""
        return {"place_name": self.name, "latitude": self.latitude, "longitude": self.longitude}


def read_map_link(text: str) -> tuple[float, float] | None:
    """(latitude, longitude) in a link of a map, a geo: address (RFC 5870) or two numbers; None where there is none.

    Nothing is asked of anybody: short links that hold no numbers cannot be read.
    """
    text = unquote(text.strip()[:LONGEST_LINK])
    if text.lower().startswith("geo:"):
        text = text[4:].partition(";")[0].partition("?")[0]
        return _point(PAIR.match(text.replace(",", " ", 1).partition(",")[0]))
    if "://" not in text:
        return _point(PAIR.match(text))
    try:
        address = urlsplit(text)
    except ValueError:
        return None
    asked = dict(parse_qsl(address.query))
    if (pinned := _point(PINNED.search(text))) is not None:
        return pinned
    if "mlat" in asked and "mlon" in asked:
        return _point(PAIR.match(f"{asked['mlat']} {asked['mlon']}"))
    for name in ASKED:
        if (found := _point(PAIR.match(asked.get(name, "")))) is not None:
            return found
    for pattern in (WINDOW, ROOM):
        found = _point(pattern.search(f"{address.path}#{address.fragment}"))
        if found is not None:
            return found
    return None


def _point(found: re.Match[str] | None) -> tuple[float, float] | None:
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
