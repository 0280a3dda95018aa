"""Looking at words before they are shown, when they are published and when they change.

`screen` is the one call for what is new, `screen_change` for other words of what stands, in every pillar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from django.db import connection, transaction
from django.utils import timezone

from tequio.algorithms.risk import PICTURE, Assessment, Filling, adds_risk
from tequio.audit import services as audit
from tequio.base.actor import Actor
from tequio.base.columns import insert
from tequio.base.multilingual import Field
from tequio.guards.services import page_changed, spend
from tequio.people.models import Person

from ..enums import ItemState
from ..models import Item, Screening
from . import publish_item
from .scales import LATELY, MOST_RECENT, Scales, gathered, is_new

CHANGES_A_DAY, DAY = 100, 86_400
# {kind: what else happens when such a thing is shown for the first time}; flats above add theirs when ready.
WHEN_SHOWN: dict[str, Callable[[Item, Actor], None]] = {}
BEFORE = """
SELECT EXISTS (SELECT FROM catalogue_item WHERE author_id = %(author)s AND id < %(item)s),
    ARRAY(
        SELECT words.plain FROM catalogue_item item JOIN catalogue_searchtext words ON words.item_id = item.id
        WHERE item.kind = %(kind)s AND item.made_at > %(since)s AND item.id <> %(item)s AND words.plain <> ''
        ORDER BY item.id DESC LIMIT %(most)s
    )
"""


@dataclass(frozen=True)
class Said:
    """Words by language: {language: all of them}. Each language is looked at by itself; the strongest sign counts."""

    texts: Mapping[str, str]

    @property
    def whole(self) -> str:
        return "\n".join(self.texts.values())


def said_in(*fields: Field, beside: Iterable[str] = ()) -> Said:
    """All that multilingual fields say, originals and translations; `beside` them what has no language of its own."""
    texts = {"": [text for text in beside if text]}
    for field in fields:
        for language, entry in field.items():
            texts.setdefault(language, []).append(entry["text"])
    return Said({language: "\n".join(parts) for language, parts in texts.items() if parts})


def screen(
    item: Item, said: str | Said, *, filling: Filling | None = None, has_pictures: bool = False, by: Person
) -> Assessment:
    """Called once after an item was made, in its transaction: what looks risky waits, whatever state it was given.

    Pictures of somebody without an account always wait (`has_pictures`). What is found stays beside the item, for the
    moderators' queue and for whoever wants to try other numbers.
    """
    scales = Scales(item.territory_id)
    texts = [said] if isinstance(said, str) else list(said.texts.values())
    values = _signs(item, texts, filling, scales, by)
    found = scales.weigh(values)
    if has_pictures and by.is_guest:
        values[PICTURE] = 1.0
        found = replace(found, is_held=True, reasons=(*found.reasons, PICTURE))
    insert(_row(item, values, found, scales))
    if found.is_held and item.state != ItemState.HELD:
        item.published_at = None
        _hold(item, found, scales, by)
    return found


def screen_change(
    item: Item, before: Said, after: Said, *, filling: Filling | None = None, by: Person
) -> bool:
    """Called by the service that changes words, in its transaction, before it keeps the revision.

    True where the item waits now. What stood and gets riskier words waits, with all that hangs on it. What waited
    goes on waiting, whatever the new words say: only a moderator lets it through. Other drafts are nobody's business.
    `before` without words looks at all of it as if it were new.
    """
    changed = [language for language, text in after.texts.items() if text != before.texts.get(language, "")]
    if not changed and not (filling and filling.is_trapped):
        return False
    # A moderator who decides at this moment goes first, or reads the words as they are after this.
    item.state = Item.objects.select_for_update().values_list("state", flat=True).get(pk=item.pk)
    row = Screening.objects.filter(item=item).first()
    if item.state not in (ItemState.HELD, ItemState.PUBLISHED) and not (
        item.state == ItemState.DRAFT and row is not None
    ):
        return False
    spend("reword", who=by.audit_id, limit=CHANGES_A_DAY, seconds=DAY)
    return _look_again(item, row, before, {name: after.texts[name] for name in changed}, filling, by)


def _look_again(
    item: Item, row: Screening | None, before: Said, changed: Mapping[str, str], filling: Filling | None, by: Person
) -> bool:  # fmt: skip
    scales = Scales(item.territory_id)
    values = _signs(item, changed.values(), filling, scales, by)
    found = scales.weigh(values)
    if item.state == ItemState.HELD:
        if row is not None:
            row.values = gathered(row.values, values)
            row.score = scales.weigh(row.values).score
            row.save(update_fields=["values", "score"])
        return True
    if not found.is_held:
        return False
    old = _signs(item, [before.texts.get(name, "") for name in changed], None, scales, by)
    if not adds_risk(old, values, text_before=before.whole, text_after="\n".join(changed.values())):
        return False
    seen = _row(item, values, found, scales)
    seen.save(force_insert=row is None)
    _hold(item, found, scales, by)
    return True


def _row(item: Item, values: dict[str, float], found: Assessment, scales: Scales) -> Screening:
    return Screening(
        item=item, values=values, score=found.score, is_held=found.is_held, version=scales.version,
        was=item.state if item.state != ItemState.HELD else ItemState.PUBLISHED,
    )  # fmt: skip


def _hold(item: Item, found: Assessment, scales: Scales, by: Person) -> None:
    item.state = ItemState.HELD
    item.save(update_fields=["state", "published_at"])
    audit.record("item.hold", item, by=by, signs=list(found.reasons), version=scales.version)


@transaction.atomic
def release_item(item: Item, *, by: Actor) -> Item:
    """A moderator lets through what waited: it is again what it was before, as a rule published."""
    row = Screening.objects.filter(item=item).first()
    if row is None or row.was != ItemState.DRAFT:
        is_first = item.published_at is None
        item = publish_item(item, by=by)
        if is_first and item.kind in WHEN_SHOWN:
            WHEN_SHOWN[item.kind](item, by)
        return item
    item.state = ItemState.DRAFT
    item.save(update_fields=["state"])
    audit.record("item.release", item, by=by)
    page_changed()
    return item


def _signs(
    item: Item, texts: Iterable[str], filling: Filling | None, scales: Scales, by: Person
) -> dict[str, float]:
    is_first, recent = _before(item, by)
    return scales.signs(texts, filling, is_first=is_first and is_new(by), recent=recent)


def _before(item: Item, person: Person) -> tuple[bool, tuple[str, ...]]:
    """Whether she made nothing before it; what was sent last of its kind, everywhere, as search sees it."""
    with connection.cursor() as cursor:
        cursor.execute(BEFORE, {
            "author": person.pk, "item": item.pk, "kind": item.kind, "since": timezone.now() - LATELY,
            "most": MOST_RECENT,
        })  # fmt: skip
        has_others, recent = cursor.fetchone()
    return not has_others, tuple(recent)
