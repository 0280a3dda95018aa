"""The rotation of ideas and problems in the database; `algorithms.idea_order` says the same of plain numbers."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db.models import (
    Case,
    DateTimeField,
    DurationField,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Extract, Greatest, Ln
from django.utils import timezone

from tequio.algorithms.idea_order import SHIFT, Idea, Numbers, values_of
from tequio.algorithms.idea_order.rotation import CIRCLE, MIX
from tequio.catalogue.models import Item
from tequio.recipes.types import Active, Why, why

RECIPE = "idea-order"
SECONDS = 3_600
# A reader may go through the pages of a turn that has passed for so long.
KEPT_TURNS = 24
COUNTS = {"idea": "count__supports", "problem": "count__people"}


def turn_now() -> int:
    """Which turn it is: they count the hours since 1970."""
    return int(timezone.now().timestamp()) // SECONDS


def read_turn(text: str) -> int:
    """A turn of the last day that an address carried; else that of now."""
    now = turn_now()
    turn = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else now
    return turn if now - KEPT_TURNS <= turn <= now else now


def began(turn: int) -> datetime:
    return datetime.fromtimestamp(turn * SECONDS, UTC)


def numbers_of(recipe: Active) -> Numbers:
    return Numbers(recipe.weights, recipe.parameters["half_supports"], recipe.parameters["half_life"])


class _Lot(Func):
    """u of a row: its number stirred twice, moved on by the turn. In whole numbers, as `idea_order.lot` counts."""

    output_field = FloatField()

    def __init__(self, number: F, turn: int):
        stirred = f"mod(%(expressions)s, {CIRCLE})"
        for _round in range(2):
            stirred = f"mod((({stirred} >> 16) # {stirred}) * {MIX}, {CIRCLE})"
        moved = f"mod((({stirred} >> 16) # {stirred}) + {turn * SHIFT % CIRCLE}, {CIRCLE})"
        super().__init__(number, template=f"(({moved} + 0.5::float8) / {CIRCLE}::float8)")


def rotated(items: QuerySet[Item], recipe: Active, turn: int, count: str) -> QuerySet[Item]:
    """With `turn_key`, by which the least comes first; moments are those of the beginning of the turn."""
    numbers, at = numbers_of(recipe), began(turn)
    supports = Cast(Coalesce(F(count), Value(0)), FloatField())
    weight: Combinable = Value(numbers.weights["share"])
    weight += Value(numbers.weights["few"] * numbers.half_supports) / (
        Value(numbers.half_supports) + supports
    )
    hours = Greatest(Value(0.0), _hours(_moment(at), F("published_at")))
    weight += Value(numbers.weights["fresh"] * numbers.half_life) / (Value(numbers.half_life) + hours)
    days = _hours(closes(), _moment(at)) / Value(24.0)
    soon = Case(
        When(closing__gt=at, then=Value(1.0) / (Value(1.0) + days)),
        default=Value(0.0),
        output_field=FloatField(),
    )
    weight += Value(numbers.weights["closing"]) * soon
    key = ExpressionWrapper(-Ln(_Lot(F("pk"), turn)) / weight, output_field=FloatField())
    return items.annotate(closing=closes()).annotate(turn_key=key).order_by("turn_key", "-pk")


def closes() -> Combinable:
    """When it closes: by itself, or with the process it stands in."""
    return Coalesce("closes_at", "entry__process__item__closes_at")


def _moment(at: datetime) -> Combinable:
    return Value(at, output_field=DateTimeField())


def _hours(later: Combinable, earlier: Combinable) -> Combinable:
    between = ExpressionWrapper(later - earlier, output_field=DurationField())
    return ExpressionWrapper(Extract(between, "epoch") / Value(3600.0), output_field=FloatField())


def as_idea(item: Item, turn: int, count: int) -> Idea:
    """As the pure order sees it; the item comes from `rotated`."""
    at, closing = began(turn), item.closing  # type: ignore[attr-defined]
    assert item.published_at is not None
    days = (closing - at).total_seconds() / 86_400 if closing is not None else None
    return Idea(item.pk, count, (at - item.published_at).total_seconds() / 3600, days)


def why_here(item: Item, recipe: Active, turn: int, count: int) -> Why:
    """The reasons for its weight in this turn; the lottery does the rest."""
    values = values_of(as_idea(item, turn, count), numbers_of(recipe))
    return why(recipe, {name: value for name, value in values.items() if value})
