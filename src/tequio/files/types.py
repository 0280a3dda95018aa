"""Finished values for templates."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PictureCopy:
    """Width and height in pixels, size in bytes."""

    width: int
    height: int
    size: int

    @property
    def kilobytes(self) -> int:
        return max(1, round(self.size / 1000))


@dataclass(frozen=True)
class Picture:
    """Copies from narrow to wide."""

    copies: tuple[PictureCopy, ...]

    @property
    def widest(self) -> PictureCopy:
        return self.copies[-1]
