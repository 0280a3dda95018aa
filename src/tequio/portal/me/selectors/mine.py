"""My page: what waits for me, what became of mine, what I am here, what I agreed to. Each flat is asked; nothing is stored."""

from __future__ import annotations

from allauth.account.models import EmailAddress

from tequio.people.models import Person


def address_of(person: Person) -> str:
    """Where her letters go."""
    rows = EmailAddress.objects.filter(user=person, verified=True).order_by("-primary", "id")
    return rows.values_list("email", flat=True).first() or ""
