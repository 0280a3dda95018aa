"""To whom letters may be written: she agreed to them, and the address was proven."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.models import EmailAddress

from tequio.consent.enums import Purpose
from tequio.consent.models import Consent
from tequio.consent.types import current_text


def addresses_for_letters(person_ids: Sequence[int]) -> dict[int, str]:
    """{person: her address} of those among them who agree to letters today. Two queries for any number."""
    agreeing = Consent.objects.filter(
        person__in=person_ids,
        purpose=Purpose.LETTERS,
        version=current_text(Purpose.LETTERS).version,
        is_given=True,
        person__is_active=True,
        person__is_guest=False,
    ).values_list("person_id", flat=True)
    rows = EmailAddress.objects.filter(user__in=list(agreeing), verified=True)
    ordered = rows.order_by("primary", "pk").values_list("user_id", "email")  # the primary one comes last
    return dict(ordered)
