"""Recipes as values: what code declares, what is in use, and why something stands where it stands."""

from .declared import DECLARED, OPEN_NOW, declaration
from .reasons import Why, WhyPart, why
from .shape import Declaration, Feature, Parameter
from .use import Active

__all__ = [
    "DECLARED",
    "OPEN_NOW",
    "Active",
    "Declaration",
    "Feature",
    "Parameter",
    "Why",
    "WhyPart",
    "declaration",
    "why",
]
