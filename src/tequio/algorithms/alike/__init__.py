"""How alike two texts are, for "is it there already?"."""

from .compare import Likeness, Text, compare, read_text

__all__ = ["Likeness", "Text", "compare", "read_text"]
