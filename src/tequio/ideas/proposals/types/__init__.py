"""Money and places of ideas and problems, as plain values."""

from .money import currencies, minor_digits, say_amount
from .places import Whereabouts, read_map_link

__all__ = ["Whereabouts", "currencies", "minor_digits", "read_map_link", "say_amount"]
