"""What an algorithm does, in plain words: the texts that come with it, in the reader's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import tequio.algorithms

FOLDER = Path(tequio.algorithms.__file__).parent / "explained"


@dataclass(frozen=True)
class Explanation:
    """`body` is Markdown without its title; `language` is the one it is in."""

    title: str
    body: str
    language: str


@lru_cache(maxsize=32)
def explanation(name: str, language: str) -> Explanation | None:
    """The text of that name; English where there is none in `language`, None where there is none at all."""
    if not re.fullmatch(r"[a-z-]{1,40}", name):
        return None
    own, english = FOLDER / f"{name}.{language}.md", FOLDER / f"{name}.md"
    path, found = (own, language) if own.exists() else (english, "en")
    if not path.exists():
        return None
    title, _, body = path.read_text(encoding="utf-8").strip().partition("\n")
    lines = [line for line in body.splitlines() if f"]({name}" not in line]
    return Explanation(title.lstrip("# "), "\n".join(lines), found)
