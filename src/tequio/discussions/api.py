"""What people say about items, for programs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Field, Query, Router, Schema, Status

from tequio.base.api import (
    ACTING,
    READING,
    Cursor,
    Id,
    Line,
    Moment,
    Text,
    Words,
    actor,
    invalid,
    language_tag,
    reader,
    words,
)
from tequio.base.links import absolute
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import visible_to as items_visible_to
from tequio.guards.api import once_by_key
from tequio.people.models import Person

from .enums import Order, Side
from .models import Comment
from .permissions import can_read_words, visible_to
from .selectors.reading import answers_to, said_of, talk_of, with_numbers
from .selectors.talk import Said
from .services.writing import LONGEST, LONGEST_NAME, write_comment

router = Router(tags=["comments"])
MOST_REPLIES, MOST_COMMENTS = 20, 50


class CommentOut(Schema):
    """`words` is null where they are not to be read; `note` says why: withdrawn, hidden, erased, held."""

    id: int
    item: int
    reply_to: int | None
    side: str
    words: Words | None
    note: str
    signed: str
    made_at: Moment
    edited_at: Moment | None
    useful: int
    url: str


class CommentWithReplies(CommentOut):
    """`more_replies`: how many are not among `replies`; the comment itself has them all."""

    replies: list[CommentOut]
    more_replies: int


class ColumnOut(Schema):
    side: str
    count: int
    comments: list[CommentWithReplies]
    next: str | None


class TalkOut(Schema):
    """`count`: comments and their answers. Two columns where the item is discussed for and against."""

    item: int
    count: int
    is_open: bool
    columns: list[ColumnOut]


class TalkFilters(Schema):
    """A cursor belongs to the side whose column gave it."""

    order: Literal["mixed", "newest", "oldest"] = "mixed"
    side: Literal["", "for", "against"] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_COMMENTS)] = 20
    replies: Annotated[int, Field(ge=0, le=MOST_REPLIES)] = 2
    cursor: Cursor = ""


class CommentIn(Schema):
    """`name`: what stands beside it, "" for none. `side` only where the item has sides, not for an answer."""

    text: Annotated[Text, Field(min_length=1, max_length=LONGEST)]
    language: Annotated[Line, Field(min_length=2, max_length=60, description="A BCP 47 tag.")]
    side: Literal["", "for", "against"] = ""
    reply_to: Id | None = None
    name: Annotated[Line, Field(max_length=LONGEST_NAME)] = ""


def _values(said: Said, person: Person | None) -> dict[str, Any]:
    comment = said.comment
    shows_words = said.words is not None and can_read_words(person, comment)
    return {
        "id": comment.pk, "item": comment.item_id, "reply_to": comment.reply_to_id, "side": comment.side,
        "words": words(comment.words) if shows_words else None, "note": said.note,
        "signed": comment.signed if shows_words else "", "made_at": comment.made_at,
        "edited_at": comment.edited_at, "useful": said.useful, "url": absolute(comment.path),
    }  # fmt: skip


def _with_replies(said: Said, person: Person | None) -> CommentWithReplies:
    replies = [CommentOut(**_values(one, person)) for one in said.replies]
    return CommentWithReplies(**_values(said, person), replies=replies, more_replies=said.more_replies)


def _find_item(person: Person | None, pk: int) -> Item:
    items = items_visible_to(person).exclude(comments="off")
    return get_object_or_404(items.select_related("territory", "discussion", "part_of", "author"), pk=pk)


def _find_comment(person: Person | None, pk: int) -> Comment:
    rows = with_numbers(visible_to(person), person).select_related(
        "item__territory", "item__discussion", "item__part_of", "item__author", "reply_to"
    )
    return get_object_or_404(rows, pk=pk)


@router.get(
    "/items/{pk}/comments", response={200: TalkOut, **READING}, summary=noop("What is said about an item")
)
def list_comments(request: HttpRequest, pk: Id, filters: Query[TalkFilters]) -> TalkOut:
    """In the order of the place's recipe (“mixed”), or by their moments. 404 where nothing may be said."""
    person: Person | None = reader(request, "comments")
    item = _find_item(person, pk)
    talk = talk_of(
        item, person, order=Order(filters.order), side=filters.side, after=filters.cursor,
        size=filters.limit, replies=filters.replies,
    )  # fmt: skip
    assert talk is not None  # comments are not off
    columns = [
        ColumnOut(
            side=column.side,
            count=column.number,
            comments=[_with_replies(one, person) for one in column.said],
            next=column.more or None,
        )
        for column in talk.columns
    ]
    return TalkOut(item=item.pk, count=talk.number, is_open=talk.is_open, columns=columns)


@router.get(
    "/comments/{pk}",
    response={200: CommentWithReplies, **READING},
    summary=noop("One comment with its answers"),
)
def get_comment(request: HttpRequest, pk: Id) -> CommentWithReplies:
    person: Person | None = reader(request, "comments")
    comment = _find_comment(person, pk)
    answers = [] if comment.reply_to_id else answers_to(comment, person)
    return _with_replies(said_of(comment, comment.item, person, answers=answers, is_whole=True), person)


@router.post(
    "/items/{pk}/comments",
    response={201: CommentOut, **ACTING},
    summary=noop("Write a comment"),
    openapi_extra={"x-scope": "comments:write"},
)
def create_comment(request: HttpRequest, pk: Id, body: CommentIn) -> Status[CommentOut]:
    """It is shown at once unless a moderator reads first; `note` is then “held”."""
    person: Person = actor(request, "comments")
    item = _find_item(person, pk)
    language = language_tag(body.language, "body.language")
    above = _above(person, item, body)
    if body.side and (above is not None or body.side not in Side.values):
        raise invalid("body.side", _("An answer stands on no side."))
    with once_by_key(request) as sent:
        if sent.answer is None:
            comment = write_comment(
                item, body.text, language=language, side=body.side, reply_to=above, name=body.name, by=person
            )
            sent.answer = {"comment": comment.pk}
    made = _find_comment(person, sent.answer["comment"])
    return Status(201, CommentOut(**_values(said_of(made, made.item, person, is_whole=True), person)))


def _above(person: Person, item: Item, body: CommentIn) -> Comment | None:
    """The comment that is answered; like one that is absent where it belongs to another item."""
    if body.reply_to is None:
        return None
    rows = visible_to(person).select_related("item__territory", "item__part_of")
    return get_object_or_404(rows.filter(item=item), pk=body.reply_to)
