"""Text in cells that a spreadsheet would otherwise run as a formula, and back again."""

from __future__ import annotations

import re

# What spreadsheets take for the beginning of a formula. Cells that begin with apostrophes before one of
# these are marked too: only so can the mark come off again without touching texts that had it before.
_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n]")
_MARKED = re.compile(r"'+[=+\-@\t\r\n]")


def harmless(text: str) -> str:
    """With an apostrophe in front where a spreadsheet would see a formula; `plain` takes it off again."""
    return "'" + text if _DANGEROUS.match(text) else text


def plain(text: str) -> str:
    """The text as it was before `harmless`."""
    return text[1:] if _MARKED.match(text) else text


def text_cell(text: str) -> str:
    """A text as a quoted CSV cell, harmless in a spreadsheet."""
    return '"' + harmless(text).replace('"', '""') + '"'
