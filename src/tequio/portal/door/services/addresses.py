"""A member's addresses and her telephone: each is added only once its code came back."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.people.models import Person, Telephone
from tequio.people.permissions import can_change

from ..enums import Changed
from ..models import SignInCode
from ..selectors import addresses_of, telephone_of
from .codes import forget_code
from .telling import reach, tell

MOST_ADDRESSES = 5


def _own(person: Person, by: Person) -> None:
    """Hers alone, and one change at a time."""
    if not can_change(by, person):
        raise Refused(_("Only she herself can change this."))
    Person.objects.select_for_update().get(pk=person.pk)


@transaction.atomic
def add_proven(code: SignInCode, person: Person, *, by: Person) -> None:
    """What she proved by `code` is hers from now on. A new number takes the place of the one before."""
    _own(person, by)
    if code.proven_at is None or code.person_id != person.pk:
        raise ValueError("the code was not proven by this person")
    before = reach(person)
    forget_code(code)
    if code.to in before:
        return
    try:
        # The row answers by a unique violation, which would spoil the caller's transaction.
        with transaction.atomic():
            row, change = _add(code, person)
    except IntegrityError as error:
        raise Refused(
            _("This belongs to another account. Sign in there and remove it first."), "taken"
        ) from error
    audit.record(f"{'telephone' if code.is_to_telephone else 'address'}.add", row, by=by, person=person.pk)
    tell(person, change, also=before)


def _add(code: SignInCode, person: Person) -> tuple[EmailAddress | Telephone, Changed]:
    if code.is_to_telephone:
        Telephone.objects.filter(person=person).delete()
        return Telephone.objects.create(person=person, number=code.to), Changed.TELEPHONE_ADDED
    addresses = addresses_of(person)
    if len(addresses) >= MOST_ADDRESSES:
        raise Refused(_("An account holds five addresses at most. Remove one first."), "too_many")
    EmailAddress.objects.filter(user=person, email=code.to, verified=False).delete()
    row = EmailAddress.objects.create(user=person, email=code.to, verified=True, primary=not addresses)
    return row, Changed.ADDRESS_ADDED


@transaction.atomic
def make_main(person: Person, address: EmailAddress, *, by: Person) -> None:
    _own(person, by)
    if address.user_id != person.pk or not address.verified:
        raise ValueError("not an address of this person")
    if address.primary:
        return
    EmailAddress.objects.filter(user=person, primary=True).update(primary=False)
    EmailAddress.objects.filter(pk=address.pk).update(primary=True)
    audit.record("address.main", address, by=by, person=person.pk)
    tell(person, Changed.MAIN_ADDRESS)


@transaction.atomic
def remove_address(person: Person, address: EmailAddress, *, by: Person) -> None:
    """The last way to reach her stays. The one that follows becomes the main one."""
    _own(person, by)
    if address.user_id != person.pk:
        raise ValueError("not an address of this person")
    before = reach(person)
    _not_the_last(before)
    audit.record("address.remove", address, by=by, person=person.pk)
    address.delete()
    rest = addresses_of(person)
    if rest and not rest[0].primary:
        EmailAddress.objects.filter(pk=rest[0].pk).update(primary=True)
    tell(person, Changed.ADDRESS_REMOVED, also=before)


@transaction.atomic
def remove_telephone(person: Person, *, by: Person) -> None:
    _own(person, by)
    before, telephone = reach(person), telephone_of(person)
    if telephone is None:
        return
    _not_the_last(before)
    audit.record("telephone.remove", telephone, by=by, person=person.pk)
    telephone.delete()
    tell(person, Changed.TELEPHONE_REMOVED, also=before)


def _not_the_last(reachable: list[str]) -> None:
    if len(reachable) < 2:
        raise Refused(_("This is the only way to reach you. Add another one first."), "last")
