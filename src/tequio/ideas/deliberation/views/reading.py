"""Conversations as anybody reads them: kept pages without a form."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tequio.base.languages import current
from tequio.catalogue.selectors.thread import thread_of, ways_on
from tequio.discussions.selectors.reading import brief_talk
from tequio.files.selectors import picture_of
from tequio.ideas.processes.selectors import steps_around
from tequio.notifications.selectors.pages import follows_item
from tequio.people.middleware import who
from tequio.territories.models import Territory
from tequio.territories.selectors import breadcrumbs

from ..enums import VoteValue
from ..permissions import (
    bar,
    can_answer,
    can_moderate,
    can_organise,
    can_translate_statement,
    can_write,
    statements_visible_to,
)
from ..selectors import conversations as selectors
from ..selectors.taking_part import participant_of
from .answering import find_conversation


@login_not_required
def conversation_list(request: HttpRequest) -> HttpResponse:
    person = who(request)
    place = Territory.objects.filter(code=request.GET.get("place", "")).first()
    state = request.GET.get("state", "")
    state = state if state in selectors.STATES else "open"
    page, order = selectors.conversation_list(
        person, territory_id=place.pk if place else None, state=state,
        before=request.GET.get("before", ""), after=request.GET.get("after", ""),
    )  # fmt: skip
    context = {
        "page": page, "order": order, "place": place, "state": state, "states": selectors.STATES,
        "places": selectors.places_with_conversations(), "drafts": selectors.drafts_of(person),
        "may_open": bool(person and person.is_member and person.role_places("facilitator")), "door": "ideas",
    }  # fmt: skip
    return render(request, "deliberation/conversation_list.html", context)


@login_not_required
def conversation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    person = who(request)
    conversation = find_conversation(request, pk)
    item = conversation.item
    context = {
        "facts": selectors.conversation_page(conversation),
        "conversation": conversation,
        "item": item,
        "places": [*breadcrumbs(item.territory), item.territory],
        "participant": participant_of(conversation, person),
        "can_answer": can_answer(person, conversation),
        "bar": bar(person, conversation).value if conversation.takes_answers else "",
        "can_write": can_write(person, conversation),
        "can_organise": can_organise(person, conversation),
        "can_moderate": can_moderate(person, conversation),
        "phases": steps_around(item),
        "thread": thread_of(person, item),
        "ways": ways_on(person, "conversation", item),
        "talk": brief_talk(item, person),
        "picture": picture_of(item.picture_id),
        "is_followed": follows_item(person, item),
        "saves_data": request.headers.get("Save-Data") == "on",
        "shows_original": "original" in request.GET,
        "language": current(),
        "door": "ideas",
        "icons": "paper people comment translate bell",
    }
    return render(request, "deliberation/conversation_detail.html", context)


@login_not_required
def statement_list(request: HttpRequest, pk: int) -> HttpResponse:
    conversation = find_conversation(request, pk)
    context = {
        "conversation": conversation,
        "item": conversation.item,
        "page": selectors.statement_page(conversation, after=request.GET.get("after", "")),
        "can_answer": can_answer(who(request), conversation),
        "door": "ideas",
    }
    return render(request, "deliberation/statement_list.html", context)


@login_not_required
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """All statements on paper, to be filled in together."""
    conversation = find_conversation(request, pk)
    statements = selectors.statements_of(conversation)
    context = {
        "conversation": conversation,
        "item": conversation.item,
        "statements": statements,
        "choices": [choice.label for choice in VoteValue],
        "address": request.build_absolute_uri(conversation.item.path),
        "door": "ideas",
    }
    return render(request, "deliberation/sheet.html", context)


@login_not_required
def statement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One statement: its original, its translations, what became of it."""
    person = who(request)
    statement = get_object_or_404(
        statements_visible_to(person).select_related(
            "item__territory",
            "item__part_of",
            "conversation__item__territory",
            "conversation__item__entry__process",
            "merged_into__item",
            "answer",
            "author",
        ),
        pk=pk,
    )
    conversation = statement.conversation
    context = {
        "statement": statement,
        "conversation": conversation,
        "item": conversation.item,
        "versions": selectors.versions_of(statement),
        "can_organise": can_organise(person, conversation),
        "can_moderate": can_moderate(person, conversation),
        "can_answer": can_answer(person, conversation),
        "can_translate": can_translate_statement(person, statement),
        "thread": thread_of(person, statement.item),
        "ways": ways_on(person, "statement", statement.item),
        "language": current(),
        "door": "ideas",
        "icons": "comment translate",
    }
    return render(request, "deliberation/statement_detail.html", context)
