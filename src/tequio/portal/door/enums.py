from enum import StrEnum


class Try(StrEnum):
    """What came of a code that somebody typed."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"
