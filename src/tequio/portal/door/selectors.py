"""What the door and the account page show."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from tequio.catalogue.models import Item
from tequio.catalogue.permissions import visible_to
from tequio.outbox.models import Letter
from tequio.outbox.selectors import mailbox
from tequio.people.models import Person, Role

from .models import SignInCode

JOINING = timedelta(hours=1)
MOST_CONVERSATIONS = 20
CODE_IN_LETTER = re.compile(r"^\s*(\d{4} \d{4})\s*$", re.MULTILINE)


@dataclass(frozen=True)
class LetterShown:
    """A letter of the demonstration and the code in it, "" where it has none."""

    letter: Letter
    code: str

    @property
    def is_good(self) -> bool:
        return self.letter.good_until is not None and self.letter.good_until > timezone.now()


def code_of(uid: str) -> SignInCode | None:
    """The code this browser asked for."""
    try:
        return SignInCode.objects.filter(uid=uuid.UUID(uid)).first()
    except ValueError:
        return None


def is_proven(code: SignInCode | None) -> bool:
    """Whether the browser showed the right code within the last hour, and may join."""
    return code is not None and code.proven_at is not None and code.proven_at > timezone.now() - JOINING


def person_with(email: str) -> Person | None:
    """Whose proven address it is."""
    row = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    return row.user if row else None


def address_of(person: Person) -> str:
    return (
        EmailAddress.objects.filter(user=person, verified=True)
        .order_by("-primary", "id")
        .values_list("email", flat=True)
        .first()
        or ""
    )


def roles_of(person: Person) -> list[Role]:
    return list(person.roles.filter(ended_at=None).select_related("territory").order_by("granted_at", "id"))


def opened_by(person: Person) -> list[Item]:
    """Conversations she opened, drafts too, the newest first."""
    items = Item.objects.filter(author=person, kind="conversation").select_related("territory")
    return list(items.order_by("-made_at", "-id")[:MOST_CONVERSATIONS])


def taken_part_in(person: Person) -> list[Item]:
    """Conversations she answered or wrote in and may still see, the newest first."""
    items = visible_to(person).filter(
        kind="conversation", state="published", conversation__participants__person=person
    )
    return list(items.select_related("territory").order_by("-published_at", "-id")[:MOST_CONVERSATIONS])


def letters_shown() -> list[LetterShown]:
    """The demonstration's letters, the newest first."""
    shown = []
    for letter in mailbox():
        found = CODE_IN_LETTER.search(letter.text) if letter.is_secret else None
        shown.append(LetterShown(letter, found[1] if found else ""))
    return shown
