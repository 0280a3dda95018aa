"""Proving that somebody lives in a place: in person, by a register; renewing, ending, reminding."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import SYSTEM, Actor
from tequio.base.errors import Refused
from tequio.base.links import absolute
from tequio.base.moments import months_later, say_day
from tequio.guards.services import page_changed, spend
from tequio.outbox.services import write_letter
from tequio.territories.models import Territory

from ..enums import Method
from ..models import Person, Residence, ResidenceRule, ShownCode
from ..permissions import can_change, can_keep_lists, can_verify
from ..selectors.residence import verifying_in

# Without signs that are taken for one another.
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 6
CODE_GOOD_FOR = timedelta(minutes=10)
CODES_AN_HOUR = 20
LOOKS_AN_HOUR = 60
REMIND_BEFORE = timedelta(days=14)


@transaction.atomic
def show_code(person: Person) -> ShownCode:
    """Six signs that lead to her for ten minutes; the ones before are dead."""
    if not person.is_member or not person.is_active:
        raise Refused(_("Only members can show a code."))
    spend("person.code", who=person.audit_id, limit=CODES_AN_HOUR, seconds=3600)
    ShownCode.objects.filter(until__lte=timezone.now()).delete()
    for _try in range(5):
        code = "".join(secrets.choice(SIGNS) for _sign in range(CODE_LENGTH))
        try:
            with transaction.atomic():
                row, _made = ShownCode.objects.update_or_create(
                    person=person, defaults={"code": code, "until": timezone.now() + CODE_GOOD_FOR}
                )
            return row
        except IntegrityError:  # somebody shows the very same: one in a thousand million
            continue
    raise Refused(_("That did not work. Please send it once more."))


def count_look(by: Person) -> None:
    """Each code that is looked up counts: 60 an hour, so that nobody finds people by guessing."""
    spend("person.look", who=by.audit_id, limit=LOOKS_AN_HOUR, seconds=3600)


@transaction.atomic
def verify_in_person(code: str, territory: Territory, *, by: Person) -> Residence:
    """Whoever shows the code lives in the place: `by` has seen it on paper. The code is spent."""
    if not can_verify(by, territory):
        raise Refused(_("Only facilitators and stewards of this place verify residents."))
    shown = (
        ShownCode.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(code=code, until__gt=timezone.now())
        .first()
    )
    if shown is None:
        raise Refused(_("This code is over. Ask for a new one."), code="over")
    residence = write_residence(shown.person, territory, Method.IN_PERSON, verified_by=by.audit_id, by=by)
    shown.delete()
    return residence


@transaction.atomic
def verify_by_register(person: Person, territory: Territory, *, register: str, by: Actor) -> Residence:
    """An organisation's register has her as living in the place.

    `register` is the organisation's opaque id ("organisations.organisation:3"). Whether `by` may speak for the
    register is asked by the caller, who knows it; nobody may speak for herself.
    """
    return write_residence(
        person, territory, Method.REGISTER, verified_by=by.audit_id, register=register, by=by
    )


def write_residence(
    person: Person, territory: Territory, method: str, *, verified_by: str, register: str = "", by: Actor
) -> Residence:
    """The row itself, inside the caller's transaction; an older one for the same place ends."""
    locked = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if locked.is_guest or not locked.is_active:
        raise Refused(_("Only members can be verified."))
    if method in (Method.IN_PERSON, Method.REGISTER) and by.pk == person.pk:
        raise Refused(_("You cannot verify yourself. Ask a colleague."), code="oneself")
    rule = verifying_in(territory)
    if not rule.allows(method):
        raise Refused(_("This place does not verify in this way."), code="method")
    now = timezone.now()
    Residence.objects.filter(person=person, territory=territory, ended_at=None).update(
        ended_at=now, end_reason="renewed"
    )
    row = Residence.objects.create(
        person=person, territory=territory, method=method, verified_at=now, verified_by=verified_by,
        register=register, until=months_later(now, rule.months),
    )  # fmt: skip
    person.__dict__.pop("current_residences", None)
    audit.record("residence.verify", row, by=by, method=method, territory=territory.pk)
    return row


@transaction.atomic
def end_residence(row: Residence, *, by: Person, reason: str = "") -> None:
    """She moved away, or a steward of the place found that it is not so and says why."""
    is_own = can_change(by, row.person)
    if not is_own and not can_keep_lists(by, row.territory):
        raise Refused(_("Only the person or a steward of the place can end this."))
    if not is_own and not reason.strip():
        raise Refused(_("Please say why."))
    Residence.objects.filter(pk=row.pk, ended_at=None).update(
        ended_at=timezone.now(), end_reason=reason[:300]
    )
    by.__dict__.pop("current_residences", None)
    audit.record("residence.end", row, by=by)


@transaction.atomic
def set_rule(territory: Territory, *, methods: list[str], months: int, by: Person) -> ResidenceRule:
    """Which methods the place uses, and after how many months it asks again. What was proven keeps its date."""
    if not can_keep_lists(by, territory):
        raise Refused(_("Only a steward of this place can change this."))
    rule, _made = ResidenceRule.objects.update_or_create(
        territory=territory,
        defaults={"methods": list(methods), "months": months, "changed_at": timezone.now()},
    )
    audit.record("residence.rule", rule, by=by, methods=list(methods), months=months)
    page_changed()
    return rule


def remind_residents() -> int:
    """A letter to each whose proof ends within 14 days; once per proof. Returns how many."""
    now = timezone.now()
    due = Residence.objects.filter(
        ended_at=None, reminded_at=None, until__gt=now, until__lte=now + REMIND_BEFORE, person__is_active=True
    )
    written = 0
    for pk in list(due.order_by("id").values_list("pk", flat=True)):
        written += _remind(pk, now)
    return written


@transaction.atomic
def _remind(pk: int, now: datetime) -> int:
    if not Residence.objects.filter(pk=pk, reminded_at=None).update(reminded_at=now):
        return 0
    row = Residence.objects.select_related("person", "territory").get(pk=pk)
    addresses = EmailAddress.objects.filter(user=row.person, verified=True).order_by("-primary", "id")
    to = addresses.values_list("email", flat=True).first()
    if to is None:
        return 0
    with translation.override(row.person.language):
        place = str(row.territory.title)
        parts = [
            _("You are verified as living in %(place)s until %(day)s.")
            % {"place": place, "day": say_day(row.until, row.territory.zone)},
            _("If you still live there, verify it again here:"),
            absolute(reverse("people:residence", args=[row.territory.code])),
            _("What you said so far stays, whatever you do."),
            "Tequio",
        ]
        subject = _("Do you still live in %(place)s?") % {"place": place}
    write_letter(to=to, subject=subject, text="\n\n".join(parts))
    audit.record("residence.remind", row, by=SYSTEM)
    return 1
