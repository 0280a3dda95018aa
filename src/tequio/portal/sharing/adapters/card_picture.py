"""The picture of a page as others show it beside its link: 1200 × 630 points, PNG."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, EDGE = 1200, 630, 72
PAPER, INK, SOFT, HAIR = (245, 242, 233), (29, 26, 22), (89, 81, 66), (214, 206, 188)
STRANDS = ((52, 64, 154), (160, 108, 0), (169, 67, 42), (43, 109, 92))
DOORS = {
    "ideas": (160, 108, 0),
    "training": (52, 64, 154),
    "practices": (43, 109, 92),
    "ventures": (169, 67, 42),
}
# The mark on a field of 32: (strand, left, top, right, bottom).
MARK = (
    (0, 7, 1, 13, 17.5), (0, 7, 26.5, 13, 31), (1, 19, 1, 25, 5.5), (1, 19, 14.5, 25, 31),
    (2, 1, 7, 5.5, 13), (2, 14.5, 7, 31, 13), (3, 1, 19, 17.5, 25), (3, 26.5, 19, 31, 25),
)  # fmt: skip
SIZES = (76, 68, 60, 52, 46)
MOST_LINES = {76: 3, 68: 4, 60: 4, 52: 5, 46: 6}
LONGEST = 240
FONTS = Path(__file__).parent / "fonts"


@dataclass(frozen=True)
class Card:
    """What the picture of a page says; two equal ones are one picture."""

    kind: str
    title: str
    place: str
    foot: str
    door: str = ""


def draw_card(card: Card) -> bytes:
    """Kind and place, the title as large as it fits, the site at the foot. Same card, same bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    colour = DOORS.get(card.door, INK)
    _hem(pen, colour)
    above = " · ".join(part for part in (card.kind, card.place) if part and is_covered(part, "sans"))
    pen.text((EDGE, 96), _fitted(above, 34), font=_font("sans", 34), fill=SOFT)
    font, lines = _title(card.title if is_covered(card.title, "serif") else card.place)
    for number, line in enumerate(lines):
        pen.text((EDGE, 158 + number * round(font.size * 1.2)), line, font=font, fill=INK)
    pen.line([(EDGE, 536), (WIDTH - EDGE, 536)], fill=HAIR, width=2)
    _mark(pen, EDGE, 556, 1.4)
    pen.text((EDGE + 62, 558), "Tequio", font=_font("serif", 34), fill=INK)
    if is_covered(card.foot, "sans"):
        pen.text((WIDTH - EDGE, 562), card.foot, font=_font("sans", 28), fill=SOFT, anchor="ra")
    out = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def is_covered(text: str, face: str) -> bool:
    """Whether the font at hand has a shape for every letter; a row of empty boxes helps nobody."""
    return all(_has(letter, face) for letter in set(text[:LONGEST]) if not letter.isspace())


@lru_cache(maxsize=4_096)
def _has(letter: str, face: str) -> bool:
    font = _font(face, 24)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


@lru_cache(maxsize=32)
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{face}.ttf"), size, layout_engine=ImageFont.Layout.BASIC)


def _title(text: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest size at which it fits; what does not fit at the smallest is cut with dots."""
    words = text[:LONGEST] + ("…" if len(text) > LONGEST else "")
    for size in SIZES:
        font = _font("serif", size)
        lines = wrap(words, font, WIDTH - 2 * EDGE)
        if len(lines) <= MOST_LINES[size]:
            return font, lines
    kept = lines[: MOST_LINES[SIZES[-1]]]
    last = kept[-1].rstrip(" .,;:")
    while font.getlength(last + "…") > WIDTH - 2 * EDGE:
        last = last[:-1]
    return font, [*kept[:-1], last + "…"]


def wrap(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """Lines no wider than `width` points; a word that is wider alone is broken."""
    lines, line = [], ""
    for word in text.split():
        while font.getlength(word) > width:
            fits = next(n for n in range(len(word) - 1, 0, -1) if font.getlength(word[:n]) <= width)
            lines += [line] if line else []
            lines.append(word[:fits])
            word, line = word[fits:], ""
        both = f"{line} {word}".strip()
        if font.getlength(both) <= width:
            line = both
        else:
            lines.append(line)
            line = word
    return [*lines, line] if line else lines


def _fitted(text: str, size: int) -> str:
    font = _font("sans", size)
    while text and font.getlength(text) > WIDTH - 2 * EDGE:
        text = text[:-2].rstrip() + "…" if len(text) > 2 else ""
    return text


def _hem(pen: ImageDraw.ImageDraw, colour: tuple[int, int, int]) -> None:
    """The woven edge: squares over and under, three rows."""
    side = 14
    for column in range(WIDTH // side + 1):
        for row in range(3):
            if (column + row) % 2 == 0:
                left, top = column * side, row * side
                pen.rectangle([left, top, left + side - 1, top + side - 1], fill=colour)


def _mark(pen: ImageDraw.ImageDraw, left: float, top: float, scale: float) -> None:
    for strand, x1, y1, x2, y2 in MARK:
        box = [left + x1 * scale, top + y1 * scale, left + x2 * scale - 1, top + y2 * scale - 1]
        pen.rectangle(box, fill=STRANDS[strand])
