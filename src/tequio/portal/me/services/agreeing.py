"""A switch of a consent is turned: the consent, and what rests on it."""

from __future__ import annotations

from django.db import transaction

from tequio.base.languages import current
from tequio.consent import services as consent
from tequio.consent.enums import Purpose
from tequio.ideas.deliberation.services.withdrawing import restore_answers, withdraw_answers
from tequio.ideas.proposals.services.supporting import withdraw_supports
from tequio.people.models import Person


@transaction.atomic
def turn_consent(person: Person, purpose: str, *, is_given: bool, by: Person) -> int:
    """Give or withdraw. Returns how many answers count again or no more; 0 for the other purposes."""
    if purpose == Purpose.OPINIONS:
        return restore_answers(person, by=by) if is_given else withdraw_answers(person, by=by)
    if purpose == Purpose.IDEAS and not is_given:
        withdraw_supports(person, by=by)
    elif is_given:
        consent.give(person, purpose, language=current(), by=by)
    else:
        consent.withdraw(person, purpose, language=current(), by=by)
    return 0
