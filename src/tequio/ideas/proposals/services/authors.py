"""Co-authors: asked, and named once they have said yes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.errors import Refused
from tequio.base.multilingual import original_text
from tequio.catalogue.enums import PartyRole
from tequio.catalogue.models import ItemParty
from tequio.guards.services import page_changed, spend
from tequio.notifications.enums import Event
from tequio.notifications.services import tell
from tequio.organisations.models import Organisation
from tequio.organisations.permissions import acting_ids
from tequio.organisations.selectors.invitations import address_digest, proven_digests
from tequio.outbox.services import write_letter
from tequio.people.models import Person

from ..models import Idea
from ..permissions import can_invite, parties_of
from .proposing import locked_idea

SALT = "tequio.ideas.proposals.authors"
GOOD_FOR = timedelta(days=14)
INVITATIONS_A_DAY = 30
MOST_AUTHORS = 20


@transaction.atomic
def invite_person(idea: Idea, person: Person, *, by: Person) -> ItemParty:
    """Ask a member to be a co-author. Nothing shows until she has said yes."""
    idea = _open(idea, by)
    if person.pk == idea.item.author_id:
        raise Refused(_("She wrote it herself."), code="already")
    return _ask(idea, by, person=person)


@transaction.atomic
def invite_organisation(idea: Idea, organisation: Organisation, *, by: Person) -> ItemParty:
    """As `invite_person`; whoever acts for it says yes. Of one's own organisation it is said at once."""
    idea = _open(idea, by)
    is_hers = organisation.pk in acting_ids(by)
    return _ask(idea, by, organisation=organisation, is_accepted=is_hers)


@transaction.atomic
def invite_by_letter(idea: Idea, email: str, *, address_of: Callable[[str], str], by: Person) -> None:
    """Write to an address, whoever has it. `address_of` makes the link in full out of the token.

    The token says which idea and which address and is kept nowhere; who opens the link signs in with that address.
    """
    idea = _open(idea, by)
    token = signing.dumps({"idea": idea.pk, "to": address_digest(email), "by": by.pk}, salt=SALT)
    title = original_text(idea.item.title)
    write_letter(
        to=email, subject=_("You are asked to be a co-author"), is_secret=True, good_until=timezone.now() + GOOD_FOR,
        text="\n\n".join([
            _("%(who)s asks you to be a co-author of this idea on Tequio: %(title)s")
            % {"who": by.shown_name or _("Somebody"), "title": title},
            _("Open this page and say yes or no:"), address_of(token),
            _("Sign in with this address. The link is good for two weeks."),
            _("You do not know them? Then you need not do anything."), "Tequio",
        ]),
    )  # fmt: skip
    audit.record("idea.invite_by_letter", idea, by=by)


def read_token(token: str) -> dict[str, str | int] | None:
    """What an invitation by letter says; None for a wrong or old one."""
    try:
        said: dict[str, str | int] = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return said


@transaction.atomic
def take_up_letter(idea: Idea, *, token: str, by: Person) -> ItemParty | None:
    """The question of a letter becomes hers to answer, where it was written to an address that is proven to be hers."""
    said = read_token(token)
    idea = locked_idea(idea)
    inviter = Person.objects.filter(pk=said["by"]).first() if said else None
    if said is None or said["idea"] != idea.pk or not can_invite(inviter, idea):
        return None
    if said["to"] not in proven_digests(by) or by.pk == idea.item.author_id:
        return None
    return _party(idea, person=by, organisation=None, is_accepted=False)


def _open(idea: Idea, by: Person) -> Idea:
    idea = locked_idea(idea)
    if not can_invite(by, idea):
        raise Refused(_("Only authors of an idea that is shown can ask others to join them."))
    if len(parties_of(idea)) >= MOST_AUTHORS:
        raise Refused(_("An idea has at most 20 co-authors."), code="many")
    spend("idea-invite", who=by.audit_id, limit=INVITATIONS_A_DAY, seconds=86_400)
    return idea


def _ask(
    idea: Idea, by: Actor, *, person: Person | None = None, organisation: Organisation | None = None,
    is_accepted: bool = False,
) -> ItemParty:  # fmt: skip
    party = _party(idea, person=person, organisation=organisation, is_accepted=is_accepted)
    audit.record("idea.invite", party, by=by, idea=idea.pk)
    if person is not None and party.accepted_at is None:
        path = reverse("proposals:authorship", args=[idea.pk])
        tell(
            person, Event.INVITED, source=f"proposals.invitation:{party.pk}", item=idea.item, path=path, by=by
        )
    page_changed()
    return party


def _party(
    idea: Idea, *, person: Person | None, organisation: Organisation | None, is_accepted: bool
) -> ItemParty:
    """Her row, the one that is there or a new one."""
    last = ItemParty.objects.filter(item=idea.pk, role=PartyRole.AUTHOR).aggregate(last=Max("position"))[
        "last"
    ]
    row = ItemParty(
        item_id=idea.pk, person=person, organisation=organisation, role=PartyRole.AUTHOR,
        position=(last or 0) + 1, accepted_at=timezone.now() if is_accepted else None,
    )  # fmt: skip
    ItemParty.objects.bulk_create([row], ignore_conflicts=True)
    idea.__dict__.pop("_authors", None)
    return ItemParty.objects.get(
        item=idea.pk, person=person, organisation=organisation, role=PartyRole.AUTHOR
    )


def offer_authorship(into: Idea, *, of: Idea, by: Actor) -> None:
    """Whoever wrote the one is asked to be an author of the other. Inside the service that joins them."""
    there = {party.person_id for party in parties_of(into)} | {into.item.author_id}
    authors = [of.item.author, *(party.person for party in parties_of(of) if party.accepted_at is not None)]
    for person in authors:
        if person is not None and person.is_member and person.is_active and person.pk not in there:
            _ask(into, by, person=person)


@transaction.atomic
def answer_invitation(party: ItemParty, *, accepts: bool, by: Person) -> None:
    """She (or who acts for the organisation) says yes and is named, or says no and the question is gone.

    Saying no later takes the name away again.
    """
    locked = ItemParty.objects.select_for_update().filter(pk=party.pk, role=PartyRole.AUTHOR).first()
    if locked is None:
        raise Refused(_("This question was taken back."), code="changed")
    if locked.person_id != by.pk and locked.organisation_id not in acting_ids(by):
        raise Refused(_("Somebody else was asked."))
    audit.record("idea.join_authors" if accepts else "idea.leave_authors", locked, by=by, idea=locked.item_id)
    if accepts:
        locked.accepted_at = locked.accepted_at or timezone.now()
        locked.save(update_fields=["accepted_at"])
    else:
        locked.delete()
    page_changed()
