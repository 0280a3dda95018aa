"""From which age somebody may do something alone, per country.

GDPR Art. 8(1) lets a state choose an age from 13 to 16 for consent to online services; without a law of its own it is 16.
Only the year of birth is known, so an age is a range, and whoever may be younger is treated as younger.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MAJORITY = 18
# No account below, in no country, a guardian or not; a vote made for the young begins a year earlier, on paper or in school.
YOUNGEST = 13
YOUNGEST_IN_YOUTH_BUDGET = 12
# The lower ages of Art. 8 are for consent under Art. 6(1)(a); opinions need that of Art. 9, which names none.
SPECIAL_DATA = 16
DEFAULT = 16


class Feature(StrEnum):
    JOIN = "join"
    PUBLIC_PROFILE = "public_profile"
    MESSAGES_FROM_ADULTS = "messages_from_adults"
    DELIBERATION = "deliberation"
    YOUTH_BUDGET = "youth_budget"
    SPECIAL_DATA = "special_data"


class Answer(StrEnum):
    """Whether she may: on her own word, with a guardian's, or not yet."""

    ALONE = "alone"
    WITH_GUARDIAN = "with_guardian"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class Ages:
    """The youngest and the oldest she can be today, in whole years."""

    youngest: int
    oldest: int


@dataclass(frozen=True)
class Law:
    """Age of consent online, by which text, since which year that text has it."""

    code: str
    age: int
    source: str
    since: int


LAWS: tuple[Law, ...] = (
    Law("AT", 14, "Datenschutzgesetz § 4(4)", 2018),
    Law("BE", 13, "Loi du 30 juillet 2018, art. 7", 2018),
    Law("BG", 14, "Закон за защита на личните данни, чл. 25в", 2019),
    Law("CY", 14, "Ν. 125(Ι)/2018, άρθ. 8", 2018),
    Law("CZ", 15, "Zákon č. 110/2019 Sb., § 7", 2019),
    Law("DE", 16, "GDPR Art. 8(1)", 2018),
    Law("DK", 15, "Databeskyttelsesloven § 6(2)", 2024),
    Law("EE", 13, "Isikuandmete kaitse seadus § 8", 2019),
    Law("ES", 14, "Ley Orgánica 3/2018, art. 7", 2018),
    Law("FI", 13, "Tietosuojalaki 1050/2018, 5 §", 2019),
    Law("FR", 15, "Loi n° 78-17, art. 45", 2018),
    Law("GR", 15, "Ν. 4624/2019, άρθ. 21", 2019),
    Law("HR", 16, "Zakon o provedbi Opće uredbe, čl. 19", 2018),
    Law("HU", 16, "GDPR Art. 8(1)", 2018),
    Law("IE", 16, "Data Protection Act 2018, s. 31", 2018),
    Law("IT", 14, "D.lgs. 196/2003, art. 2-quinquies", 2018),
    Law("LT", 14, "Asmens duomenų teisinės apsaugos įstatymas, 6 str.", 2018),
    Law("LU", 16, "GDPR Art. 8(1)", 2018),
    Law("LV", 13, "Fizisko personu datu apstrādes likums, 33. p.", 2018),
    Law("MT", 13, "S.L. 586.11", 2018),
    Law("NL", 16, "Uitvoeringswet AVG, art. 5", 2018),
    Law("PL", 16, "GDPR Art. 8(1)", 2018),
    Law("PT", 13, "Lei n.º 58/2019, art. 16.º", 2019),
    Law("RO", 16, "GDPR Art. 8(1)", 2018),
    Law("SE", 13, "Lag 2018:218, 2 kap. 4 §", 2018),
    Law("SI", 15, "ZVOP-2, 8. člen", 2023),
    Law("SK", 16, "Zákon č. 18/2018 Z. z., § 15", 2018),
    Law("IS", 13, "Lög nr. 90/2018, 10. gr.", 2018),
    Law("LI", 16, "GDPR Art. 8(1)", 2018),
    Law("NO", 13, "Personopplysningsloven § 5", 2018),
    Law("GB", 13, "Data Protection Act 2018, s. 9", 2018),
    Law("CA", 13, "LPRPDE / PIPEDA, Guidelines for obtaining meaningful consent", 2019),
    Law("CA-QC", 14, "RLRQ, c. P-39.1, art. 4.1 et 14", 2023),
    # No age of its own in the data laws: who comes of age by civil law may consent.
    Law("MX", 18, "Código Civil Federal, arts. 23, 646 y 647", 1970),
    Law("TG", 18, "Loi n° 2019-014, art. 14; majorité civile", 2019),
)
BY_CODE = {law.code: law for law in LAWS}
ELSEWHERE = Law("", DEFAULT, "", 2018)


def law_of(country: str) -> Law:
    """The law of "ES", "CA-QC" or a place in them ("CA-QC-limoilou"); where none is known, the cautious one."""
    parts = country.split("-")
    codes = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((BY_CODE[code] for code in codes if code in BY_CODE), ELSEWHERE)


def ages_of(year_of_birth: int | None, this_year: int) -> Ages | None:
    """Born in that year she is one of two ages, whatever the day; None where the year was not told."""
    if year_of_birth is None:
        return None
    oldest = this_year - year_of_birth
    return Ages(oldest - 1, oldest)


def may(feature: str, ages: Ages | None, country: str) -> Answer:
    """Whether somebody of `ages` in `country` may. Who left the year empty said that she is grown up."""
    if ages is None:
        return Answer.ALONE
    age, law = ages.youngest, law_of(country)
    match Feature(feature):
        case Feature.PUBLIC_PROFILE | Feature.MESSAGES_FROM_ADULTS:
            return Answer.ALONE if age >= MAJORITY else Answer.NOT_YET
        case Feature.YOUTH_BUDGET:
            lowest, alone = YOUNGEST_IN_YOUTH_BUDGET, law.age
        case Feature.SPECIAL_DATA:
            lowest, alone = YOUNGEST, max(SPECIAL_DATA, law.age)
        case Feature.JOIN | Feature.DELIBERATION:
            lowest, alone = YOUNGEST, law.age
    if age >= alone:
        return Answer.ALONE
    return Answer.WITH_GUARDIAN if age >= lowest else Answer.NOT_YET
