"""Who looks after a process together: people of several institutions, and organisations."""

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
from tequio.base.languages import current
from tequio.base.multilingual import read
from tequio.catalogue.enums import PartyRole
from tequio.catalogue.models import ItemParty
from tequio.guards.services import page_changed, spend
from tequio.organisations.models import Organisation
from tequio.organisations.permissions import can_act_for
from tequio.organisations.selectors.invitations import address_digest, proven_digests
from tequio.outbox.services import write_letter
from tequio.people.models import Person
from tequio.people.selectors.residence import person_with_code

from ..models import Invitation, Process
from ..permissions import can_organise

GOOD_FOR = timedelta(days=14)
KEPT = timedelta(days=30)
INVITATIONS_A_DAY = 30
TRIES_A_DAY = 30


@transaction.atomic
def name_by_code(process: Process, code: str, *, by: Person) -> ItemParty:
    """Whoever shows her code to an organiser agrees by showing it. Refused for a code nobody shows now."""
    _may(process, by)
    spend("process.code", who=by.audit_id, limit=TRIES_A_DAY, seconds=86_400)
    person = person_with_code(code)
    if person is None:
        raise Refused(_("Nobody shows this code now. It is good for a few minutes only."), code="code")
    return _name(process, person, by=by)


def _name(process: Process, person: Person, *, by: Person) -> ItemParty:
    row = ItemParty(item=process.item, person=person, role=PartyRole.ORGANISER, accepted_at=timezone.now())
    ItemParty.objects.bulk_create([row], ignore_conflicts=True)
    audit.record("process.name", process, by=by, person=person.audit_id)
    page_changed()
    return ItemParty.objects.get(item=process.item, person=person, role=PartyRole.ORGANISER)


@transaction.atomic
def invite_by_letter(
    process: Process, email: str, *, address_of: Callable[[str], str], by: Person
) -> Invitation:
    """Write the letter. `address_of` makes the link in full out of the token, which is kept nowhere else."""
    _may(process, by)
    spend("process.invite", who=by.audit_id, limit=INVITATIONS_A_DAY, seconds=86_400)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        process=process, digest=digest_of(token), address=address_digest(email), hint=_hint(email), by=by,
        until=timezone.now() + GOOD_FOR,
    )  # fmt: skip
    title = read(process.item.title, current()).text
    lines = [
        _("%(who)s asks you to look after “%(title)s” on Tequio together.")
        % {"who": by.shown_name or _("Somebody"), "title": title},
        _("Open this page and say yes or no:"),
        address_of(token),
        _("Sign in with this address, %(email)s. The link is good for two weeks.") % {"email": email},
        "Tequio",
    ]
    write_letter(
        to=email, subject=_("Look after “%(title)s”?") % {"title": title[:80]}, text="\n\n".join(lines),
        is_secret=True, good_until=invitation.until,
    )  # fmt: skip
    audit.record("process.invite", invitation, by=by)
    return invitation


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _hint(email: str) -> str:
    """ama@example.org as a…@example.org."""
    name, _at, host = email.rpartition("@")
    return f"{name[:1]}…@{host}"[:80]


@transaction.atomic
def answer_invitation(invitation: Invitation, *, accepts: bool, by: Person) -> Process:
    """Say yes or no to the letter; both once."""
    rows = Invitation.objects.select_related("process__item__territory", "by").select_for_update(of=("self",))
    row = rows.get(pk=invitation.pk)
    if not is_good(row) or row.address not in proven_digests(by):
        raise Refused(_("This invitation is not good any more."))
    row.answered_at = timezone.now()
    row.save(update_fields=["answered_at"])
    audit.record("process.accept" if accepts else "process.decline", row, by=by)
    if accepts:
        _name(row.process, by, by=by)
    return row.process


def is_good(invitation: Invitation) -> bool:
    """Not answered, not too old, and its sender still looks after the process."""
    if invitation.answered_at is not None or invitation.until <= timezone.now():
        return False
    return can_organise(invitation.by, invitation.process)


@transaction.atomic
def name_organisation(process: Process, organisation: Organisation, *, by: Person) -> ItemParty:
    """At once where she acts for it; else it stands named when somebody who does says yes."""
    _may(process, by)
    accepted = timezone.now() if can_act_for(by, organisation) else None
    row = ItemParty(
        item=process.item, organisation=organisation, role=PartyRole.ORGANISER, accepted_at=accepted
    )
    ItemParty.objects.bulk_create([row], ignore_conflicts=True)
    audit.record("process.name", process, by=by, organisation=organisation.pk)
    page_changed()
    return ItemParty.objects.get(item=process.item, organisation=organisation, role=PartyRole.ORGANISER)


@transaction.atomic
def answer_for_organisation(party: ItemParty, *, accepts: bool, by: Person) -> None:
    """Who acts for the organisation says whether it looks after the process."""
    assert party.organisation is not None
    if not can_act_for(by, party.organisation):
        raise Refused(_("Only those who act for the organisation can open something in its name."))
    rows = ItemParty.objects.filter(pk=party.pk, accepted_at=None)
    done = rows.update(accepted_at=timezone.now()) if accepts else rows.delete()[0]
    if done:
        audit.record("process.accept" if accepts else "process.decline", party, by=by)
        page_changed()


@transaction.atomic
def end_party(party: ItemParty, *, by: Person) -> None:
    """She steps back herself, or those who look after the process take somebody off."""
    process = Process.objects.select_related("item__territory").get(pk=party.item_id)
    if party.person_id != by.pk:
        _may(process, by)
    if ItemParty.objects.filter(pk=party.pk, role=PartyRole.ORGANISER).delete()[0]:
        audit.record("process.unname", process, by=by, party=party.pk)
        page_changed()


def _may(process: Process, by: Person) -> None:
    if not can_organise(by, process):
        raise Refused(_("Only those who look after this process can change it."))


def prune_invitations() -> int:
    """What was answered or grew too old a month ago is nobody's business any more."""
    return Invitation.objects.filter(until__lt=timezone.now() - KEPT).delete()[0]
