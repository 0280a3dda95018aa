"""The picture of one invented conversation, drawn here: a mast over the roofs of a quarter, its lines woven."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from tequio.files.services import store_picture
from tequio.people.models import Person

from ..models import Conversation
from ..services.pictures import set_picture
from .content import Words

WIDTH, HEIGHT = 1440, 720
PAPER, INK = (245, 242, 233), (29, 26, 22)
STRANDS = ((242, 182, 50), (52, 64, 154), (43, 109, 92), (169, 67, 42))
MAST = (720, 90)
ROOFS = tuple((60 + 150 * number, 560 - 40 * (number % 3), STRANDS[number % 4]) for number in range(9))
SAYS = Words(
    {
        "fr": "Dessin : une antenne au-dessus des toits d’un quartier, reliée à chaque maison par un fil.",
        "es": "Dibujo: una antena sobre los tejados de un barrio, unida a cada casa por un hilo.",
        "en": "Drawing: a mast above the roofs of a neighbourhood, with a line to each house.",
    }
)


def draw() -> bytes:
    """The drawing as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    for left, top, colour in ROOFS:
        pen.line([MAST, (left + 60, top)], fill=colour, width=5)
    for left, top, colour in ROOFS:
        pen.polygon([(left - 10, top + 50), (left + 60, top), (left + 130, top + 50)], fill=colour)
        pen.rectangle([left, top + 50, left + 120, HEIGHT - 30], outline=INK, width=4, fill=(255, 254, 250))
        pen.rectangle([left + 45, HEIGHT - 95, left + 75, HEIGHT - 30], fill=INK)
    pen.line([(MAST[0], MAST[1] - 40), (MAST[0], HEIGHT - 30)], fill=INK, width=10)
    for step in range(4):
        y, half = MAST[1] + 60 * step, 24 + 14 * step
        pen.line([(MAST[0] - half, y + 60), (MAST[0], y), (MAST[0] + half, y + 60)], fill=INK, width=5)
    pen.line([(0, HEIGHT - 28), (WIDTH, HEIGHT - 28)], fill=INK, width=6)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def show_picture(conversation: Conversation, translators: dict[str, str], *, by: Person) -> None:
    stored = store_picture(SimpleUploadedFile("quartier.png", draw()), by=by)
    set_picture(conversation, stored, SAYS.field(translators), by=by)
