"""Translating what people wrote, so that a second translator notices the first and a changed original."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from tequio.audit import services as audit
from tequio.base.errors import Refused
from tequio.catalogue.models import Item
from tequio.catalogue.services import describe
from tequio.catalogue.services.revisions import keep_revision
from tequio.catalogue.services.translating import Typed, translate_fields
from tequio.guards.services import page_changed
from tequio.people.models import Person

from ..models import Conversation, Statement
from ..permissions import can_translate


@transaction.atomic
def translate_statement(statement: Statement, typed: Mapping[str, Typed], *, by: Person) -> Statement:
    """Save translations of the statement ("text"); empty ones go. Refused with code "changed" as `translate_fields`."""
    _may_translate(statement.conversation, by)
    item = Item.objects.select_for_update().get(pk=statement.pk)
    before = item.title
    item.title = translate_fields({"text": before}, typed, by=translator_name(by))["text"]
    item.languages = list(item.title)
    item.save(update_fields=["title", "languages"])
    keep_revision(item, {"title": (before, item.title)}, by=by)
    describe(item)
    audit.record("statement.translate", statement, by=by, languages=sorted(typed["text"].texts))
    page_changed()
    statement.item = item
    return statement


@transaction.atomic
def translate_conversation(
    conversation: Conversation, typed: Mapping[str, Typed], *, by: Person
) -> Conversation:
    """The same for the "question" and its "background"."""
    _may_translate(conversation, by)
    conversation = Conversation.objects.select_for_update().select_related("item").get(pk=conversation.pk)
    item, background = conversation.item, conversation.background
    question = item.title
    done = translate_fields({"question": question, "background": background}, typed, by=translator_name(by))
    item.title, conversation.background = done["question"], done["background"]
    item.save(update_fields=["title"])
    conversation.save(update_fields=["background"])
    keep_revision(
        item, {"title": (question, item.title), "body": (background, conversation.background)}, by=by
    )
    describe(item, conversation.background)
    audit.record("conversation.translate", conversation, by=by, languages=sorted(typed["question"].texts))
    page_changed()
    return conversation


def translator_name(person: Person) -> str:
    """What stands beside her translation; nothing where she gave no name."""
    return person.shown_name


def _may_translate(conversation: Conversation, by: Person) -> None:
    if not can_translate(by, conversation):
        raise Refused(_("Only translators of this place can translate here."))
