"""Tequio: work done together for the community."""

__version__ = "0.1.0"
