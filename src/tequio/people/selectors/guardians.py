"""Consents of guardians, by the link in their letter."""

from __future__ import annotations

import hashlib

from django.utils import timezone

from ..models import GuardianConsent, Person


def consent_by_token(token: str) -> GuardianConsent | None:
    digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
    return GuardianConsent.objects.filter(digest=digest).select_related("person").first()


def open_asking(person: Person) -> GuardianConsent | None:
    """The letter to her guardian that waits for an answer."""
    rows = GuardianConsent.objects.filter(person=person, given_at=None, until__gt=timezone.now())
    return rows.order_by("-id").first()
