"""Roles in places: granted, ended, and letters that ask somebody to take one."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.base.jobs import later
from tequio.base.languages import current
from tequio.base.links import absolute
from tequio.guards.services import page_changed
from tequio.outbox.services import write_letter
from tequio.territories.models import Territory

from ..enums import RoleName
from ..models import Person, Role, RoleInvitation
from ..permissions import can_grant_role

INVITATION_GOOD_FOR = timedelta(days=14)


@transaction.atomic
def grant_role(person: Person, role: str, territory: Territory, *, by: Actor, reason: str = "") -> Role:
    """She holds the role from now on; where she does already, the row of then is given."""
    if not can_grant_role(by, role, territory):
        raise Refused(_("Only a steward of this place can grant this role."))
    if person.is_guest or not person.is_active:
        raise Refused(_("Only members can hold a role."))
    row, is_new = Role.objects.get_or_create(
        person=person, role=role, territory=territory, ended_at=None,
        defaults={"granted_by_id": by.pk, "reason": reason},
    )  # fmt: skip
    person.__dict__.pop("current_roles", None)
    if is_new:
        audit.record("role.grant", row, by=by, role=role, territory=territory.pk)
        page_changed()
        later("notifications.tell_of_role", once=f"role-{row.pk}", alone=False, pk=row.pk)
    return row


@transaction.atomic
def end_role(row: Role, *, by: Actor, reason: str) -> None:
    """It ends now, everywhere. The last steward of a place can be ended by the operator alone."""
    if not can_grant_role(by, row.role, row.territory):
        raise Refused(_("Only a steward of this place can end this role."))
    if not reason.strip():
        raise Refused(_("Please say why."))
    _lock_stewards(row.territory_id)
    if row.role == RoleName.STEWARD and by.pk is not None and _is_last(row):
        raise Refused(
            _("This is the last steward of the place. Name another one first."), code="last_steward"
        )
    ended = Role.objects.filter(pk=row.pk, ended_at=None).update(
        ended_at=timezone.now(), ended_by=by.pk, end_reason=reason[:300]
    )
    if ended:
        row.refresh_from_db()
        audit.record("role.end", row, by=by, role=row.role, territory=row.territory_id)
        page_changed()


def _lock_stewards(territory_id: int) -> None:
    """One ending at a time per place: two stewards must not end one another at the same moment."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('people.stewards'), %s)", [territory_id])


def _is_last(row: Role) -> bool:
    others = Role.objects.filter(
        territory=row.territory_id, role=RoleName.STEWARD, ended_at=None, person__is_active=True
    )
    return not others.exclude(person=row.person_id).exists()


@transaction.atomic
def grant_by_address(
    email: str, role: str, territory: Territory, *, reason: str = "", by: Actor
) -> Role | RoleInvitation:
    """Grant it to whoever proved the address; where nobody did, a letter asks her to join and take it."""
    if not can_grant_role(by, role, territory):
        raise Refused(_("Only a steward of this place can grant this role."))
    known = EmailAddress.objects.filter(email=email.lower(), verified=True).select_related("user").first()
    if known is None:
        return _invite(email.lower(), role, territory, reason, by)
    row = grant_role(known.user, role, territory, by=by, reason=reason)
    _tell(known.user.language, email.lower(), row)
    return row


def _tell(language: str, email: str, row: Role) -> None:
    with translation.override(language):
        words = {"role": str(RoleName(row.role).label), "place": str(row.territory.title)}
        text = [
            _("Your role in %(place)s is now: %(role)s.") % words,
            absolute(reverse("home:territory_detail", args=[row.territory.code])),
            _("If you do not want it, answer a steward of the place."),
            "Tequio",
        ]
        subject = _("Your role in %(place)s: %(role)s") % words
    write_letter(to=email, subject=subject, text="\n\n".join(text))


def _invite(email: str, role: str, territory: Territory, reason: str, by: Actor) -> RoleInvitation:
    """One open invitation per place, role and address: a new one replaces the one before."""
    now, token = timezone.now(), secrets.token_urlsafe(32)
    _lock_stewards(territory.pk)
    RoleInvitation.objects.filter(territory=territory, role=role, email=email, ended_at=None).update(
        ended_at=now, email=""
    )
    row = RoleInvitation.objects.create(
        territory=territory, role=role, email=email, reason=reason, digest=digest_of(token),
        invited_by_id=by.pk, invited_at=now, until=now + INVITATION_GOOD_FOR,
    )  # fmt: skip
    language = current()
    words = {"role": str(RoleName(role).label), "place": str(territory.title)}
    with translation.override(language):
        text = [
            _("You are asked to look after %(place)s on Tequio. Your role: %(role)s.") % words,
            _("Open this page, sign in with this address and say yes:"),
            absolute(reverse("people:invitation", args=[token])),
            _("The link is good for 14 days. If you do not want to, you need not do anything."),
            "Tequio",
        ]
        subject = _("Will you look after %(place)s?") % words
    write_letter(to=email, subject=subject, text="\n\n".join(text), is_secret=True, good_until=row.until)
    audit.record("role.invite", row, by=by, role=role, territory=territory.pk)
    return row


def digest_of(token: str) -> str:
    """SHA-256: a token has 256 random bits, nobody finds it from its digest."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def accept_invitation(row: RoleInvitation, *, by: Person) -> Role:
    """Whoever proved the invited address takes the role. A link that was passed on is of no use."""
    row = RoleInvitation.objects.select_for_update(of=("self",)).select_related("territory").get(pk=row.pk)
    if not row.is_good:
        raise Refused(_("This invitation is over."), code="over")
    if not EmailAddress.objects.filter(user=by, email=row.email, verified=True).exists():
        raise Refused(_("The invitation went to another address."), code="other_address")
    granter = row.invited_by
    if row.invited_by_id is not None and not (granter and can_grant_role(granter, row.role, row.territory)):
        raise Refused(_("This invitation is over."), code="over")
    role, is_new = Role.objects.get_or_create(
        person=by, role=row.role, territory=row.territory, ended_at=None,
        defaults={"granted_by": granter, "reason": row.reason},
    )  # fmt: skip
    by.__dict__.pop("current_roles", None)
    row.taken_as, row.ended_at, row.email = role, timezone.now(), ""
    row.save(update_fields=["taken_as", "ended_at", "email"])
    if is_new:
        audit.record("role.accept", role, by=by, role=role.role, territory=role.territory_id)
        page_changed()
    return role


@transaction.atomic
def revoke_invitation(row: RoleInvitation, *, by: Actor) -> None:
    """The link is dead from now on."""
    if not can_grant_role(by, row.role, row.territory):
        raise Refused(_("Only a steward of this place can do this."))
    if RoleInvitation.objects.filter(pk=row.pk, ended_at=None).update(ended_at=timezone.now(), email=""):
        audit.record("role.revoke", row, by=by, role=row.role, territory=row.territory_id)


def prune_invitations() -> int:
    """Addresses of invitations nobody took go when they are over."""
    over = RoleInvitation.objects.filter(ended_at=None, until__lt=timezone.now())
    return over.update(ended_at=timezone.now(), email="")
