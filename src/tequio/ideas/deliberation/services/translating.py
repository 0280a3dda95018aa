"""Translating what people wrote, so that a second translator notices the first and a changed original."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tequio.base.errors import Refused
from tequio.base.translatable import Text, Translatable, Typed
from tequio.catalogue.permissions import seen_by
from tequio.catalogue.services.translating import translate_row, translate_thing
from tequio.people.models import Person

from ..models import Conversation, Statement, StatementAnswer
from ..permissions import (
    can_translate,
    can_translate_statement,
    statements_visible_to,
    visible_to,
)

LONGEST_STATEMENT, LONGEST_QUESTION, LONGEST_SUMMARY, LONGEST_BACKGROUND = 400, 200, 600, 10_000
LONGEST_ANSWER = 2_500
QUESTION_TEXTS = (
    Text("question", gettext_lazy("Question"), "item__title", LONGEST_QUESTION),
    Text("summary", gettext_lazy("Summary"), "item__summary", LONGEST_SUMMARY),
    Text("background", gettext_lazy("Background"), "background", LONGEST_BACKGROUND),
    Text("picture", gettext_lazy("What the picture shows"), "item__picture_says", LONGEST_SUMMARY),
)
STATEMENT_TEXTS = (Text("text", gettext_lazy("Statement"), "item__title", LONGEST_STATEMENT),)
ANSWER_TEXTS = (Text("answer", gettext_lazy("Answer of the organiser"), "text", LONGEST_ANSWER),)


@transaction.atomic
def translate_statement(statement: Statement, typed: Mapping[str, Typed], *, by: Person) -> Statement:
    """Save translations of the statement ("text"); empty ones go. Refused with code "changed" as `translate_fields`."""
    if not can_translate_statement(by, statement):
        raise Refused(_("Only translators of this place can translate here."))
    statement.item = translate_thing(statement, STATEMENT_TEXTS, typed, by=by).item
    return statement


@transaction.atomic
def translate_conversation(
    conversation: Conversation, typed: Mapping[str, Typed], *, by: Person
) -> Conversation:
    """The same for "question", "summary", "background" and "picture"; what is not in `typed` stays."""
    _may_translate(conversation, by)
    row: Conversation = translate_thing(conversation, QUESTION_TEXTS, typed, bodies=["background"], by=by)
    return row


def translate_answer(answer: StatementAnswer, typed: Mapping[str, Typed], *, by: Person) -> StatementAnswer:
    """The same for what an organiser answered to a statement ("answer")."""
    _may_translate(answer.statement.conversation, by)
    row: StatementAnswer = translate_row(answer, ANSWER_TEXTS, typed, act="statement.translate_answer", by=by)
    return row


def _may_translate(conversation: Conversation, by: Person) -> None:
    if not can_translate(by, conversation):
        raise Refused(_("Only translators of this place can translate here."))


def _conversations(person: Person | None) -> QuerySet[Conversation]:
    return visible_to(person).select_related("item__territory", "item__author")


def _shown_conversations(person: Person | None) -> QuerySet[Conversation]:
    return visible_to(person).filter(item__state="published", item__hidden_by="")


def _statements(person: Person | None) -> QuerySet[Statement]:
    return statements_visible_to(person).select_related(
        "item__author", "author__person", "conversation__item__territory"
    )


def _shown_statements(person: Person | None) -> QuerySet[Statement]:
    shown = {"item__state": "published", "item__hidden_by": "", "merged_into": None}
    whole = {"conversation__item__state": "published", "conversation__item__hidden_by": ""}
    return statements_visible_to(person).filter(**shown, **whole)


def _answers(person: Person | None) -> QuerySet[StatementAnswer]:
    rows = StatementAnswer.objects.filter(seen_by(person, "statement__item__"))
    return rows.select_related("by", "statement__item__territory", "statement__conversation__item__territory")


def _shown_answers(person: Person | None) -> QuerySet[StatementAnswer]:
    shown = {"statement__item__state": "published", "statement__item__hidden_by": ""}
    whole = {
        "statement__conversation__item__state": "published",
        "statement__conversation__item__hidden_by": "",
    }
    return StatementAnswer.objects.filter(seen_by(person, "statement__item__"), **shown, **whole)


def _who_wrote(statement: Statement) -> Iterable[Person]:
    """Seeds are their organiser's, others of whoever takes part; imported ones have nobody."""
    writer = statement.author.person if statement.author else statement.item.author
    return [writer] if writer is not None else []


CONVERSATION = Translatable(
    kind="conversation", word=gettext_lazy("Conversation"), texts=QUESTION_TEXTS,
    found=_conversations, shown=_shown_conversations, may=can_translate, save=translate_conversation,
    path_of=lambda row: row.item.path, source_of=lambda row: f"catalogue.item:{row.pk}",
    authors_of=lambda row: [row.item.author] if row.item.author else [],
    languages_of=lambda row: [*row.item.languages, *row.item.territory.languages],
)  # fmt: skip
STATEMENT = Translatable(
    kind="statement", word=gettext_lazy("Statement"), texts=STATEMENT_TEXTS,
    found=_statements, shown=_shown_statements, may=can_translate_statement, save=translate_statement,
    path_of=lambda row: row.item.path, source_of=lambda row: f"catalogue.item:{row.pk}", authors_of=_who_wrote,
    languages_of=lambda row: [*row.conversation.item.languages, *row.conversation.item.territory.languages],
)  # fmt: skip
ANSWER = Translatable(
    kind="answer", word=pgettext_lazy("of an organiser", "Answer"), texts=ANSWER_TEXTS,
    found=_answers, shown=_shown_answers,
    may=lambda person, row: can_translate(person, row.statement.conversation), save=translate_answer,
    path_of=lambda row: row.statement.item.path, source_of=lambda row: f"deliberation.answer:{row.pk}",
    authors_of=lambda row: [row.by] if row.by else [], item_of=lambda row: row.statement.item,
    languages_of=lambda row: [
        *row.statement.conversation.item.languages, *row.statement.conversation.item.territory.languages
    ],
    place="statement__item__territory", author="by", moment="at",
)  # fmt: skip
