"""Guests begin, members join and change what is known of them."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.columns import insert
from tequio.base.errors import Refused
from tequio.territories.models import Territory

from ..models import Person, Telephone
from ..permissions import can_change


class AddressTaken(Exception):
    """Somebody proved this address a moment before."""


@transaction.atomic
def begin_guest(*, language: str) -> Person:
    """The row of somebody who acts for the first time."""
    person = Person(language=language, is_guest=True)
    person.set_unusable_password()
    person.save()
    return person


@transaction.atomic
def become_member(
    person: Person | None,
    *,
    email: str = "",
    telephone: str = "",
    name: str = "",
    home: Territory | None = None,
    language: str = "",
    country: str = "",
    year_of_birth: int | None = None,
) -> Person:
    """The guest becomes a member in the same row: nothing she did has to move. None: of nobody, in a new row.

    She proved an e-mail address, a telephone number (+22890123456), or both. Raises AddressTaken, with
    nothing changed, where another row holds one of them already.
    """
    if not email and not telephone:
        raise ValueError("a member has an address or a telephone")
    person = person or begin_guest(language=language or "en")
    told = {"name": name, "home": home, "language": language, "country": country}
    changes: dict[str, object] = {
        "is_guest": False, "joined_at": timezone.now(), "year_of_birth": year_of_birth,
        **{column: value for column, value in told.items() if value},
    }  # fmt: skip
    if not Person.objects.filter(pk=person.pk, is_guest=True, is_active=True).update(**changes):
        raise Refused(_("Somebody else took part in this browser meanwhile. Please sign in once more."))
    for column, value in changes.items():
        setattr(person, column, value)
    try:
        # The address answers by a unique violation; what we raise then takes all of this back.
        if email:
            insert(EmailAddress(user=person, email=email.lower(), verified=True, primary=True))
        if telephone:
            insert(Telephone(person=person, number=telephone))
    except IntegrityError as error:
        raise AddressTaken from error
    audit.record("person.join", person, by=person)
    return person


@transaction.atomic
def change_person(
    person: Person,
    *,
    name: str,
    language: str,
    home: Territory | None,
    year_of_birth: int | None,
    languages: Sequence[str] | None = None,
    by: Person,
) -> list[str]:
    """What a member says of herself. Returns the names of what changed; the record holds only these."""
    if not can_change(by, person):
        raise Refused(_("Only she herself can change this."))
    wanted: dict[str, object] = {
        "name": name,
        "language": language,
        "home": home,
        "year_of_birth": year_of_birth,
    }
    if languages is not None:
        wanted["languages"] = list(dict.fromkeys(languages))
    changed = sorted(field for field, value in wanted.items() if getattr(person, field) != value)
    if changed:
        for field in changed:
            setattr(person, field, wanted[field])
        person.save(update_fields=changed)
        audit.record("person.change", person, by=by, changed=changed)
    return changed


from .roles import end_role, grant_role  # noqa: E402  (known by this name everywhere)

__all__ = [
    "AddressTaken",
    "become_member",
    "begin_guest",
    "change_person",
    "end_role",
    "grant_role",
]
