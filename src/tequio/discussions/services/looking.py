"""The look at words before they are shown: the one place where comments ask how risky they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from tequio.algorithms.risk import Filling, Post, assess, signs_of
from tequio.base.multilingual import original_text
from tequio.catalogue.models import Item
from tequio.catalogue.services.screening import is_new
from tequio.people.models import Person
from tequio.recipes.selectors import active

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
    """By the same recipe as what is published otherwise. `of` is the comment whose words change."""
    recipe = active(RECIPE, item.territory_id)
    is_first = of is None and is_new(by) and not Comment.objects.filter(author=by).exists()
    post = Post(text, is_first, filling or Filling(), _recent(of))
    values = signs_of(
        post, least_seconds=recipe.parameters["least_seconds"], likeness=recipe.parameters["likeness"]
    )
    found = assess(values, recipe.weights, limit=recipe.parameters["limit"])
    return Look(values, found.is_held)


def _recent(of: Comment | None) -> tuple[str, ...]:
    """What was said last, everywhere."""
    rows = Comment.objects.filter(made_at__gt=timezone.now() - LATELY)
    rows = rows.exclude(pk=of.pk) if of else rows
    fields = rows.exclude(words={}).order_by("-id").values_list("words", flat=True)[:MOST_RECENT]
    return tuple(original_text(words) for words in fields)
