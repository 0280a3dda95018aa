"""Invented ideas and problems of the demonstration, in its real places."""

from .ideas import load_ideas
from .problems import load_problems

__all__ = ["load_ideas", "load_problems"]
