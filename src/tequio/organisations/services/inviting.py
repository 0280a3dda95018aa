"""Inviting by e-mail: a letter with a link that is good once, for that address, for two weeks."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.guards.services import spend
from tequio.outbox.services import write_letter
from tequio.people.models import Person

from ..enums import MembershipRole
from ..models import Invitation, MemberClass, Membership, Organisation
from ..permissions import can_administer, can_invite
from ..selectors.invitations import address_digest, is_good, proven_digests
from .memberships import admit
from .organisations import lock

GOOD_FOR = timedelta(days=14)
KEPT = timedelta(days=30)
INVITATIONS_A_DAY = 50


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    organisation: Organisation,
    *,
    email: str,
    role: str = MembershipRole.MEMBER,
    member_class: MemberClass | None = None,
    address_of: Callable[[str], str],
    by: Person,
) -> Invitation:
    """Write the letter. `address_of` makes the link in full out of the token, which is kept nowhere else."""
    locked = lock(organisation)
    if not can_invite(by, locked):
        raise Refused(_("Only administrators of the organisation can invite."))
    if member_class is not None and member_class.organisation_id != locked.pk:
        raise Refused(_("This class belongs to another organisation."))
    spend("invite", who=by.audit_id, limit=INVITATIONS_A_DAY, seconds=86_400)
    if not can_administer(by, locked):
        role = MembershipRole.ADMINISTRATOR  # a steward helps out where nobody is left
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=locked, token=digest_of(token), address=address_digest(email), hint=_hint(email),
        role=role, member_class=member_class, invited_by=by, until=timezone.now() + GOOD_FOR,
    )  # fmt: skip
    write_letter(
        to=email,
        subject=_("You are invited to %(organisation)s") % {"organisation": str(locked.title)},
        text=_letter(invitation, email, address_of(token)),
        is_secret=True,
        good_until=invitation.until,
    )
    audit.record("membership.invite", invitation, by=by, role=str(role))
    return invitation


def _hint(email: str) -> str:
    """ama@example.org as a…@example.org."""
    name, _at, host = email.rpartition("@")
    return f"{name[:1]}…@{host}"[:80]


def _letter(invitation: Invitation, email: str, link: str) -> str:
    who = invitation.invited_by.name or _("Somebody")
    return "\n\n".join(
        [
            _("%(who)s invites you to %(organisation)s on Tequio, as: %(role)s.")
            % {
                "who": who,
                "organisation": str(invitation.organisation.title),
                "role": MembershipRole(invitation.role).label,
            },
            _("Open this page and say yes or no:"),
            link,
            _("Sign in with this address, %(email)s. The link is good for two weeks.") % {"email": email},
            _("You do not know them? Then you need not do anything."),
            "Tequio",
        ]
    )


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Person) -> None:
    if not can_invite(by, lock(invitation.organisation)):
        raise Refused(_("Only administrators of the organisation can withdraw this."))
    open_rows = Invitation.objects.filter(pk=invitation.pk, answered_at=None, withdrawn_at=None)
    if open_rows.update(withdrawn_at=timezone.now()):
        audit.record("membership.uninvite", invitation, by=by)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, is_shown: bool = False, by: Person) -> Membership:
    """She belongs from today. Refused where it was withdrawn, is too old, or its inviter may invite no more."""
    organisation = lock(invitation.organisation)
    current = _still_good(invitation, by)
    membership = admit(
        organisation, person=by, role=current.role, member_class=current.member_class, is_shown=is_shown
    )
    _answer(current)
    audit.record("membership.come", membership, by=by, invitation=current.pk)
    return membership


@transaction.atomic
def decline_invitation(invitation: Invitation, *, by: Person) -> None:
    lock(invitation.organisation)
    current = _still_good(invitation, by)
    _answer(current)
    audit.record("membership.refuse", current, by=by)


def _still_good(invitation: Invitation, by: Person) -> Invitation:
    current = (
        Invitation.objects.select_related("organisation__territory", "invited_by")
        .select_for_update(of=("self",))
        .get(pk=invitation.pk)
    )
    if current.address not in proven_digests(by) or not is_good(current):
        raise Refused(_("This invitation is not good any more."))
    return current


def _answer(invitation: Invitation) -> None:
    invitation.answered_at = timezone.now()
    invitation.save(update_fields=["answered_at"])


def prune_invitations() -> int:
    """What was answered, withdrawn or too old a month ago is nobody's business any more."""
    gone, _rows = Invitation.objects.filter(until__lt=timezone.now() - KEPT).delete()
    return gone
