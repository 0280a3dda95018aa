"""The one door for known and unknown: a code to an address or a telephone, its tries, joining."""

from __future__ import annotations

from django.db import transaction

from tequio.people.models import Person
from tequio.people.services import AddressTaken, become_member

from ..models import SignInCode
from ..selectors import person_with
from .codes import (
    DIGITS,
    KEPT,
    TRIES,
    forget_code,
    may_send,
    may_try,
    prune_codes,
    send_code,
    try_code,
)

__all__ = [
    "DIGITS",
    "KEPT",
    "TRIES",
    "forget_code",
    "join",
    "may_send",
    "may_try",
    "prune_codes",
    "send_code",
    "try_code",
]


@transaction.atomic
def join(
    row: SignInCode,
    guest: Person | None,
    *,
    name: str,
    language: str,
    year_of_birth: int | None,
    country: str = "",
) -> Person:
    """Make the member whose address was proven: of the guest, in the same row, or of nobody.

    Where another browser was faster with the same address, that member is given, and nothing is made.
    """
    email, telephone = ("", row.to) if row.is_to_telephone else (row.to, "")
    try:
        person = become_member(
            guest, name=name, language=language, year_of_birth=year_of_birth, country=country,
            email=email, telephone=telephone,
        )  # fmt: skip
    except AddressTaken:
        known = person_with(row.to)
        assert known is not None, "whose address it is was there a moment before"
        person = known
    forget_code(row)
    return person
