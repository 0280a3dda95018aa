"""Finding an invitation by what was in the letter, for who has the address."""

from __future__ import annotations

import hashlib

from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tequio.people.models import Person

from ..models import Invitation
from ..permissions import can_invite


def address_digest(email: str) -> str:
    """Keyed: an address under a plain SHA-256 would be found by trying."""
    return salted_hmac("tequio.invitation", email.strip().lower(), algorithm="sha256").hexdigest()


def proven_digests(person: Person) -> set[str]:
    """Of every address that is proven to be hers."""
    rows = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    return {address_digest(email) for email in rows}


def is_good(invitation: Invitation) -> bool:
    """Not answered, not withdrawn, not too old, and its inviter may still invite. `invited_by` is at hand."""
    is_open = invitation.answered_at is None and invitation.withdrawn_at is None
    if not is_open or invitation.until <= timezone.now() or invitation.organisation.hidden_by:
        return False
    return invitation.invited_by.is_active and can_invite(invitation.invited_by, invitation.organisation)


def _joined(**wanted: object) -> list[Invitation]:
    rows = Invitation.objects.filter(answered_at=None, withdrawn_at=None, **wanted)
    return list(
        rows.select_related("organisation__territory", "invited_by", "member_class").order_by("-at", "-id")[
            :20
        ]
    )


def invitation_by(token: str, person: Person) -> Invitation | None:
    """The invitation of the letter; None where it is dead or was written to somebody else."""
    found = _joined(token=hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest())
    if not found or found[0].address not in proven_digests(person) or not is_good(found[0]):
        return None
    return found[0]


def invitations_for(person: Person) -> list[Invitation]:
    """What waits for her answer, the newest first; the link is in the letter."""
    return [
        row for row in _joined(address__in=proven_digests(person), until__gt=timezone.now()) if is_good(row)
    ]
