"""Compiles the translations (.po, kept in the repository) to what gettext reads (.mo, made at set-up)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import polib

import tequio


def catalogues(root: Path | None = None) -> Iterator[Path]:
    """Every .po file of the package."""
    yield from sorted((root or Path(tequio.__file__).parent).glob("**/locale/*/LC_MESSAGES/*.po"))


def compile_translations(root: Path | None = None) -> list[Path]:
    """Writes each .mo that is missing or older than its .po; returns those written."""
    written = []
    for source in catalogues(root):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        new = target.with_suffix(f".mo.{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(new))
        new.replace(target)  # in one step: a server may be reading the old one
        written.append(target)
    return written


if __name__ == "__main__":
    compile_translations()
