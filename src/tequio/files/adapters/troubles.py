"""What the readers of uploads raise: a word of `enums.Trouble`."""

from __future__ import annotations


class CannotTake(Exception):
    """The upload is not taken; `trouble` is the value of a `Trouble`."""

    def __init__(self, trouble: str):
        super().__init__(trouble)
        self.trouble = str(trouble)
