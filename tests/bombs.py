"""Small files that would become large, and pictures of every kind; all made here."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image


def picture(
    width: int = 40, height: int = 30, *, kind: str = "PNG", mode: str = "RGB", **options: Any
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), 120 if mode in ("L", "P", "1") else None).save(out, kind, **options)
    return out.getvalue()


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A header that promises 900 million pixels, and as many zeros, packed."""
    head = struct.pack(">2I5B", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compressobj(9)
    packed = b"".join(rows.compress(bytes(1 + width // 8)) for _ in range(2_000)) + rows.flush()
    return (
        b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + png_chunk(b"IDAT", packed) + png_chunk(b"IEND", b"")
    )


def png_with_a_long_text(megabytes: int = 200) -> bytes:
    """A small picture with a packed comment that is long."""
    packed = zlib.compressobj(9)
    text = b"".join(packed.compress(bytes(1_000_000)) for _ in range(megabytes)) + packed.flush()
    good = picture()
    return good[:33] + png_chunk(b"zTXt", b"Comment\0\0" + text) + good[33:]


def gif_bomb() -> bytes:
    """A screen of 65,535 by 65,535 points."""
    return (
        b"GIF89a"
        + struct.pack("<2H3B", 65_535, 65_535, 0, 0, 0)
        + b",\0\0\0\0\xff\xff\xff\xff\0\x02\x02L\x01\0;"
    )


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue", "green")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def with_place_and_turn() -> bytes:
    """A JPEG of a telephone: where it was taken, and that it has to be turned."""
    image = Image.new("RGB", (60, 40), (200, 30, 30))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Telephone of Ama"
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (6.0, 7.0, 50.0)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"Ama's house")
    return out.getvalue()


def archive(*members: tuple[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", kind) as file:
        for name, content in members:
            file.writestr(zipfile.ZipInfo(name) if kind == zipfile.ZIP_STORED else name, content)
    return out.getvalue()


def docx(*more: tuple[str, bytes]) -> bytes:
    return archive(
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", b"<w:document>We agree.</w:document>"),
        *more,
    )


def odt(said: bytes = b"application/vnd.oasis.opendocument.text") -> bytes:
    return archive(("mimetype", said), ("content.xml", b"<office:text/>"), kind=zipfile.ZIP_STORED)


def flagged(data: bytes) -> bytes:
    """The same archive, its entries marked as protected by a password."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 8] + b"\x01" + data[at + 9 :]


def overlapping() -> bytes:
    """Entries that all stand on the same bytes."""
    data = docx(("word/kernel.xml", bytes(60_000)))
    start = data.index(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    last = data.rindex(b"PK\x01\x02")
    directory = data[start:end] + data[last:end] * 300
    entries = 3 + 300
    return (
        data[:start]
        + directory
        + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, entries, entries, len(directory), start, 0)
    )
