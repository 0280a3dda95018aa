"""What an organisation says of itself, in other languages."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.multilingual import all_texts
from tequio.base.text import fold
from tequio.base.translatable import Text, Translatable, Typed, translate_fields
from tequio.guards.services import page_changed
from tequio.people.models import Person

from ..enums import MembershipRole
from ..models import Membership, Organisation
from ..permissions import can_translate, visible_to
from .organisations import lock

TEXTS = (
    Text("name", gettext_lazy("Name"), "name", 160),
    Text("description", gettext_lazy("Who they are"), "description", 4_000),
)


@transaction.atomic
def translate_organisation(
    organisation: Organisation, typed: Mapping[str, Typed], *, by: Person
) -> Organisation:
    """Save translations of "name" and "description"; what is not in `typed` stays."""
    row = lock(organisation)
    if not can_translate(by, row):
        raise Refused(_("Only translators of this place can translate here."))
    done = translate_fields({"name": row.name, "description": row.description}, typed, by=by.shown_name)
    row.name, row.description = done["name"], done["description"]
    row.names = " ".join(fold(text) for text in all_texts(row.name))
    row.save(update_fields=["name", "description", "names"])
    languages = sorted({tag for sent in typed.values() for tag in sent.texts})
    audit.record("organisation.translate", row, by=by, languages=languages)
    page_changed()
    return row


def _found(person: Person | None) -> QuerySet[Organisation]:
    run = Membership.objects.filter(until=None, role=MembershipRole.ADMINISTRATOR, person__isnull=False)
    people = Prefetch("memberships", run.select_related("person").order_by("id"), to_attr="run_by")
    return visible_to(person).select_related("territory").prefetch_related(people)


ORGANISATION = Translatable(
    kind="organisation", word=gettext_lazy("Organisation"), texts=TEXTS,
    found=_found, shown=lambda person: visible_to(person).filter(hidden_by=""), may=can_translate,
    save=translate_organisation, path_of=lambda row: reverse("home:organisation_detail", args=[row.pk]),
    source_of=lambda row: row.audit_id, authors_of=lambda row: [one.person for one in row.run_by],
    item_of=lambda row: None, languages_of=lambda row: [*row.languages, *row.territory.languages],
    place="territory", author="made_by", moment="made_at",
)  # fmt: skip
