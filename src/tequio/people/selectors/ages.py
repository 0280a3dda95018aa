"""The table of ages as people read it."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale
from django.utils.translation import gettext as _

from tequio.base.languages import current
from tequio.base.text import fold

from ..types.ages import LAWS, SPECIAL_DATA, Law


@dataclass(frozen=True)
class AgeRow:
    """A country of the table: from which age somebody joins alone, and shares opinions alone."""

    name: str
    law: Law

    @property
    def opinions(self) -> int:
        return max(SPECIAL_DATA, self.law.age)


def country_name(code: str) -> str:
    """“Québec (Canada)” for CA-QC, else as CLDR has it."""
    names = Locale.parse(current()).territories
    if code == "CA-QC":
        return _("Quebec (Canada)")
    if code == "CA":
        return _("Canada, other than Quebec")
    return str(names.get(code, code))


def age_table() -> list[AgeRow]:
    rows = [AgeRow(country_name(law.code), law) for law in LAWS]
    return sorted(rows, key=lambda row: fold(row.name))


def country_choices() -> list[tuple[str, str]]:
    """The countries whose age is known, by name; "" is any other."""
    return [("", _("Another country, or not said")), *((row.law.code, row.name) for row in age_table())]
