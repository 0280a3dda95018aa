"""Which comments come next, and why: the recipe's order, or by their moments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from tequio.algorithms.comment_order import Numbers, Placed, Remark, arrange
from tequio.base.moments import EPOCH
from tequio.catalogue.enums import Comments
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import visible_to as items_visible_to
from tequio.catalogue.selectors import read_cursor
from tequio.people.models import Person
from tequio.recipes.selectors import active
from tequio.recipes.types import Active, why
from tequio.territories.selectors import subtree_ids

from ..enums import CommentState, Order, Side
from ..models import Comment
from ..permissions import OPEN, can_moderate
from .talk import Place

RECIPE = "comment-order"
# Beyond that the recipe's order holds for the newest; by their moments all can be read.
MOST_RANKED = 5_000
KEPT = timedelta(days=1)
MICRO = timedelta(microseconds=1)


@dataclass(frozen=True)
class Slice:
    """Ids of some comments in order; `by_lot` those today's lottery placed."""

    ids: list[int]
    more: str
    by_lot: frozenset[int] = frozenset()


def top_comments(item: Item, person: Person | None) -> QuerySet[Comment]:
    """Those that stand in the list for her: what is shown, her own, and what was hidden or erased under answers."""
    is_there = Q(state=CommentState.PUBLISHED, hidden_by="") & ~Q(words={})
    is_there |= Q(state=CommentState.WITHDRAWN, hidden_by="")
    is_there |= Q(state=CommentState.PUBLISHED, numbers__replies__gt=0)
    if person is not None:
        is_there |= Q(author=person)
        if can_moderate(person, item):
            is_there |= Q(state=CommentState.HELD)
    return Comment.objects.filter(is_there, item=item, reply_to=None)


def numbers_of(recipe: Active) -> Numbers:
    values = recipe.parameters
    return Numbers(
        recipe.weights, values["half_life"], values["half_replies"], values["half_useful"], recipe.whole("lot_every")
    )  # fmt: skip


# (id, side, moment, answers, marks)
Row = tuple[int, str, datetime, int | None, int | None]


@dataclass(frozen=True)
class Ranks:
    """Every comment of the list as the recipe sees it at a moment, by side."""

    item: Item
    moment: datetime
    rows: list[Row]
    recipe: Active

    def arranged(self, side: str) -> list[Placed]:
        remarks = [
            Remark(pk, at.timestamp(), replies or 0, useful or 0)
            for pk, own, at, replies, useful in self.rows
            if not side or own == side
        ]
        seed = f"{self.item.pk}:{side}:{self.moment:%Y-%m-%d}"
        return arrange(remarks, numbers_of(self.recipe), now=self.moment.timestamp(), seed=seed)

    def number(self, side: str) -> int:
        return sum(1 for row in self.rows if not side or row[1] == side)

    @property
    def sides(self) -> list[str]:
        """Both where the item asks for them, or where there were two before it was closed; else one without a name."""
        has_sides = self.item.comments == Comments.FOR_AND_AGAINST
        if self.item.comments == Comments.CLOSED:
            has_sides = any(own for _pk, own, *_rest in self.rows)
        return [str(one) for one in Side.values] if has_sides else [""]

    @property
    def replies(self) -> int:
        return sum(row[3] or 0 for row in self.rows)


def ranks_of(item: Item, person: Person | None, moment: datetime | None = None) -> Ranks:
    moment = moment or timezone.now()
    rows = top_comments(item, person).filter(made_at__lte=moment).order_by("-made_at", "-id")
    columns = ("pk", "side", "made_at", "numbers__replies", "numbers__useful")
    return Ranks(
        item, moment, list(rows.values_list(*columns)[:MOST_RANKED]), active(RECIPE, item.territory_id)
    )


def slice_by_recipe(ranks: Ranks, side: str, after: tuple[int, int] | None, size: int) -> Slice:
    """`after`: (place, id) of the last one seen; where it went away meanwhile, the place counts."""
    placed = ranks.arranged(side)
    begin = _begin([one.id for one in placed], after)
    part = placed[begin : begin + size]
    end = begin + len(part)
    more = f"{(ranks.moment - EPOCH) // MICRO}.{end - 1}.{part[-1].id}" if part and end < len(placed) else ""
    return Slice([one.id for one in part], more, frozenset(one.id for one in part if one.is_by_lot))


def _begin(ids: list[int], after: tuple[int, int] | None) -> int:
    if after is None:
        return 0
    place, pk = after
    if place < len(ids) and ids[place] == pk:
        return place + 1
    return ids.index(pk) + 1 if pk in ids else min(place, len(ids))


def read_place(cursor: str) -> tuple[datetime, tuple[int, int]] | None:
    """(moment, (place, id)) of a cursor of today; None for anything else: the list begins at its beginning."""
    parts = cursor.split(".")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
        return None
    micros, place, pk = map(int, parts)
    now = timezone.now()
    if not (now - KEPT - EPOCH) // MICRO <= micros <= (now - EPOCH) // MICRO:
        return None
    return EPOCH + micros * MICRO, (place, pk)


def slice_by_moment(comments: QuerySet[Comment], order: str, after: str, size: int) -> Slice:
    """Newest or oldest first, by key."""
    is_newest = order == Order.NEWEST
    if cursor := read_cursor(after):
        at, pk = cursor
        before = Q(made_at__lt=at) | Q(made_at=at, pk__lt=pk)
        comments = comments.filter(before if is_newest else Q(made_at__gt=at) | Q(made_at=at, pk__gt=pk))
    by = ("-made_at", "-id") if is_newest else ("made_at", "id")
    rows = list(comments.order_by(*by).values_list("pk", "made_at")[: size + 1])
    part = rows[:size]
    more = f"{part[-1][1].isoformat()}_{part[-1][0]}" if len(rows) > size else ""
    return Slice([pk for pk, _at in part], more)


def place_of(comment: Comment, person: Person | None) -> Place | None:
    """Where it stands today and why; None for an answer, which stands under its comment, and for what is not listed."""
    if comment.reply_to_id is not None:
        return None
    ranks = ranks_of(comment.item, person)
    placed = ranks.arranged(comment.side if comment.side in ranks.sides else "")
    for number, one in enumerate(placed, 1):
        if one.id == comment.pk:
            return Place(number, len(placed), one.is_by_lot, why(ranks.recipe, one.values))
    return None


def busiest_discussion(person: Person | None, territory_id: int | None) -> Item | None:
    """The open discussion of a place, or of everywhere, with the most comments that she may see."""
    items = items_visible_to(person).filter(comments__in=OPEN, discussion__comments__gt=0)
    if territory_id is not None:
        items = items.filter(territory_id__in=subtree_ids(territory_id))
    return items.select_related("territory").order_by("-discussion__comments", "-pk").first()


def first_by(item: Item, recipe: Active, person: Person | None, most: int) -> list[Comment]:
    """The first comments by the numbers of `recipe`, in use or not; of two columns the first."""
    ranks = replace(ranks_of(item, person), recipe=recipe)
    ids = [one.id for one in ranks.arranged(ranks.sides[0])]
    rows = Comment.objects.exclude(words={}).in_bulk(ids[:most])
    return [rows[pk] for pk in ids[:most] if pk in rows]
