"""Money as whole numbers of the smallest coin of a currency (ISO 4217), and as readers write it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from babel.core import get_global
from babel.numbers import (
    format_currency,
    get_currency_precision,
    get_territory_currencies,
)

from .moments import locale_of


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """ISO 4217 codes that CLDR knows."""
    return frozenset(get_global("all_currencies"))


def minor_digits(currency: str) -> int:
    """How many digits its smallest coin has: 2 for EUR, 0 for XOF."""
    return int(get_currency_precision(currency)) if currency else 0


def coins_of(amount: Decimal, currency: str) -> int:
    """Whole units of the currency, as its smallest coins."""
    return round(amount.scaleb(minor_digits(currency)))


def units_of(coins: int, currency: str) -> Decimal:
    """The smallest coins, as whole units of the currency."""
    return Decimal(coins).scaleb(-minor_digits(currency))


def say_amount(coins: int, currency: str) -> str:
    """As the reader writes money, without cents: it is a rough number."""
    digits = "¤#,##0" if locale_of() == "en_GB" else "#,##0\u00a0¤"
    said = format_currency(
        units_of(coins, currency), currency, digits, locale=locale_of(), currency_digits=False
    )
    return _apart(said)


def say_exactly(coins: int, currency: str) -> str:
    """As the reader writes money, with the cents where there are any."""
    return _apart(format_currency(units_of(coins, currency), currency, locale=locale_of()))


def _apart(said: str) -> str:
    """Letters and digits stand apart (CLDR, alphaNextToNumber): F CFA 100, but €100."""
    return re.sub(r"(?<=[^\W\d_])(?=\d)", "\u00a0", said)


def currency_of(code: str) -> str:
    """The currency of the country that a place's code begins with, as CLDR has it; "" where none is known."""
    found = get_territory_currencies(code[:2].upper()) if code[:2].isalpha() else []
    return str(found[0]) if found else ""
