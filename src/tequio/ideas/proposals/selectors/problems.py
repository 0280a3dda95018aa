"""Problems an idea may answer."""

from __future__ import annotations

from collections.abc import Sequence

from tequio.catalogue.permissions import seen_by
from tequio.people.models import Person

from ..models import Idea, Problem


def problems_named(person: Person | None, ids: Sequence[int]) -> list[Problem]:
    """Those of them that are shown and that she may see, in their order."""
    if not ids:
        return []
    rows = Problem.objects.filter(seen_by(person, "item__"), pk__in=ids, item__state="published")
    found = rows.select_related("item__territory", "item__count").in_bulk()
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found]


def problems_answered(idea: Idea) -> list[Problem]:
    """Those it is linked to as their answer."""
    links = idea.item.links_out.filter(kind="answers", target__kind="problem").order_by("pk")
    found = Problem.objects.select_related("item").in_bulk(links.values_list("target", flat=True))
    return list(found.values())
