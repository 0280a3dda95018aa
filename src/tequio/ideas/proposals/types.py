"""Money of ideas is that of the house."""

from tequio.base.money import currencies, minor_digits, say_amount

__all__ = ["currencies", "minor_digits", "say_amount"]
