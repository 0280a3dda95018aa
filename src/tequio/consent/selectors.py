"""What somebody agreed to, and who agreed to something."""

from __future__ import annotations

from tequio.people.models import Person

from .enums import Purpose
from .models import Consent, ConsentFact
from .permissions import facts_visible_to, visible_to
from .types import Standing, current_text


def has_consent(person: Person | None, purpose: str, *, version: str = "") -> bool:
    """Whether she agrees today to the text of `purpose`: the one of today, or `version`."""
    if person is None:
        return False
    wanted = version or current_text(purpose).version
    return Consent.objects.filter(person=person, purpose=purpose, version=wanted, is_given=True).exists()


def persons_agreeing(purpose: str) -> set[int]:
    """Ids of all who agree today to today's text: for letters and for exports."""
    version = current_text(purpose).version
    rows = Consent.objects.filter(purpose=purpose, version=version, is_given=True, person__is_active=True)
    return set(rows.values_list("person_id", flat=True))


def standings(person: Person | None) -> list[Standing]:
    """Every purpose, in the order of the list, as her switches show it; one query."""
    found: dict[str, Consent] = {}
    for row in visible_to(person).order_by("is_given", "at", "id"):  # what is given, and newest, comes last
        found[row.purpose] = row
    return [_standing(purpose, found.get(purpose)) for purpose in Purpose]


def _standing(purpose: Purpose, row: Consent | None) -> Standing:
    text = current_text(purpose)
    if row is None:
        return Standing(purpose, text)
    return Standing(purpose, text, row.is_given, row.version, row.language, row.channel, row.at)


def history_of(person: Person | None) -> list[ConsentFact]:
    """Everything she said yes or no to, newest first."""
    return list(facts_visible_to(person).order_by("-id"))
