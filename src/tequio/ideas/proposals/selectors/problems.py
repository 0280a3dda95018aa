"""Problems an idea may answer: those it names, and those to choose from."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from django.db.models import Exists, F, OuterRef, QuerySet

from tequio.catalogue.enums import LinkKind
from tequio.catalogue.models import Item, Link
from tequio.catalogue.permissions import seen_by
from tequio.catalogue.selectors import listed
from tequio.ideas.processes.models import Entry, Process
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..models import Idea, Problem
from .alike import sharing_words
from .listing import with_words

MOST_OFFERED, MOST_FOUND = 3, 5


def problems_named(person: Person | None, ids: Sequence[int]) -> list[Problem]:
    """Those of them that are shown and that she may see, in their order."""
    if not ids:
        return []
    rows = Problem.objects.filter(
        seen_by(person, "item__"), pk__in=ids, item__state="published", item__hidden_by=""
    )
    found = rows.select_related("item__territory", "item__count").in_bulk()
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found]


def problems_answered(person: Person | None, idea: Idea) -> list[Problem]:
    """Those it is linked to as their answer, as far as they are shown to her; the first linked first."""
    return problems_named(person, list(links_to_problems(idea.item).values_list("target", flat=True)))


def links_to_problems(item: Item) -> QuerySet[Link]:
    """The strands by which an idea answers problems, in the order they were made."""
    return Link.objects.filter(source=item, kind=LinkKind.ANSWERS, target__kind="problem").order_by("pk")


def problems_to_choose(
    person: Person | None,
    territory: Territory,
    process: Process | None = None,
    *,
    words: str = "",
    without: Collection[int] = (),
) -> list[Item]:
    """Shown problems of the place and below, not those in `without`.

    Without words the three that most people have, those of the process first; else up to five that hold the words,
    first those that hold all of them.
    """
    rows = listed(person, kind="problem", territory_id=territory.pk).exclude(pk__in=without)
    if not words:
        here = Exists(Entry.objects.filter(item=OuterRef("pk"), process=process))
        order = ("-is_here", "-count__people", "-pk") if process else ("-count__people", "-pk")
        offered = rows.annotate(is_here=here) if process else rows
        return list(offered.order_by(*order)[:MOST_OFFERED])
    found = list(with_words(rows, words).order_by(F("rank").desc(), "-pk")[:MOST_FOUND])
    if len(found) == MOST_FOUND:
        return found
    others = rows.exclude(pk__in=[item.pk for item in found])
    return [*found, *sharing_words(others, words, most=MOST_FOUND - len(found))]
