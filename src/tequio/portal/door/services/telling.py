"""Word to a member that the ways into her account changed: to every proven address, also the one that goes."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from tequio.outbox.services import can_send_sms, write_letter, write_text_message
from tequio.people.models import Person

from ..enums import Changed
from ..selectors import addresses_of, telephone_of


def reach(person: Person) -> list[str]:
    """All addresses at which she is told."""
    telephone = telephone_of(person)
    numbers = [telephone.number] if telephone else []
    return [row.email for row in addresses_of(person)] + numbers


def tell(person: Person, change: Changed, *, also: Iterable[str] = ()) -> None:
    """Ask within the transaction of the change. `also`: an address that has just gone."""
    where = dict.fromkeys([*reach(person), *also])
    letters = [to for to in where if not to.startswith("+")]
    with translation.override(person.language):
        for to in letters:
            write_letter(to=to, subject=_("A change to your account at Tequio"), text=_letter(change))
        # An SMS only where no letter goes: it costs, and a small telephone has little room.
        for to in [] if letters or not can_send_sms() else where:
            write_text_message(to=to, text=f"Tequio: {change.label} {_sign_in()}")


def _letter(change: Changed) -> str:
    return "\n\n".join([str(change.label), _sign_in(), "Tequio"])


def _sign_in() -> str:
    return _("Was it not you? Then sign in, end the other devices and change it back.")
