"""Writing ideas down, and bringing those that were written elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.actor import SYSTEM, Actor
from tequio.base.errors import Refused
from tequio.base.money import coins_of
from tequio.base.multilingual import Field, original_language
from tequio.catalogue.enums import Comments, ItemState
from tequio.catalogue.models import Item, SearchText
from tequio.catalogue.services import describe, make_item, make_items, search_words
from tequio.guards.services import page_changed
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.services.entering import enter_all
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import Idea, IdeaSource
from ..permissions import can_bring
from ..selectors.bringing import known_ids


@dataclass(frozen=True)
class Words:
    """What an idea says. `cost` in whole units of `currency`."""

    title: Field
    summary: Field = field(default_factory=dict)
    what: Field = field(default_factory=dict)
    why: Field = field(default_factory=dict)
    for_whom: Field = field(default_factory=dict)
    cost: Decimal | None = None
    currency: str = ""

    @property
    def bodies(self) -> tuple[Field, Field, Field]:
        return self.what, self.why, self.for_whom

    @property
    def cost_in_coins(self) -> int | None:
        return None if self.cost is None else coins_of(self.cost, self.currency)


@dataclass(frozen=True)
class Brought:
    """An idea from elsewhere, with its id there."""

    external_id: str
    words: Words
    territory: Territory
    made_at: datetime | None = None
    is_withdrawn: bool = False
    url: str = ""
    supports: int | None = None


@transaction.atomic
def write_idea(
    words: Words, *, territory: Territory, languages: Sequence[str], is_draft: bool = False, by: Actor
) -> Idea:
    """An idea of one's own; a draft is seen by nobody else."""
    item = make_item(
        kind="idea", by=by, title=words.title, summary=words.summary, territory=territory,
        languages=list(languages), comments=Comments.FOR_AND_AGAINST,
        state=ItemState.DRAFT if is_draft else ItemState.PUBLISHED,
    )  # fmt: skip
    idea = Idea.objects.create(item=item, **columns_of(words))
    describe(item, *words.bodies)
    audit.record("idea.write", idea, by=by, state=item.state)
    page_changed()
    return idea


def columns_of(words: Words) -> dict[str, object]:
    """The columns of an idea beside its item's."""
    return {
        "what": words.what, "why": words.why, "for_whom": words.for_whom, "cost": words.cost_in_coins,
        "currency": words.currency if words.cost is not None else "",
    }  # fmt: skip


@transaction.atomic
def bring_ideas(
    rows: Sequence[Brought],
    *,
    source: str,
    licence: str = "",
    process: Process | None = None,
    digest: str = "",
    by: Actor,
) -> int:
    """Take in those of `rows` that are not here yet, by their ids at the source. Returns how many were new.

    `digest` is that of the file they stand in, for the record.
    """
    if by is not SYSTEM and not all(isinstance(by, Person) and can_bring(by, row.territory) for row in rows):
        raise Refused(_("Only facilitators and stewards of this place can bring ideas from elsewhere."))
    origin = lock_source(source, licence)
    known = set(known_ids(source, [row.external_id for row in rows]))
    fresh = [row for row in rows if row.external_id not in known]
    items = make_items("idea", [_item_values(row) for row in fresh])
    Idea.objects.bulk_create(
        [
            Idea(
                item=item, source=origin, external_id=row.external_id, url=row.url,
                supports_there=row.supports, **columns_of(row.words),
            )
            for item, row in zip(items, fresh, strict=True)
        ],
        batch_size=1_000,
    )  # fmt: skip
    _describe_all(items, fresh)
    if process is not None and items:
        enter_all(items, process)
    audit.record("idea.bring", origin, by=by, digest=digest, rows=len(rows), made=len(fresh))
    if fresh:
        page_changed()
    return len(fresh)


def lock_source(name: str, licence: str) -> IdeaSource:
    """Its row, made where it is new; two imports from one source take turns."""
    IdeaSource.objects.bulk_create([IdeaSource(name=name, licence=licence)], ignore_conflicts=True)
    row = IdeaSource.objects.select_for_update().get(name=name)
    if licence and row.licence != licence:
        row.licence = licence
        row.save(update_fields=["licence"])
    return row


def _item_values(row: Brought) -> dict[str, object]:
    at = row.made_at or timezone.now()
    return {
        "title": row.words.title, "summary": row.words.summary, "territory": row.territory,
        "languages": [original_language(row.words.title)],
        "state": ItemState.WITHDRAWN if row.is_withdrawn else ItemState.PUBLISHED,
        "comments": Comments.FOR_AND_AGAINST, "made_at": at, "published_at": at,
    }  # fmt: skip


def _describe_all(items: Sequence[Item], rows: Sequence[Brought]) -> None:
    """What search sees, bodies included."""
    texts = [
        SearchText(item=item, **search_words(item.title, item.summary, *row.words.bodies))
        for item, row in zip(items, rows, strict=True)
    ]
    SearchText.objects.bulk_create(
        texts,
        batch_size=1_000,
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=["es", "en", "fr", "plain"],
    )
