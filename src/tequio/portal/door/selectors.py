"""What the door and the account page show."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import segno
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.utils import timezone

from tequio.base.columns import find
from tequio.outbox.models import Letter, TextMessage
from tequio.outbox.selectors import mailbox, text_messages
from tequio.people.models import Device, Person, Telephone
from tequio.territories.enums import TerritoryKind
from tequio.territories.models import Territory
from tequio.territories.selectors import countries_above

from .models import AddressChange, SignInCode
from .permissions import visible_to as changes_visible_to
from .types import Square

JOINING = timedelta(hours=1)
MOST_CHANGES = 50
CODE_IN_LETTER = re.compile(r"^\s*(\d{4} \d{4})\b", re.MULTILINE)


@dataclass(frozen=True)
class LetterShown:
    """A letter or SMS of the demonstration and the code in it, "" where it has none."""

    letter: Letter | TextMessage
    code: str

    @property
    def is_sms(self) -> bool:
        return isinstance(self.letter, TextMessage)

    @property
    def is_good(self) -> bool:
        return self.letter.good_until is not None and self.letter.good_until > timezone.now()


@dataclass(frozen=True)
class DeviceShown:
    """`is_this`: the browser that asks."""

    row: Device
    is_this: bool

    @property
    def seen_at(self) -> datetime:
        """Midday, so that it is the same day in nearly every zone."""
        return datetime.combine(self.row.seen_on, time(12), UTC)


@dataclass(frozen=True)
class Passkey:
    pk: int
    name: str
    made_at: datetime
    used_at: datetime | None


def code_of(uid: str) -> SignInCode | None:
    """The code this browser asked for."""
    try:
        return find(SignInCode, uid=uuid.UUID(uid))
    except ValueError:
        return None


def is_proven(code: SignInCode | None) -> bool:
    """Whether the browser showed the right code within the last hour, and may join."""
    return code is not None and code.proven_at is not None and code.proven_at > timezone.now() - JOINING


def person_with(address: str) -> Person | None:
    """Whose proven address or telephone it is."""
    if address.startswith("+"):
        telephone = Telephone.objects.filter(number=address).select_related("person").first()
        return telephone.person if telephone else None
    row = EmailAddress.objects.filter(email=address, verified=True).select_related("user").first()
    return row.user if row else None


def addresses_of(person: Person) -> list[EmailAddress]:
    """Her proven e-mail addresses, the main one first."""
    return list(EmailAddress.objects.filter(user=person, verified=True).order_by("-primary", "id"))


def telephone_of(person: Person) -> Telephone | None:
    return Telephone.objects.filter(person=person).first()


def address_of(person: Person) -> str:
    """Where a code reaches her: her main address, else her telephone."""
    addresses = addresses_of(person)
    if addresses:
        return addresses[0].email
    telephone = telephone_of(person)
    return telephone.number if telephone else ""


def countries_for(person: Person | None) -> list[str]:
    """Whose numbers may be written without their country: that of her place, else all countries here."""
    if person is not None and person.home_id is not None:
        own = [place.code for place, _below in countries_above([person.home_id])]
        if own:
            return own
    return list(Territory.objects.filter(kind=TerritoryKind.COUNTRY).values_list("code", flat=True))


def devices_of(person: Person, session_key: str | None) -> list[DeviceShown]:
    """Where she is signed in: this browser first, then who was seen last."""
    shown = [DeviceShown(row, row.session_key == session_key) for row in Device.objects.filter(person=person)]
    return sorted(shown, key=lambda one: (not one.is_this, -one.row.seen_on.toordinal(), -one.row.pk))


def passkeys_of(person: Person) -> list[Passkey]:
    rows = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN).order_by("id")
    return [Passkey(row.pk, row.data["name"], row.created_at, row.last_used_at) for row in rows]


def addresses_visible_to(person: Person) -> QuerySet[EmailAddress]:
    return EmailAddress.objects.filter(user=person, verified=True)


def devices_visible_to(person: Person) -> QuerySet[Device]:
    return Device.objects.filter(person=person)


def passkeys_visible_to(person: Person) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)


def square_of(text: str) -> Square:
    """The QR code of a text, with its quiet zone of four fields."""
    matrix = segno.make(text, error="m", micro=False).matrix
    fields = [
        f"M{column + 4} {row + 4}h1v1h-1z"
        for row, line in enumerate(matrix)
        for column, dark in enumerate(line)
        if dark
    ]
    return Square(len(matrix) + 8, "".join(fields))


@dataclass(frozen=True)
class WaysIn:
    """What the account page says of signing in; `codes_left` is None where she has no recovery codes."""

    addresses: list[EmailAddress]
    telephone: Telephone | None
    passkeys: int
    has_password: bool
    has_second_step: bool
    codes_left: int | None
    devices: int


def ways_in(person: Person) -> WaysIn:
    rows = list(Authenticator.objects.filter(user=person))
    kinds = [row.type for row in rows]
    codes = next((row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES), None)
    return WaysIn(
        addresses=addresses_of(person),
        telephone=telephone_of(person),
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        has_password=person.has_usable_password(),
        has_second_step=Authenticator.Type.TOTP in kinds,
        codes_left=len(codes.wrap().get_unused_codes()) if codes else None,
        devices=Device.objects.filter(person=person).count(),
    )


def has_second_step(person: Person) -> bool:
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


def changes_for(steward: Person) -> list[AddressChange]:
    """Changes of address in her places, the newest first."""
    pks = changes_visible_to(steward).values("pk")
    rows = AddressChange.objects.filter(pk__in=pks).select_related("person", "started_by")
    return list(rows.order_by("-started_at", "-id")[:MOST_CHANGES])


def change_waiting_for(person: Person) -> AddressChange | None:
    return AddressChange.objects.filter(person=person, ended_at=None).first()


def letters_shown() -> list[LetterShown]:
    """The demonstration's letters and SMS, the newest first."""
    shown = []
    rows: list[Letter | TextMessage] = [*mailbox(), *text_messages()]
    for letter in rows:
        found = CODE_IN_LETTER.search(letter.text) if letter.is_secret else None
        shown.append(LetterShown(letter, found[1] if found else ""))
    return sorted(shown, key=lambda one: one.letter.written_at, reverse=True)
