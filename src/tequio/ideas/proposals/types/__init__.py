"""Places of ideas and problems, as plain values."""

from .places import Whereabouts, read_map_link

__all__ = ["Whereabouts", "read_map_link"]
