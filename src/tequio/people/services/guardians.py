"""Asking a guardian, her yes, and taking it back."""

from __future__ import annotations

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import SYSTEM
from tequio.base.errors import Refused
from tequio.base.links import absolute
from tequio.guards.services import spend
from tequio.outbox.services import write_letter, write_text_message

from ..models import GuardianConsent, Person
from ..permissions import can_change, can_take_back
from ..types.ages import Answer, Feature, ages_of, may
from . import AddressTaken, become_member
from .roles import digest_of

GOOD_FOR = timedelta(days=7)
# Of the words on the guardian's page; changed words are a new version.
VERSION = "guardian-1"
# To one address: a letter a stranger made us write is a letter too many.
LETTERS_A_DAY = 3


@transaction.atomic
def ask_guardian(
    *,
    guardian_email: str,
    to: str,
    name: str,
    language: str,
    country: str,
    year_of_birth: int,
    guest: Person | None,
) -> GuardianConsent:
    """Keep what she typed for a week, and write to the guardian. There is no account before the yes."""
    ages = ages_of(year_of_birth, timezone.now().year)
    if may(Feature.JOIN, ages, country) != Answer.WITH_GUARDIAN:
        raise Refused(_("At this age no guardian can be asked."))
    if guardian_email == to:
        raise Refused(_("This is your own address. Write that of a grown-up."), code="own_address")
    spend("guardian.letter", who=guardian_email, limit=LETTERS_A_DAY, seconds=86_400)
    token, now = secrets.token_urlsafe(32), timezone.now()
    GuardianConsent.objects.filter(to=to, given_at=None).delete()
    row = GuardianConsent.objects.create(
        person=guest if guest and guest.is_guest else None, digest=digest_of(token), to=to,
        guardian_email=guardian_email, name=name, language=language, country=country,
        year_of_birth=year_of_birth, asked_at=now, until=now + GOOD_FOR,
    )  # fmt: skip
    _write(guardian_email, language, token, name)
    return row


@transaction.atomic
def ask_guardian_of(person: Person, *, guardian_email: str, by: Person) -> GuardianConsent:
    """The same for a member who has an account: she told her year later, or moved to another country."""
    if not can_change(by, person) or person.year_of_birth is None:
        raise Refused(_("Only you yourself can ask."))
    spend("guardian.letter", who=guardian_email, limit=LETTERS_A_DAY, seconds=86_400)
    if EmailAddress.objects.filter(user=person, email=guardian_email, verified=True).exists():
        raise Refused(_("This is your own address. Write that of a grown-up."), code="own_address")
    token, now = secrets.token_urlsafe(32), timezone.now()
    GuardianConsent.objects.filter(person=person, given_at=None).delete()
    row = GuardianConsent.objects.create(
        person=person, digest=digest_of(token), guardian_email=guardian_email, language=person.language,
        year_of_birth=person.year_of_birth, asked_at=now, until=now + GOOD_FOR,
    )  # fmt: skip
    _write(guardian_email, person.language, token, person.shown_name)
    return row


def _write(to: str, language: str, token: str, name: str) -> None:
    first = name.split()[0] if name.strip() else ""
    with translation.override(language):
        who = _("Somebody called “%(name)s”") % {"name": first} if first else _("Somebody")
        text = [
            _("%(who)s wants to take part on Tequio and named you as parent or guardian.") % {"who": who},
            _("At this age the law asks for your consent. This page says what it is about. There you say yes or no:"),
            absolute(reverse("people:guardian", args=[token])),
            _("Keep this letter: with the same link you can take your consent back. Without an answer within seven days all is erased."),
            "Tequio",
        ]  # fmt: skip
        subject = _("May your child take part?")
    write_letter(to=to, subject=subject, text="\n\n".join(text), is_secret=True)


@transaction.atomic
def give_consent(row: GuardianConsent) -> Person:
    """The guardian said yes: the account begins, or the one that is there may now take part. What was typed goes."""
    row = GuardianConsent.objects.select_for_update(of=("self",)).select_related("person").get(pk=row.pk)
    if not row.is_waiting:
        raise Refused(_("This link is over."), code="over")
    address, person = row.to, row.person
    if address or person is None:
        person = _make_member(row)
    row.person, row.given_at = person, timezone.now()
    row.to = row.guardian_email = row.name = row.country = ""
    row.year_of_birth = None
    row.save()
    person.__dict__.pop("has_guardian", None)
    audit.record("guardian.consent", person, by=SYSTEM, consent=row.pk, version=VERSION)
    if address:
        _tell(address, person)
    return person


def _make_member(row: GuardianConsent) -> Person:
    """Of the guest she was, unless somebody else signed in in that browser meanwhile and it became hers."""
    is_hers = row.person is not None and row.person.is_guest and row.person.is_active
    guest = row.person if is_hers and row.person else None
    email, telephone = ("", row.to) if row.to.startswith("+") else (row.to, "")
    try:
        return become_member(
            guest, email=email, telephone=telephone, name=row.name, language=row.language, country=row.country,
            year_of_birth=row.year_of_birth,
        )  # fmt: skip
    except AddressTaken:
        raise Refused(_("This address has an account already."), code="taken") from None


def _tell(address: str, person: Person) -> None:
    with translation.override(person.language):
        text = [
            _("Your guardian agreed. You have an account now. Sign in with this address:"),
            absolute(reverse("door:sign_in")),
            "Tequio",
        ]
        subject = _("You can take part now")
    if address.startswith("+"):
        write_text_message(to=address, text="\n".join(text))
    else:
        write_letter(to=address, subject=subject, text="\n\n".join(text))


@transaction.atomic
def say_no(row: GuardianConsent) -> None:
    """Before: all that was typed is erased. After: the account closes at once, as if by herself."""
    row = GuardianConsent.objects.select_for_update(of=("self",)).select_related("person").get(pk=row.pk)
    if can_take_back(row) and row.person is not None:
        row.withdrawn_at = timezone.now()
        row.save(update_fields=["withdrawn_at"])
        Person.objects.filter(pk=row.person.pk).update(is_active=False)
        audit.record("guardian.withdraw", row.person, by=SYSTEM, consent=row.pk)
    elif row.is_waiting:
        row.delete()
    else:
        raise Refused(_("This link is over."), code="over")


def prune_guardians() -> int:
    """What was typed and never agreed to does not stay longer than a week."""
    over = GuardianConsent.objects.filter(given_at=None, until__lt=timezone.now())
    return over.delete()[0]
