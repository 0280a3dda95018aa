"""What is like something that somebody is about to send."""

from __future__ import annotations

from django.db.models import F

from tequio.base.text import fold
from tequio.catalogue.models import Item, SearchText
from tequio.catalogue.selectors import stem_of
from tequio.catalogue.selectors.finding import found, likely_rule, narrowed
from tequio.people.models import Person
from tequio.territories.selectors import subtree_ids

LOOKED_AT, MOST_LIKE = 40, 5
# Of the words that say something, so many must be shared.
LEAST_SHARED = 0.5


def problems_like(person: Person | None, words: str, territory_id: int, most: int = MOST_LIKE) -> list[Item]:
    """Problems of the place that share at least half of the words that say something, the most first."""
    items = narrowed(
        found(person, words, rule_of=likely_rule), kinds=["problem"], territory_ids=subtree_ids(territory_id)
    )
    near = list(items.select_related("territory", "count").order_by(F("rank").desc(), "-pk")[:LOOKED_AT])
    if not near:
        return []
    plain = dict(SearchText.objects.filter(pk__in=[item.pk for item in near]).values_list("pk", "plain"))
    stems = _stems(words)
    shares = {item.pk: _share(stems, plain.get(item.pk, "")) for item in near}
    like = [item for item in near if shares[item.pk] >= LEAST_SHARED]
    return sorted(like, key=lambda item: -shares[item.pk])[:most]


def _stems(words: str) -> list[str]:
    said = list(dict.fromkeys(fold(words).split()))
    long = [word for word in said if len(word) > 3] or said
    return [stem_of(word)[:6] for word in long]


def _share(stems: list[str], plain: str) -> float:
    there = plain.split()
    return sum(any(word.startswith(stem) for word in there) for stem in stems) / len(stems) if stems else 0.0
