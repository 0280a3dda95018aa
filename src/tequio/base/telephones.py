"""Telephone numbers as people write them, and the one form in which they are kept (E.164)."""

from __future__ import annotations

from collections.abc import Iterable

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberType,
    format_number,
    is_valid_number,
    number_type,
    parse,
)

MOST_CHARACTERS = 40
# Lines that answer with a machine, cost the caller, or belong to nobody.
NO_SMS = {
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.VOICEMAIL,
    PhoneNumberType.PAGER,
    PhoneNumberType.UAN,
}


class NoNumber(ValueError):
    """This is no number that can get an SMS; or `codes` of several countries would fit it."""

    def __init__(self, codes: tuple[str, ...] = ()):
        super().__init__("no telephone number")
        self.codes = codes


def read_number(text: str, countries: Iterable[str] = ()) -> str:
    """+22890123456 from what was typed. A number without + is read as one of the countries (ISO 3166)
    if it is a number in exactly one of them."""
    text = text.strip()
    if len(text) > MOST_CHARACTERS:
        raise NoNumber
    if text.startswith("00"):
        text = "+" + text[2:]
    regions: Iterable[str | None] = [None] if text.startswith(("+", "\uff0b")) else countries
    found = {number for region in regions if (number := _read(text, region))}
    if len(found) != 1:
        raise NoNumber(tuple(sorted(_country_code(number) for number in found)))
    return found.pop()


def _read(text: str, region: str | None) -> str:
    try:
        number = parse(text, region)
    except NumberParseException:
        return ""
    if not is_valid_number(number) or number_type(number) in NO_SMS or number.extension:
        return ""
    return str(format_number(number, PhoneNumberFormat.E164))


def _country_code(number: str) -> str:
    return f"+{parse(number).country_code}"


def say_number(number: str) -> str:
    """+228 90 12 34 56."""
    try:
        return str(format_number(parse(number), PhoneNumberFormat.INTERNATIONAL))
    except NumberParseException:
        return number
