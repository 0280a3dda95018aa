"""The rules with their words, and a thing that is reported whatever its kind."""

from .rules import RULES, RuleWords
from .things import Thing

__all__ = ["RULES", "RuleWords", "Thing"]
