"""The look at words before they are shown: the one place where comments ask how risky they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from tequio.algorithms.risk import Filling, Post, adds_risk, assess, signs_of
from tequio.base.multilingual import all_texts, original_text
from tequio.catalogue.models import Item
from tequio.catalogue.services.screening import is_new
from tequio.people.models import Person
from tequio.recipes.selectors import active
from tequio.recipes.types import Active

from ..enums import CommentState
from ..models import Comment

RECIPE = "screening"
LATELY = timedelta(days=1)
MOST_RECENT = 100


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
    recipe = active(RECIPE, item.territory_id)
    values = _signs(text, filling, of, recipe, by)
    if of is not None and of.state == CommentState.HELD:
        return Look({name: max(value, of.signs.get(name, 0.0)) for name, value in values.items()}, True)
    found = assess(values, recipe.weights, limit=recipe.parameters["limit"])
    if of is None or not found.is_held:
        return Look(values, found.is_held)
    before = _signs(original_text(of.words), None, of, recipe, by)
    said = "\n".join(all_texts(of.words))
    return Look(values, adds_risk(before, values, text_before=said, text_after=text))


def _signs(
    text: str, filling: Filling | None, of: Comment | None, recipe: Active, by: Person
) -> dict[str, float]:
    numbers = recipe.parameters
    post = Post(text, is_new(by) and _is_first(of, by), filling or Filling(), _recent(of))
    return signs_of(post, least_seconds=numbers["least_seconds"], likeness=numbers["likeness"])


def _is_first(of: Comment | None, by: Person) -> bool:
    rows = Comment.objects.filter(author=by)
    return not (rows.filter(pk__lt=of.pk) if of is not None else rows).exists()


def _recent(of: Comment | None) -> tuple[str, ...]:
    """What was said last, everywhere."""
    rows = Comment.objects.filter(made_at__gt=timezone.now() - LATELY)
    rows = rows.exclude(pk=of.pk) if of else rows
    fields = rows.exclude(words={}).order_by("-id").values_list("words", flat=True)[:MOST_RECENT]
    return tuple(original_text(words) for words in fields)
