"""Conversations, for programs: what was asked, said, answered, and what all sides share."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Field, Query, Router, Schema, Status
from pydantic import ConfigDict

from tequio.base.api import (
    ACTING,
    PAGE,
    READING,
    Id,
    Line,
    Moment,
    Problem,
    Size,
    Words,
    actor,
    language_tag,
    reader,
    words,
)
from tequio.base.links import absolute
from tequio.catalogue.api import ItemOut, PlaceAndPage, find_place, item_values, page_of
from tequio.catalogue.selectors import listed
from tequio.consent.enums import Channel
from tequio.guards.api import once_by_key
from tequio.people.models import Person

from .enums import VoteValue
from .models import Conversation, Participant, Statement
from .permissions import statements_visible_to, visible_to
from .selectors.listings import figures_of
from .selectors.results import newest_map, result_document
from .selectors.taking_part import consent_text, open_statements, participant_of, votes_of
from .services.answering import LONGEST, answer_statement, write_statement

router = Router(tags=["conversations"])
Answer = Literal["agree", "pass", "disagree"]
VOTES: dict[Answer, VoteValue] = {
    "agree": VoteValue.AGREE,
    "pass": VoteValue.PASS,
    "disagree": VoteValue.DISAGREE,
}
NAMES: dict[VoteValue, Answer] = {
    VoteValue.AGREE: "agree",
    VoteValue.PASS: "pass",
    VoteValue.DISAGREE: "disagree",
}
LARGEST_NUMBER = 2**31 - 1


class ConversationOut(ItemOut):
    statements: int
    who_may: str


class ConversationPage(Schema):
    conversations: list[ConversationOut]
    next: str | None


class ConversationWhole(ConversationOut):
    background: Words | None
    zone: str
    takes_statements: bool
    participants: int
    votes: int


class StatementOut(Schema):
    """`number` is its name within the conversation; `my_vote` is of the person whose key it is."""

    id: int
    conversation: int
    number: int
    words: Words | None
    state: str
    is_seed: bool
    my_vote: Answer | None
    url: str


class StatementPage(Schema):
    statements: list[StatementOut]
    next: int | None


class StatementFilters(Schema):
    after: Annotated[int, Field(ge=-1, le=LARGEST_NUMBER, description="`next` of the page before.")] = -1
    limit: Size = PAGE


class StatementIn(Schema):
    """`agrees`: she whose key it is agrees to the words that the answer with the code “asks_consent” says."""

    text: Annotated[Line, Field(min_length=8, max_length=LONGEST)]
    language: Annotated[Line, Field(min_length=2, max_length=60, description="A BCP 47 tag.")]
    agrees: bool = False


class VoteIn(Schema):
    vote: Answer
    important: bool = False
    agrees: bool = False


class VoteOut(Schema):
    statement: int
    vote: Answer
    important: bool


class ResultsOut(Schema):
    """The newest opinion map, as the command line writes it, without people. `made_at` is null before the first."""

    model_config = ConfigDict(extra="allow")

    conversation: int
    made_at: Moment | None
    k: int
    groups: list[dict[str, Any]]


@router.get(
    "/conversations", response={200: ConversationPage, **READING}, summary=noop("Conversations, newest first")
)
def list_conversations(request: HttpRequest, filters: Query[PlaceAndPage]) -> ConversationPage:
    person = reader(request, "conversations")
    items = listed(person, kind="conversation", territory_id=find_place(filters.territory))
    page = page_of(items, filters)
    figures = figures_of([item.pk for item in page.items])
    return ConversationPage(
        conversations=[
            ConversationOut(
                **item_values(item),
                statements=figures[item.pk].statements,
                who_may=figures[item.pk].who_may,
            )
            for item in page.items
        ],
        next=page.older or None,
    )


def _find(person: Person | None, pk: int) -> Conversation:
    rows = visible_to(person).select_related("item__territory", "item__count", "item__part_of")
    return get_object_or_404(rows, pk=pk)


@router.get(
    "/conversations/{pk}", response={200: ConversationWhole, **READING}, summary=noop("One conversation")
)
def get_conversation(request: HttpRequest, pk: Id) -> ConversationWhole:
    conversation = _find(reader(request, "conversations"), pk)
    count = conversation.item.count
    return ConversationWhole(
        **item_values(conversation.item),
        statements=open_statements(conversation).count(),
        who_may=conversation.who_may,
        background=words(conversation.background),
        zone=conversation.zone,
        takes_statements=conversation.takes_statements,
        participants=count.people,
        votes=count.acts,
    )


@router.get(
    "/conversations/{pk}/statements",
    response={200: StatementPage, **READING},
    summary=noop("The statements of a conversation, by number"),
)
def list_statements(request: HttpRequest, pk: Id, filters: Query[StatementFilters]) -> StatementPage:
    """Those that people can answer now."""
    person = reader(request, "conversations")
    conversation = _find(person, pk)
    rows = open_statements(conversation).filter(number__gt=filters.after).select_related("item")
    found = list(rows.order_by("number")[: filters.limit + 1])
    shown = found[: filters.limit]
    votes = votes_of(participant_of(conversation, person))
    return StatementPage(
        statements=[_statement(one, votes[one.pk].value if one.pk in votes else None) for one in shown],
        next=shown[-1].number if len(found) > len(shown) else None,
    )


def _statement(statement: Statement, vote: int | None) -> StatementOut:
    return StatementOut(
        id=statement.pk, conversation=statement.conversation_id, number=statement.number,
        words=words(statement.item.title), state=statement.item.state, is_seed=statement.is_seed,
        my_vote=None if vote is None else NAMES[VoteValue(vote)], url=absolute(statement.item.path),
    )  # fmt: skip


def _find_statement(person: Person | None, pk: int) -> Statement:
    rows = statements_visible_to(person).select_related(
        "item", "conversation__item__territory", "conversation__item__part_of"
    )
    return get_object_or_404(rows, pk=pk)


@router.get("/statements/{pk}", response={200: StatementOut, **READING}, summary=noop("One statement"))
def get_statement(request: HttpRequest, pk: Id) -> StatementOut:
    person = reader(request, "conversations")
    statement = _find_statement(person, pk)
    participant: Participant | None = participant_of(statement.conversation, person)
    vote = votes_of(participant).get(statement.pk)
    return _statement(statement, None if vote is None else vote.value)


@router.post(
    "/conversations/{pk}/statements",
    response={201: StatementOut, **ACTING},
    summary=noop("Send a statement"),
    openapi_extra={"x-scope": "statements:write"},
)
def create_statement(request: HttpRequest, pk: Id, body: StatementIn) -> Status[StatementOut]:
    """It waits for a moderator where the conversation says so; `state` is then “held”."""
    person: Person = actor(request, "statements")
    conversation = _find(person, pk)
    language = language_tag(body.language, "body.language")
    _ask_consent(conversation, person, agrees=body.agrees)
    with once_by_key(request) as sent:
        if sent.answer is None:
            statement = write_statement(
                conversation, body.text, language=language, agrees=body.agrees, channel=Channel.PROGRAM,
                by=person,
            )  # fmt: skip
            sent.answer = {"statement": statement.pk}
    return Status(201, _statement(_find_statement(person, sent.answer["statement"]), None))


@router.post(
    "/statements/{pk}/vote",
    response={200: VoteOut, **ACTING},
    summary=noop("Answer a statement"),
    openapi_extra={"x-scope": "votes:write"},
)
def vote(request: HttpRequest, pk: Id, body: VoteIn) -> VoteOut:
    """Answering again changes the answer."""
    person: Person = actor(request, "votes")
    statement = _find_statement(person, pk)
    _ask_consent(statement.conversation, person, agrees=body.agrees)
    with once_by_key(request) as sent:
        if sent.answer is None:
            answer_statement(
                statement, VOTES[body.vote], is_important=body.important, agrees=body.agrees,
                channel=Channel.PROGRAM, by=person,
            )  # fmt: skip
            sent.answer = {"statement": statement.pk}
    return VoteOut(statement=statement.pk, vote=body.vote, important=body.important)


def _ask_consent(conversation: Conversation, person: Person, *, agrees: bool) -> None:
    """A page shows the words beside its buttons; a program shows them when it is told to."""
    text = consent_text(participant_of(conversation, person))
    if text is not None and not agrees:
        raise Problem(
            403, "asks_consent", text.words, fields=[("body.agrees", _("Send true once she agrees."))]
        )


@router.get(
    "/conversations/{pk}/results",
    response={200: ResultsOut, **READING},
    summary=noop("The opinion map: groups and what all sides share"),
)
def get_results(request: HttpRequest, pk: Id) -> dict[str, Any]:
    conversation = _find(reader(request, "conversations"), pk)
    drawn = newest_map(conversation)
    if drawn is None:
        return {"conversation": conversation.pk, "made_at": None, "k": 0, "groups": []}
    return result_document(drawn)
