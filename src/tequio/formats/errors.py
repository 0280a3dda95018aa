"""What is wrong with a file, said so that a person can find the place and mend it."""

from __future__ import annotations

LONGEST_QUOTE = 60


class FormatError(ValueError):
    """A file that cannot be read: which one, where, what was expected and what stood there.

    line counts from 1 with the header as line 1; column is the column's name, or its number.
    """

    def __init__(
        self,
        file: str,
        *,
        expected: str,
        found: str,
        line: int | None = None,
        column: str | int | None = None,
    ):
        self.file, self.line, self.column = file, line, column
        self.expected, self.found = expected, found
        place = [file]
        if line is not None:
            place.append(f"line {line}")
        if column is not None:
            place.append(f"column {column}")
        super().__init__(f"{', '.join(place)}: expected {expected}, found {found}")


def quoted(text: str) -> str:
    """A cell's text for a message: shortened, on one line, in quotation marks."""
    if text == "":
        return "nothing"
    shown = text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"
    return "“" + "".join(c if c.isprintable() else repr(c)[1:-1] for c in shown) + "”"
