"""Who looks after a process, who is asked to, and who could be."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.utils import timezone

from tequio.base.text import read_id
from tequio.catalogue.enums import PartyRole
from tequio.catalogue.models import ItemParty
from tequio.organisations.models import Organisation
from tequio.organisations.selectors.invitations import proven_digests
from tequio.people.models import Person

from ..models import Invitation, Process
from ..permissions import can_organise


@dataclass(frozen=True)
class Team:
    parties: list[ItemParty]
    invitations: list[Invitation]


def team_of(process: Process) -> Team:
    parties = process.item.parties.filter(role=PartyRole.ORGANISER).select_related("person", "organisation")
    asked = process.invitations.filter(answered_at=None, until__gt=timezone.now()).order_by("-id")
    return Team(list(parties.order_by("position", "id")), list(asked))


def party_in(process: Process, number: str) -> ItemParty | None:
    """One of those who look after it, by the number a form sent."""
    pk = read_id(number) or 0
    rows = process.item.parties.filter(role=PartyRole.ORGANISER, pk=pk)
    return rows.select_related("organisation").first()


def invitation_by(token: str, person: Person) -> Invitation | None:
    """The invitation of the letter; None where it is dead or was written to somebody else."""
    digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
    rows = Invitation.objects.select_related("process__item__territory", "by")
    row = rows.filter(digest=digest, answered_at=None, until__gt=timezone.now()).first()
    if row is None or row.address not in proven_digests(person) or not can_organise(row.by, row.process):
        return None
    return row


def organisations_to_name(
    process: Process, own: list[Organisation], found: list[Organisation]
) -> list[Organisation]:
    """Those she acts for first, then the verified ones of the place, without those that are named already."""
    named = set(
        process.item.parties.filter(role=PartyRole.ORGANISER, organisation__isnull=False).values_list(
            "organisation_id", flat=True
        )
    )
    rows = {row.pk: row for row in (*own, *found)}
    return [row for pk, row in rows.items() if pk not in named]
