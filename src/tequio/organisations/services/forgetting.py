"""Somebody who entered organisations leaves: what was hers alone goes, what others belong to stays."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.guards.services import page_changed

from ..enums import OrganisationKind
from ..models import Membership, Organisation, Verification

BLANK: dict[str, Any] = {
    "name": {}, "description": {}, "website": "", "email": "", "phone": "", "address": "", "registration": "",
    "founded": None, "languages": [], "logo": None, "sort_name": "", "names": "", "asked_at": None,
}  # fmt: skip


@transaction.atomic
def forget_organisations(rows: QuerySet[Organisation], *, by: Actor) -> int:
    """Blank and hide those that are a person: who works alone, and who has nobody else in it. Returns how many."""
    others = Membership.objects.filter(organisation=OuterRef("pk"), until=None).filter(
        Q(member__isnull=False) | ~Q(person=OuterRef("made_by"))
    )
    alone = Q(kind=OrganisationKind.SELF_EMPLOYED) | ~Exists(others)
    organisations = list(rows.select_for_update(of=("self",)).filter(alone).order_by("pk"))
    ids = [organisation.pk for organisation in organisations]
    Organisation.objects.filter(pk__in=ids).update(**BLANK, hidden_by=by.audit_id)
    Verification.objects.filter(organisation__in=ids).update(evidence="", reason="")
    for organisation in organisations:
        audit.record("organisation.forget", organisation, by=by)
    if ids:
        page_changed()
    return len(ids)
