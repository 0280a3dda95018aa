"""How words are weighed before they are shown, by the rule of their place: items, comments and reports alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.utils import timezone

from tequio.algorithms.risk import Assessment, Filling, Post, assess, signs_of
from tequio.people.models import Person
from tequio.recipes.selectors import active

RECIPE = "screening"
NEW_FOR = timedelta(days=1)
# What words are compared with: so many of those that were sent last.
LATELY, MOST_RECENT = timedelta(days=1), 100


def is_new(person: Person) -> bool:
    """Whether her account (or that of the browser she is a guest of) is younger than a day."""
    return person.began_at > timezone.now() - NEW_FOR


class Scales:
    """The rule of a place as it is in force now; `version` is its number."""

    def __init__(self, territory_id: int | None):
        recipe = active(RECIPE, territory_id)
        self.version, self._weights, self._numbers = recipe.number, recipe.weights, recipe.parameters

    def signs(
        self, texts: Iterable[str], filling: Filling | None = None, *, is_first: bool = False, recent: Iterable[str]
    ) -> dict[str, float]:  # fmt: skip
        """{sign: its strongest value over the texts}, 0 … 1; each text is looked at by itself."""
        lately = tuple(recent)
        seen = [
            signs_of(
                Post(text, is_first, filling or Filling(), lately),
                least_seconds=self._numbers["least_seconds"], likeness=self._numbers["likeness"],
            )
            for text in [*texts] or [""]
        ]  # fmt: skip
        return {name: max(values[name] for values in seen) for name in seen[0]}

    def weigh(self, signs: Mapping[str, float]) -> Assessment:
        return assess(signs, self._weights, limit=self._numbers["limit"])


def gathered(before: Mapping[str, float], now: Mapping[str, float]) -> dict[str, float]:
    """What was seen stays seen: harmless words over risky ones do not wipe the signs away."""
    return {**before, **{name: max(value, before.get(name, 0.0)) for name, value in now.items()}}
