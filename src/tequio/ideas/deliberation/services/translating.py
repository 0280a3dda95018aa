"""Translating what people wrote, so that a second translator notices the first and a changed original."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.base.multilingual import Field, original_language, original_text, revise
from tequio.catalogue.models import Item
from tequio.catalogue.services import describe
from tequio.guards.services import page_changed
from tequio.people.models import Person

from ..models import Conversation, Statement
from ..permissions import can_translate
from ..selectors.organising import version_of_words

Texts = dict[str, str]


@transaction.atomic
def translate_statement(statement: Statement, texts: Texts, *, seen: str, by: Person) -> Statement:
    """Save translations by language; empty ones go. Refused with code "changed" unless `seen` is today's version."""
    _may_translate(statement.conversation, by)
    item = Item.objects.select_for_update().get(pk=statement.pk)
    item.title = _revised(item.title, texts, seen, by)
    item.languages = list(item.title)
    item.save(update_fields=["title", "languages"])
    describe(item)
    audit.record("statement.translate", statement, by=by, languages=sorted(texts))
    page_changed()
    statement.item = item
    return statement


@transaction.atomic
def translate_conversation(
    conversation: Conversation, question: Texts, background: Texts, *, seen: str, by: Person
) -> Conversation:
    """The same for the question and its background."""
    _may_translate(conversation, by)
    conversation = Conversation.objects.select_for_update().select_related("item").get(pk=conversation.pk)
    item = conversation.item
    if seen != seen_of_conversation(conversation):
        raise _changed()
    name = translator_name(by)
    item.title = revise(
        item.title, original_language(item.title), original_text(item.title), question, by=name
    )
    item.save(update_fields=["title"])
    before = conversation.background
    conversation.background = revise(
        before, original_language(before), original_text(before), background, by=name
    )
    conversation.save(update_fields=["background"])
    describe(item, conversation.background)
    audit.record("conversation.translate", conversation, by=by, languages=sorted(question))
    page_changed()
    return conversation


def _revised(field: Field, texts: Texts, seen: str, by: Person) -> Field:
    if seen != version_of_words(field):
        raise _changed()
    return revise(field, original_language(field), original_text(field), texts, by=translator_name(by))


def _changed() -> Refused:
    return Refused(
        _("The original or a translation changed while you were writing. Compare, then send yours again."),
        code="changed",
    )


def seen_of_conversation(conversation: Conversation) -> str:
    return f"{version_of_words(conversation.item.title)}-{version_of_words(conversation.background)}"


def translator_name(person: Person) -> str:
    """What stands beside her translation; nothing where she gave no name."""
    return person.shown_name


def _may_translate(conversation: Conversation, by: Person) -> None:
    if not can_translate(by, conversation):
        raise Refused(_("Only translators of this place can translate here."))
