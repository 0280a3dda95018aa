"""The thread of an item: where it came from and where it went, over several hops, in two queries.

The first query walks ids alone; the second fetches those that the reader may see, and the walk is done again
over these. So nothing she may not see is passed through, named or counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from tequio.base.languages import current
from tequio.base.multilingual import read
from tequio.people.models import Person

from ..enums import PART, RELATIONS, PartyRole
from ..models import Item, ItemParty
from ..permissions import visible_to
from ..types import WAYS, Dot, Knot, Picture, Relation, Thread, Way

# Hops to each side, neighbours read of one thing, rows read in all, knots shown of one depth.
DEPTH, BREADTH, MOST, A_LEVEL = 5, 40, 600, 6
# Only "grew into" points from the earlier to the later; all other links are made by the later thing. A part
# stands on the thread where something came of it.
WALK = """
WITH RECURSIVE walk (node, forward, depth, earlier, later, kind) AS (
    SELECT start.node, start.forward, 0, 0::bigint, 0::bigint, ''::text
    FROM (VALUES (%(item)s::bigint, true), (%(item)s::bigint, false)) AS start (node, forward)
    UNION
    SELECT next.node, walk.forward, walk.depth + 1,
        CASE WHEN walk.forward THEN walk.node ELSE next.node END,
        CASE WHEN walk.forward THEN next.node ELSE walk.node END, next.kind
    FROM walk CROSS JOIN LATERAL (
        SELECT target_id AS node, kind::text, id FROM catalogue_link
        WHERE walk.forward AND kind = 'grew_into' AND source_id = walk.node
        UNION ALL SELECT source_id, kind::text, id FROM catalogue_link
        WHERE walk.forward AND kind <> 'grew_into' AND target_id = walk.node
        UNION ALL SELECT source_id, kind::text, id FROM catalogue_link
        WHERE NOT walk.forward AND kind = 'grew_into' AND target_id = walk.node
        UNION ALL SELECT target_id, kind::text, id FROM catalogue_link
        WHERE NOT walk.forward AND kind <> 'grew_into' AND source_id = walk.node
        UNION ALL SELECT part_of_id, 'part', 0 FROM catalogue_item
        WHERE NOT walk.forward AND id = walk.node AND part_of_id IS NOT NULL
        UNION ALL SELECT part.id, 'part', part.id FROM catalogue_item AS part
        WHERE walk.forward AND part.part_of_id = walk.node AND EXISTS (
            SELECT 1 FROM catalogue_link AS on_it
            WHERE on_it.source_id = part.id AND on_it.kind = 'grew_into'
            OR on_it.target_id = part.id AND on_it.kind <> 'grew_into')
        ORDER BY id LIMIT %(breadth)s
    ) AS next
    WHERE walk.depth < %(depth)s
)
SELECT earlier, later, kind FROM walk WHERE depth > 0 LIMIT %(most)s
"""


@dataclass(frozen=True)
class Edge:
    """`later` came of `earlier`; `kind` is a LinkKind, or PART."""

    earlier: int
    later: int
    kind: str


def thread_of(person: Person | None, item: Item) -> Thread | None:
    """The thread as she may see it; None where nothing leads anywhere. One query then, two otherwise."""
    edges = _walk(item.pk)
    if all(edge.kind == PART for edge in edges):
        return None
    ids = {edge.earlier for edge in edges} | {edge.later for edge in edges} | {item.pk}
    seen = {one.pk: one for one in _with_names(person, ids)}
    seen.setdefault(item.pk, item)
    edges = [edge for edge in edges if edge.earlier in seen and edge.later in seen]
    depths, more = _depths(item.pk, edges)
    edges = [edge for edge in edges if edge.earlier in depths and edge.later in depths]
    if all(edge.kind == PART for edge in edges):
        return None
    order = sorted(depths, key=lambda pk: (depths[pk], seen[pk].published_at or seen[pk].made_at, pk))
    knots = _knots(item, [seen[pk] for pk in order], depths, edges)
    return Thread(knots, _picture(knots, edges), more)


def ways_on(person: Person | None, kind: str, thing: Any) -> list[Way]:
    """What she may make of a thing now, by the kinds that `portal.thread` has registered."""
    if person is None or person.is_guest or not person.is_active:
        return []
    return [way for (source, _to), way in WAYS.items() if source == kind and way.can(person, thing)]


def _walk(pk: int) -> list[Edge]:
    bounds = {"item": pk, "depth": DEPTH, "breadth": BREADTH, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(WALK, bounds)
        return list(dict.fromkeys(Edge(*row) for row in cursor.fetchall()))


def _with_names(person: Person | None, ids: Iterable[int]) -> Iterable[Item]:
    """Those of the items that she may see, with the people whose thought it was and who want to be named."""
    named = ItemParty.objects.filter(
        item=OuterRef("pk"), role=PartyRole.SOURCE, accepted_at__isnull=False, person__is_active=True
    )
    rows = named.order_by("position", "id").values(
        row=JSONObject(name="person__name", year_of_birth="person__year_of_birth")
    )
    items = visible_to(person).filter(pk__in=ids).annotate(thought_by=ArraySubquery(rows))
    return items.select_related("territory", "part_of").order_by("pk")


def _depths(pk: int, edges: list[Edge]) -> tuple[dict[int, int], int]:
    """{id: hops from the page's own}, by the shortest way; and how many were left out."""
    depths, more = {pk: 0}, 0
    for sign in (-1, 1):
        steps: dict[int, list[int]] = defaultdict(list)
        for edge in edges:
            here, there = (edge.earlier, edge.later) if sign > 0 else (edge.later, edge.earlier)
            steps[here].append(there)
        level = [pk]
        for depth in range(1, DEPTH + 1):
            found = [one for here in level for one in steps[here] if one not in depths]
            level = list(dict.fromkeys(found))
            more += max(0, len(level) - A_LEVEL)
            level = level[:A_LEVEL]
            depths |= dict.fromkeys(level, sign * depth)
    return depths, more


def _knots(item: Item, items: list[Item], depths: dict[int, int], edges: list[Edge]) -> list[Knot]:
    titles = {one.pk: read(one.title, current()) for one in items}
    knots: list[Knot] = []
    for one in items:
        above = knots[-1].pk if knots else 0
        relations = tuple(
            Relation(str(RELATIONS[edge.kind]), None if edge.earlier == above else titles[edge.earlier])
            for edge in edges
            if edge.later == one.pk and depths[edge.earlier] < depths[one.pk]
        )
        place = None if one.territory_id == item.territory_id else one.territory.title
        people = [Person(**row).shown_name for row in getattr(one, "thought_by", [])]
        knots.append(
            Knot(
                pk=one.pk, kind=one.kind, word=str(one.kind_info.word), door=one.kind_info.door.value, path=one.path,
                words=titles[one.pk], place=place, state="" if one.is_shown else str(one.moment_word),
                depth=depths[one.pk], relations=relations, names=tuple(name for name in people if name),
            )
        )  # fmt: skip
    return knots


# The picture: knots in columns by depth, strands between them.
COLUMN, ROW, EDGE = 44, 32, 16


def _picture(knots: list[Knot], edges: list[Edge]) -> Picture:
    first = min(knot.depth for knot in knots)
    levels: dict[int, list[Knot]] = defaultdict(list)
    for knot in knots:
        levels[knot.depth].append(knot)
    most = max(len(level) for level in levels.values())
    places: dict[int, tuple[int, int]] = {}
    for depth, level in levels.items():
        top = (most - len(level)) * ROW // 2
        for number, knot in enumerate(level):
            places[knot.pk] = (EDGE + (depth - first) * COLUMN, EDGE + top + number * ROW)
    dots = [
        Dot(
            *places[knot.pk], knot.door, knot.is_here, bool(knot.state),
            tuple(
                _strand(places[edge.earlier], places[edge.later])
                for edge in edges
                if edge.later == knot.pk and places[edge.earlier][0] < places[edge.later][0]
            ),
        )
        for knot in knots
    ]  # fmt: skip
    return Picture(2 * EDGE + (len(levels) - 1) * COLUMN, 2 * EDGE + (most - 1) * ROW, dots)


def _strand(begin: tuple[int, int], end: tuple[int, int]) -> str:
    """A line that leaves and arrives level."""
    middle = (begin[0] + end[0]) // 2
    return f"M{begin[0]} {begin[1]}C{middle} {begin[1]} {middle} {end[1]} {end[0]} {end[1]}"
