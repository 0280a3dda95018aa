"""Problems that were reported elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import SYSTEM, Actor
from tequio.base.errors import Refused
from tequio.base.multilingual import original_language
from tequio.catalogue.enums import Comments, ItemState
from tequio.catalogue.models import SearchText
from tequio.catalogue.services import make_items, search_words
from tequio.guards.services import page_changed
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.services.entering import enter_all
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import Problem
from ..permissions import can_bring
from ..selectors.bringing import known_problems
from . import lock_source
from .problems import ProblemWords


@dataclass(frozen=True)
class BroughtProblem:
    """A problem from elsewhere, with its id there."""

    external_id: str
    words: ProblemWords
    territory: Territory
    made_at: datetime | None = None


@transaction.atomic
def bring_problems(
    rows: Sequence[BroughtProblem],
    *,
    source: str,
    licence: str = "",
    process: Process | None = None,
    digest: str = "",
    by: Actor,
) -> int:
    """Take in those that are not here yet, by their ids at the source. Returns how many were new.

    They enter the `process`; without one they stand in the open hub of their place.
    """
    if by is not SYSTEM and not all(isinstance(by, Person) and can_bring(by, row.territory) for row in rows):
        raise Refused(_("Only facilitators and stewards of this place can bring problems from elsewhere."))
    origin = lock_source(source, licence)
    known = set(known_problems(source, [row.external_id for row in rows]))
    fresh = [row for row in rows if row.external_id not in known]
    items = make_items("problem", [_item_values(row) for row in fresh])
    Problem.objects.bulk_create(
        Problem(
            item=item, source=origin, external_id=row.external_id, what=row.words.what,
            who_is_affected=row.words.who_is_affected, evidence=row.words.evidence, how_often=row.words.how_often,
        )
        for item, row in zip(items, fresh, strict=True)
    )  # fmt: skip
    for item, row in zip(items, fresh, strict=True):
        said = search_words(item.title, *row.words.bodies)
        SearchText.objects.filter(pk=item.pk).update(**said)
    if process is not None and items:
        enter_all(items, process)
    audit.record("problem.bring", origin, by=by, digest=digest, rows=len(rows), made=len(fresh))
    if fresh:
        page_changed()
    return len(fresh)


def _item_values(row: BroughtProblem) -> dict[str, object]:
    at = row.made_at or timezone.now()
    return {
        "title": row.words.title, "territory": row.territory, "state": ItemState.PUBLISHED,
        "languages": [original_language(row.words.title)], "comments": Comments.ONE_COLUMN,
        "made_at": at, "published_at": at, **row.words.where.columns,
    }  # fmt: skip
