"""How the opinion map is computed, in plain words: the text that comes with the algorithm, in the reader's language."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import tequio.algorithms
from tequio.algorithms.opinion_map import Parameters

FOLDER = Path(tequio.algorithms.__file__).parent / "explained"


@lru_cache(maxsize=8)
def explanation(language: str) -> tuple[str, str, str]:
    """(title, Markdown below it, language it is in); English where there is none in `language`."""
    own = FOLDER / f"opinion-map.{language}.md"
    path, found = (own, language) if own.exists() else (FOLDER / "opinion-map.md", "en")
    title, _, body = path.read_text(encoding="utf-8").strip().partition("\n")
    lines = [line for line in body.splitlines() if "](opinion-map" not in line]
    return title.lstrip("# "), "\n".join(lines), found


def parameters_in_force() -> list[tuple[str, object]]:
    """Names and values, as every result carries them."""
    return list(Parameters().as_dict().items())
