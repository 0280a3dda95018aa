"""Whose consents are seen by whom, and who may say yes or no for somebody."""

from __future__ import annotations

from django.db.models import QuerySet

from tequio.base.actor import Actor
from tequio.people.enums import RoleName
from tequio.people.models import Person

from .enums import Channel
from .models import Consent, ConsentFact


def visible_to(person: Person | None) -> QuerySet[Consent]:
    """What somebody agreed to is seen by herself alone."""
    return Consent.objects.filter(person=person) if person else Consent.objects.none()


def facts_visible_to(person: Person | None) -> QuerySet[ConsentFact]:
    return ConsentFact.objects.filter(person=person) if person else ConsentFact.objects.none()


def can_say(by: Actor, person: Person, channel: str) -> bool:
    """On the site she herself; on paper, by SMS or by word of mouth whoever writes it down.

    That is the platform itself (an SMS that came in), or a facilitator of the place she lives in.
    """
    if by.pk is None:
        return True
    if by.pk == person.pk:
        return person.is_active
    return channel != Channel.WEB and by.holds(RoleName.FACILITATOR, person.home)
