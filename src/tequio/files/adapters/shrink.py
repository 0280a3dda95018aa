"""Run as a process of its own: reads a picture from stdin, writes smaller WebP copies to stdout.

Nothing of the house is imported here: the process holds Pillow, the upload, and no secret. It limits its own
memory and time before it looks at a byte. Out comes one line of JSON, {"trouble": …} or {"pictures": [{width,
height, size}]}, and then the pictures one behind the other. EXIF, position, colour profiles and comments stay behind.
"""

from __future__ import annotations

import io
import json
import sys
from typing import IO, Any

MEMORY_BYTES = 640 * 1024 * 1024
CPU_SECONDS = 10
MOST_PIXELS = 25_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
QUALITY = 78


class Trouble(Exception):
    """The word that says why the picture is not taken."""


def limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # a system without limits; the parent's clock still holds
        return
    for what, most in (
        ("RLIMIT_AS", MEMORY_BYTES),
        ("RLIMIT_CPU", CPU_SECONDS),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
    ):
        # One at a time: a system may refuse one of them (macOS the memory) and hold the others.
        try:
            resource.setrlimit(getattr(resource, what), (most, most))
        except (ValueError, OSError):
            continue


def open_header(data: bytes) -> Any:
    """The picture as its header describes it; no pixel is read."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # our own limit follows, and it refuses instead of warning
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise Trouble("not_a_picture") from error
    if picture.width * picture.height > MOST_PIXELS:
        raise Trouble("too_many_pixels")
    # Telephones write two views into one JPEG ("MPO"): its first is the picture.
    if picture.format != "MPO" and getattr(picture, "is_animated", False):
        raise Trouble("animated")
    return picture


def shrink(data: bytes, widths: list[int]) -> list[tuple[int, int, bytes]]:
    """(width, height, WebP) for each width, widest first, never wider than the picture itself."""
    from PIL import Image, ImageOps

    picture = open_header(data)
    widest = max(widths)
    if picture.format in ("JPEG", "MPO"):
        picture.draft("RGB", (widest, widest))
    picture.load()
    picture = ImageOps.exif_transpose(picture)
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    picture = picture.convert("RGBA" if has_alpha else "RGB")
    made = []
    for width in sorted({min(width, picture.width) for width in widths}, reverse=True):
        height = max(1, round(picture.height * width / picture.width))
        if height > 4 * width:
            raise Trouble("broken_picture")
        picture = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        out = io.BytesIO()
        plain = Image.frombytes(picture.mode, picture.size, picture.tobytes())
        plain.save(out, "WEBP", quality=QUALITY, method=4)
        made.append((width, height, out.getvalue()))
    return made


def answer(data: bytes, widths: list[int]) -> tuple[dict[str, Any], list[bytes]]:
    try:
        made = shrink(data, widths)
    except Trouble as trouble:
        return {"trouble": str(trouble)}, []
    except MemoryError:
        return {"trouble": "too_heavy"}, []
    except Exception:  # whatever a decoder stumbles over: the picture is at fault, not the platform
        return {"trouble": "broken_picture"}, []
    said = [{"width": width, "height": height, "size": len(packed)} for width, height, packed in made]
    return {"pictures": said}, [packed for _width, _height, packed in made]


def main(arguments: list[str], source: IO[bytes], target: IO[bytes]) -> None:
    limit_this_process()
    said, pictures = answer(source.read(), [int(width) for width in arguments])
    target.write(json.dumps(said).encode() + b"\n")
    for packed in pictures:
        target.write(packed)
    target.flush()


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)
