"""The words of a problem in other languages."""

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

from ..models import Problem
from ..permissions import can_translate, problems_visible_to
from .problems import BODIES

TEXTS = (
    Text("title", gettext_lazy("Problem"), "item__title", 250),
    Text("what", gettext_lazy("What happens"), "what", 10_000),
    Text("who_is_affected", gettext_lazy("Who is affected"), "who_is_affected", 2_000),
    Text("evidence", gettext_lazy("How one can see it"), "evidence", 10_000),
)


@transaction.atomic
def translate_problem(problem: Problem, typed: Mapping[str, Typed], *, by: Person) -> Problem:
    """Save translations of any of TEXTS; what is not in `typed` stays."""
    if not can_translate(by, problem):
        raise Refused(_("Only translators of this place can translate here."))
    row: Problem = translate_thing(problem, TEXTS, typed, bodies=list(BODIES), by=by)
    return row


def _found(person: Person | None) -> QuerySet[Problem]:
    return problems_visible_to(person).select_related("item__territory", "item__author")


def _shown(person: Person | None) -> QuerySet[Problem]:
    return problems_visible_to(person).filter(item__state="published", item__hidden_by="")


PROBLEM = Translatable(
    kind="problem", word=gettext_lazy("Problem"), texts=TEXTS, found=_found, shown=_shown,
    may=can_translate, save=translate_problem,
    path_of=lambda row: row.item.path, source_of=lambda row: f"catalogue.item:{row.pk}",
    authors_of=lambda row: [row.item.author] if row.item.author else [],
    languages_of=lambda row: [*row.item.languages, *row.item.territory.languages],
)  # fmt: skip
