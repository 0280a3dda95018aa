"""Pictures through a process of their own: a decoder that is led astray takes nothing of ours with it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .troubles import CannotTake

SCRIPT = Path(__file__).with_name("shrink.py")
SECONDS = 15
MOST_BYTES = 20 * 1024 * 1024
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")


@dataclass(frozen=True)
class SmallPicture:
    """One WebP copy; width and height in pixels."""

    width: int
    height: int
    content: bytes


def looks_like_a_picture(data: bytes) -> bool:
    return data.startswith(BEGINNINGS) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def shrink(data: bytes, widths: tuple[int, ...]) -> list[SmallPicture]:
    """WebP copies of a picture, widest first. Raises CannotTake; never decodes in this process."""
    if not data:
        raise CannotTake("empty")
    if len(data) > MOST_BYTES:
        raise CannotTake("too_large")
    if not looks_like_a_picture(data):
        raise CannotTake("not_a_picture")
    command = [sys.executable, "-I", str(SCRIPT), *map(str, widths)]
    try:
        # No environment: neither our secrets nor the database's address are any business of a decoder.
        ran = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, env={}, check=False)  # noqa: S603 - our own script
    except subprocess.TimeoutExpired as error:
        raise CannotTake("too_heavy") from error
    return _read(ran.stdout)


def _read(out: bytes) -> list[SmallPicture]:
    """What the process said; one that was ended by its limits said nothing."""
    line, _newline, rest = out.partition(b"\n")
    if not line:
        raise CannotTake("too_heavy")
    said = json.loads(line)
    if "trouble" in said:
        raise CannotTake(said["trouble"])
    made, at = [], 0
    for one in said["pictures"]:
        made.append(SmallPicture(one["width"], one["height"], rest[at : at + one["size"]]))
        at += one["size"]
    return made
