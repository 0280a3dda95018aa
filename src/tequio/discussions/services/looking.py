"""The look at words before they are shown: the one place where comments ask how risky they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils import timezone

from tequio.algorithms.risk import Filling, adds_risk
from tequio.base.multilingual import all_texts, original_text
from tequio.catalogue.models import Item
from tequio.catalogue.services.scales import LATELY, MOST_RECENT, Scales, gathered, is_new
from tequio.people.models import Person

from ..enums import CommentState
from ..models import Comment


@dataclass(frozen=True)
class Look:
    """`signs`: {sign: value} for the moderators. `is_held`: somebody reads it before it is shown."""

    signs: dict[str, float] = field(default_factory=dict)
    is_held: bool = False


def look_at(
    item: Item, text: str, *, filling: Filling | None = None, of: Comment | None = None, by: Person
) -> Look:
    """By the same recipe as what is published otherwise. `of` is the comment whose words change.

    A change is held where it is risky by itself and brings a sign or a link that was not there. What waits goes on
    waiting whatever it says now, with the signs that were seen.
    """
    scales = Scales(item.territory_id)
    is_first, recent = is_new(by) and _is_first(of, by), _recent(of)
    values = scales.signs([text], filling, is_first=is_first, recent=recent)
    if of is not None and of.state == CommentState.HELD:
        return Look(gathered(of.signs, values), True)
    is_held = scales.weigh(values).is_held
    if of is None or not is_held:
        return Look(values, is_held)
    before = scales.signs([original_text(of.words)], is_first=is_first, recent=recent)
    said = "\n".join(all_texts(of.words))
    return Look(values, adds_risk(before, values, text_before=said, text_after=text))


def _is_first(of: Comment | None, by: Person) -> bool:
    rows = Comment.objects.filter(author=by)
    return not (rows.filter(pk__lt=of.pk) if of is not None else rows).exists()


def _recent(of: Comment | None) -> tuple[str, ...]:
    """What was said last, everywhere."""
    rows = Comment.objects.filter(made_at__gt=timezone.now() - LATELY)
    rows = rows.exclude(pk=of.pk) if of else rows
    fields = rows.exclude(words={}).order_by("-id").values_list("words", flat=True)[:MOST_RECENT]
    return tuple(original_text(words) for words in fields)
