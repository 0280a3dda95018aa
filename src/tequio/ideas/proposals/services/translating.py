"""The words of an idea in other languages."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tequio.base.errors import Refused
from tequio.base.translatable import Text, Translatable, Typed
from tequio.catalogue.services.translating import translate_thing
from tequio.people.models import Person

from ..models import Idea
from ..permissions import can_translate, visible_to

BODIES = ("what", "why", "for_whom")
TEXTS = (
    Text("title", gettext_lazy("Title"), "item__title", 250),
    Text("summary", gettext_lazy("Summary"), "item__summary", 600),
    Text("what", gettext_lazy("What"), "what", 10_000),
    Text("why", gettext_lazy("Why"), "why", 10_000),
    Text("for_whom", gettext_lazy("For whom"), "for_whom", 10_000),
)


@transaction.atomic
def translate_idea(idea: Idea, typed: Mapping[str, Typed], *, by: Person) -> Idea:
    """Save translations of any of TEXTS; what is not in `typed` stays."""
    if not can_translate(by, idea):
        raise Refused(_("Only translators of this place can translate here."))
    row: Idea = translate_thing(idea, TEXTS, typed, bodies=list(BODIES), by=by)
    return row


def _found(person: Person | None) -> QuerySet[Idea]:
    return visible_to(person).select_related("item__territory", "item__author")


def _shown(person: Person | None) -> QuerySet[Idea]:
    return visible_to(person).filter(item__state="published", item__hidden_by="")


IDEA = Translatable(
    kind="idea", word=gettext_lazy("Idea"), texts=TEXTS, found=_found, shown=_shown,
    may=can_translate, save=translate_idea,
    path_of=lambda row: row.item.path, source_of=lambda row: f"catalogue.item:{row.pk}",
    authors_of=lambda row: [row.item.author] if row.item.author else [],
    languages_of=lambda row: [*row.item.languages, *row.item.territory.languages],
)  # fmt: skip
