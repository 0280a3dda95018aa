"""How alike two texts are, for "is it there already?"."""

from .compare import EMPTY_WORDS, Likeness, Text, compare, read_text

__all__ = ["EMPTY_WORDS", "Likeness", "Text", "compare", "read_text"]
