"""A document of one page, made here: the invented papers beside answers and results."""

from __future__ import annotations

import textwrap

from django.core.files.uploadedfile import SimpleUploadedFile

LEFT, TOP, LINE = 60, 780, 18
COLUMNS = 78
NOTE = {
    "es": "Documento inventado para esta demostración.",
    "en": "A document invented for this demonstration.",
    "fr": "Document inventé pour cette démonstration.",
}


def draw(title: str, lines: list[str]) -> bytes:
    """A PDF 1.4 of one A4 page in Helvetica; letters outside Windows-1252 become “?”."""
    shown = [line for text in lines for line in textwrap.wrap(text, COLUMNS) or [""]]
    content = [f"BT /F1 18 Tf {LEFT} {TOP} Td ({_safe(title)}) Tj ET"]
    for number, line in enumerate(shown):
        content.append(f"BT /F1 11 Tf {LEFT} {TOP - 40 - LINE * number} Td ({_safe(line)}) Tj ET")
    stream = "\n".join(content).encode("cp1252", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    return _assemble(objects)


def _safe(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _assemble(objects: list[bytes]) -> bytes:
    """The objects with the table of where each begins."""
    made, begins = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        begins.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % begin for begin in begins)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + table + trailer


def upload_of(name: str, title: str, language: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", draw(title, [NOTE.get(language, NOTE["en"])]))
