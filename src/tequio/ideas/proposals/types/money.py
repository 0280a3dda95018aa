"""Money of ideas."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from babel.core import get_global
from babel.numbers import format_currency, get_currency_precision

from tequio.base.moments import locale_of


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """ISO 4217 codes that CLDR knows."""
    return frozenset(get_global("all_currencies"))


def minor_digits(currency: str) -> int:
    """How many digits its smallest coin has: 2 for EUR, 0 for XOF."""
    return int(get_currency_precision(currency)) if currency else 0


def say_amount(coins: int, currency: str) -> str:
    """As the reader writes money, without cents: it is a rough number."""
    amount = Decimal(coins).scaleb(-minor_digits(currency))
    digits = "¤#,##0" if locale_of() == "en_GB" else "#,##0 ¤"
    return format_currency(amount, currency, digits, locale=locale_of(), currency_digits=False)
