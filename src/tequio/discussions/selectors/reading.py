"""A discussion for one reader: few queries however much was said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from tequio.base.languages import current
from tequio.base.multilingual import Reading, original_language, read
from tequio.catalogue.enums import Bar, Comments
from tequio.catalogue.models import Item
from tequio.people.models import Person
from tequio.recipes.selectors import active
from tequio.recipes.types import why

from .. import permissions
from ..enums import CommentState, Order
from ..models import Comment, Useful
from .ordering import (
    RECIPE,
    Ranks,
    Row,
    Slice,
    ranks_of,
    read_place,
    slice_by_moment,
    slice_by_recipe,
    top_comments,
)  # fmt: skip
from .talk import Column, Said, Talk

PAGE, PAGE_REPLIES = 10, 2
BRIEF, BRIEF_REPLIES = 4, 1
ALL_REPLIES = 200
# Up to so many comments an item's own page reads them all at once, instead of their numbers first.
SMALL = 40
LONG = 600


def brief_talk(item: Item, person: Person | None) -> Talk | None:
    """What an item's own page shows of its discussion; None where there is none."""
    return talk_of(item, person, size=BRIEF, replies=BRIEF_REPLIES)


def talk_of(
    item: Item, person: Person | None, *, order: str = Order.RECIPE, side: str = "", after: str = "",
    size: int = PAGE, replies: int = PAGE_REPLIES,
) -> Talk | None:  # fmt: skip
    """One page of what is said. `side` alone, or both beside one another; `after` is a cursor of the page before."""
    if item.comments == Comments.OFF:
        return None
    kept = read_place(after) if order == Order.RECIPE else None
    is_small = size == BRIEF and permissions.rules_of(item).comments <= SMALL
    threads = _threads(item, person, top_comments(item, person), replies) if is_small else {}
    ranks = (
        Ranks(item, timezone.now(), _rows(threads), active(RECIPE, item.territory_id))
        if is_small
        else ranks_of(item, person, kept[0] if kept else None)
    )
    sides = [side] if side in ranks.sides else ranks.sides
    slices = {
        one: _slice(ranks, person, one, order, kept[1] if kept else None, after, size // len(sides) or 1)
        for one in sides
    }
    ids = [pk for one in slices.values() for pk in one.ids]
    if ids and not is_small:
        threads = _threads(item, person, Comment.objects.filter(pk__in=ids), replies)
    said = _said(item, person, threads, slices.values())
    columns = [
        Column(one, ranks.number(one), [said[pk] for pk in slices[one].ids if pk in said], slices[one].more)
        for one in sides
    ]
    is_open = permissions.is_open(item)
    bar = permissions.commenting_bar(person, item) if is_open else Bar.NOW
    return Talk(
        item=item, columns=columns, number=ranks.number("") + ranks.replies, order=order,
        is_open=is_open, may_comment=permissions.can_comment(person, item), bar=bar,
        shows_buttons=person is not None, why=why(ranks.recipe, {}),
    )  # fmt: skip


def _rows(threads: dict[int, Thread]) -> list[Row]:
    """What the order needs to know, from comments that are at hand with all of it."""
    return [
        (pk, one.first.side, one.first.made_at, len(one.answers) + one.more, vars(one.first)["marked_by"])
        for pk, one in threads.items()
    ]


def _slice(
    ranks: Ranks,
    person: Person | None,
    side: str,
    order: str,
    place: tuple[int, int] | None,
    after: str,
    size: int,
) -> Slice:
    if order == Order.RECIPE:
        return slice_by_recipe(ranks, side, place, size)
    comments = top_comments(ranks.item, person)
    return slice_by_moment(comments.filter(side=side) if side else comments, order, after, size)


@dataclass(frozen=True)
class Thread:
    """A comment with its first answers; `more` answers are not among them."""

    first: Comment
    answers: list[Comment]
    more: int


def _threads(item: Item, person: Person | None, top: QuerySet[Comment], replies: int) -> dict[int, Thread]:
    """Comments and their first answers in one query, by id."""
    rows = Comment.objects.filter(Q(pk__in=top.values("pk")) | Q(reply_to__in=top) & _there(item, person))
    # A comment stands first in its thread, then its answers.
    inside = [F("reply_to").asc(nulls_first=True), F("made_at").asc(), F("id").asc()]
    rows = with_numbers(rows, person).annotate(
        thread=Coalesce("reply_to", "pk"),
        place=Window(RowNumber(), partition_by=F("thread"), order_by=inside),
        total=Window(Count("pk"), partition_by=F("thread")),
    )
    found: dict[int, Thread] = {}
    for row in rows.filter(place__lte=replies + 1).order_by("thread", *inside):
        if row.reply_to_id is None:
            found[row.pk] = Thread(row, [], vars(row)["total"] - 1)
        elif row.reply_to_id in found:
            above = found[row.reply_to_id]
            found[above.first.pk] = Thread(above.first, [*above.answers, row], above.more - 1)
    return found


def _said(
    item: Item, person: Person | None, threads: dict[int, Thread], slices: Iterable[Slice]
) -> dict[int, Said]:
    """The comments of the slices by id."""
    return {
        pk: said_of(
            threads[pk].first, item, person, answers=threads[pk].answers, more=threads[pk].more,
            is_by_lot=pk in one.by_lot,
        )
        for one in slices for pk in one.ids if pk in threads
    }  # fmt: skip


def with_numbers(comments: QuerySet[Comment], person: Person | None) -> QuerySet[Comment]:
    """With author, how many found it useful, and whether she did."""
    marks = Useful.objects.filter(comment=OuterRef("pk")).order_by()
    count = Subquery(marks.values("comment").annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    comments = comments.select_related("author").annotate(marked_by=Coalesce(count, 0))
    own = marks.filter(person=person) if person else marks.none()
    return comments.annotate(is_marked=Exists(own))


def _there(item: Item, person: Person | None) -> Q:
    """Answers she finds in a list."""
    is_there = Q(state__in=permissions.SHOWN, hidden_by="")
    if person is not None:
        is_there |= Q(author=person)
        if permissions.can_moderate(person, item):
            is_there |= Q(state=CommentState.HELD)
    return is_there


def answers_to(comment: Comment, person: Person | None) -> list[Comment]:
    """The answers to a comment, oldest first, two hundred at most."""
    rows = Comment.objects.filter(_there(comment.item, person), reply_to=comment)
    return list(with_numbers(rows, person).order_by("made_at", "id")[:ALL_REPLIES])


def said_of(
    comment: Comment, item: Item, person: Person | None, *, answers: Iterable[Comment] = (), more: int = 0,
    is_by_lot: bool = False, is_whole: bool = False,
) -> Said:  # fmt: skip
    """One comment as she reads it, with what she may do."""
    comment.item = item
    words, note = _words(comment, person), _note(comment)
    is_cut = not is_whole and words is not None and len(words.text) > LONG
    is_hers = person is not None and comment.author_id == person.pk
    marks: dict[str, Any] = vars(comment)
    return Said(
        comment=comment,
        words=_cut(words) if is_cut and words else words,
        note=note,
        is_cut=is_cut,
        useful=marks.get("marked_by", 0),
        is_hers=is_hers,
        is_marked=marks.get("is_marked", False),
        is_organiser=comment.author_id is not None and comment.author_id == item.author_id,
        is_by_lot=is_by_lot,
        may_reply=permissions.can_reply(person, comment),
        may_mark=permissions.can_mark(person, comment),
        may_edit=permissions.can_edit(person, comment),
        may_withdraw=permissions.can_withdraw(person, comment),
        may_translate=permissions.can_translate(person, comment),
        replies=[said_of(row, item, person, is_whole=is_whole) for row in answers],
        more_replies=more,
    )


def _note(comment: Comment) -> str:
    """What has become of it, in a word the template spells out."""
    if comment.hidden_by:
        return "hidden"
    if comment.state != CommentState.PUBLISHED:
        return str(comment.state)
    return "erased" if comment.is_erased else ""


def _words(comment: Comment, person: Person | None) -> Reading | None:
    """None where nothing is to be read: not for her, or not there any more. Lists show withdrawn words to nobody."""
    if comment.is_erased or comment.state == CommentState.WITHDRAWN:
        return None
    may_read = comment.is_shown or permissions.sees_all(person, comment)
    return read(comment.words, current()) if may_read else None


def _cut(words: Reading) -> Reading:
    """The beginning of a long text, cut between two words."""
    text = words.text[:LONG].rsplit(None, 1)[0] + " …"
    return Reading(
        text, words.language, words.status, words.original_language, words.is_stale, words.translator
    )


def original_of(comment: Comment) -> Reading:
    return read(comment.words, original_language(comment.words))
