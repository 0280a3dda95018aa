"""Taking part: answering statement by statement, writing one's own, seeing what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.languages import current
from tequio.base.text import clean_text
from tequio.base.trap import filling_of
from tequio.catalogue.enums import Bar
from tequio.guards.views import acts_once
from tequio.people.middleware import begin, who
from tequio.people.models import Person

from ..enums import Moderation
from ..forms.answering import StatementForm, VoteForm
from ..models import Conversation, Participant, Statement
from ..permissions import bar, can_answer, can_write, visible_to
from ..selectors.at_hand import at_hand
from ..selectors.routing import choose_turn
from ..selectors.taking_part import (
    consent_text,
    near_duplicates,
    open_statements,
    own_answers,
    own_statements,
    participant_of,
    progress,
    votes_of,
)
from ..services.answering import answer_statement, write_statement

MOST_KEPT = 1000


def find_conversation(request: HttpRequest, pk: int) -> Conversation:
    """The conversation if she may see it, with its item and place; else as absent."""
    return get_object_or_404(
        visible_to(who(request)).select_related(
            "item__territory", "item__count", "item__organisation", "item__discussion", "item__entry__process"
        ),
        pk=pk,
    )


def find_statement(conversation: Conversation, **which: int) -> Statement:
    statement = open_statements(conversation).select_related("item").filter(**which).first()
    if statement is None:
        raise Http404
    statement.conversation = conversation
    return statement


@login_not_required
@acts_once
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    form = VoteForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        return _take_answer(request, pk, form)
    conversation = find_conversation(request, pk)
    if not can_answer(who(request), conversation):
        return _not_now(request, conversation)
    context = _step(request, conversation)
    template = "deliberation/_answer.html" if getattr(request, "htmx", False) else "deliberation/answer.html"
    return render(request, template, {**context, "is_wrong": bool(form)}, status=422 if form else 200)


def _take_answer(request: HttpRequest, pk: int, form: VoteForm) -> HttpResponse:
    found = at_hand(who(request), pk, statement=form.cleaned_data["statement"])
    if found is None:
        raise Http404
    if not can_answer(who(request), found.conversation):
        return _not_now(request, find_conversation(request, pk))
    if found.statement is None:
        raise Http404
    _answer_or_ask(request, found.statement, form, begin(request))
    return redirect("deliberation:answer", pk)


def _answer_or_ask(request: HttpRequest, statement: Statement, form: VoteForm, person: Person) -> bool:
    """Save the answer. False: she has to agree first, and the next page asks her to."""
    try:
        answer_statement(
            statement, form.value, is_important=form.cleaned_data["important"],
            agrees=form.cleaned_data["agreed"], by=person,
        )  # fmt: skip
    except Refused as refused:
        if refused.code != "asks_consent":
            raise
        messages.info(request, str(refused.reason))
        return False
    return True


def _not_now(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """Over, not begun, or for others: the page says which, and what can be done. What was typed is kept."""
    barred = bar(who(request), conversation) if conversation.takes_answers else Bar.NONE
    kept = _keep_words(request, conversation) if barred else ""
    context = {
        "conversation": conversation, "item": conversation.item, "bar": barred.value, "kept": kept,
        "door": "ideas",
    }  # fmt: skip
    return render(request, "deliberation/not_now.html", context, status=403)


def _keep_words(request: HttpRequest, conversation: Conversation) -> str:
    """A statement she typed waits in her session until she may send it: one, the newest."""
    text = clean_text(request.POST.get("text", ""))[:MOST_KEPT] if request.method == "POST" else ""
    if text:
        request.session["kept_words"] = {"of": conversation.pk, "text": text}
    return text


def _kept_words(request: HttpRequest, conversation: Conversation) -> str:
    kept = request.session.get("kept_words") or {}
    return str(kept["text"]) if kept.get("of") == conversation.pk else ""


def _step(request: HttpRequest, conversation: Conversation) -> dict[str, Any]:
    participant = participant_of(conversation, who(request))
    votes = votes_of(participant)
    # A visitor is told apart by the token of her browser, so that reloading shows the same statement.
    browser = participant.pk if participant else get_token(request) and request.META["CSRF_COOKIE"]
    draw = f"{conversation.pk}:{browser}:{len(votes)}"
    turn = choose_turn(conversation, seen=set(votes), seed=draw)
    return {
        "conversation": conversation,
        "item": conversation.item,
        "statement": turn.statement,
        "why": turn.why,
        "progress": progress(turn.open_ids, votes),
        "consent": consent_text(participant),
        "participant": participant,
        "shows_original": "original" in request.GET,
        "can_write": can_write(who(request), conversation),
        "action": request.path,
    }


@login_not_required
@acts_once
def write(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST":
        return _take_statement(request, pk)
    conversation = find_conversation(request, pk)
    if not can_write(who(request), conversation):
        return _not_now(request, conversation)
    brought = clean_text(request.GET.get("words", ""))[:MOST_KEPT]  # from the box: what is on your mind
    initial = {"text": _kept_words(request, conversation) or brought}
    form = StatementForm(languages=_languages(conversation), initial=initial)
    return _ask_statement(request, conversation, form, [])


def _languages(conversation: Conversation) -> list[str]:
    return [*conversation.item.languages, *conversation.item.territory.languages]


def _take_statement(request: HttpRequest, pk: int) -> HttpResponse:
    """Close ones are shown to her once; whoever has seen them and sends hers all the same means it."""
    found = at_hand(who(request), pk)
    if found is None:
        raise Http404
    if not can_write(who(request), found.conversation):
        return _not_now(request, find_conversation(request, pk))
    form, near = StatementForm(request.POST, languages=_languages(found.conversation)), []
    if form.is_valid():
        text, has_seen = form.cleaned_data["text"], request.POST.get("close_ones") == "seen"
        near = [] if has_seen else near_duplicates(found.conversation, text)
        if not near and _send(request, found.conversation, form):
            request.session.pop("kept_words", None)
            return redirect("deliberation:mine", pk)
        near = near or near_duplicates(found.conversation, text)
    return _ask_statement(request, find_conversation(request, pk), form, near)


def _ask_statement(
    request: HttpRequest, conversation: Conversation, form: StatementForm, near: list[Statement]
) -> HttpResponse:
    participant = participant_of(conversation, who(request))
    context = {
        "conversation": conversation, "item": conversation.item, "form": form, "near": near, "door": "ideas",
        "participant": participant, "consent": consent_text(participant),
    }  # fmt: skip
    return render(request, "deliberation/write.html", context, status=422 if form.is_bound else 200)


def _send(request: HttpRequest, conversation: Conversation, form: StatementForm) -> bool:
    """Save the statement. False: she has to agree first, and the form says so."""
    data = form.cleaned_data
    try:
        statement = write_statement(
            conversation, data["text"], language=data["language"],
            agrees=request.POST.get("agreed") == "1", filling=filling_of(request), by=begin(request),
        )  # fmt: skip
    except Refused as refused:
        if refused.code != "asks_consent":
            raise
        form.add_error(None, str(refused.reason))
        return False
    messages.success(request, _sent(statement))
    return True


def _sent(statement: Statement) -> str:
    if statement.item.state == "held" and statement.conversation.moderation == Moderation.BEFORE:
        return _("Thank you. A moderator reads your statement first. Here you see what becomes of it.")
    if statement.item.state == "held":
        return _(
            "Thank you. It will be shown after somebody has looked at it. Here you see what becomes of it."
        )
    return _("Thank you. Others can answer your statement now.")


@login_not_required
@acts_once
def mine(request: HttpRequest, pk: int) -> HttpResponse:
    """Her answers and statements; a visitor who has not begun yet is told how to."""
    conversation = find_conversation(request, pk)
    participant = participant_of(conversation, who(request))
    context = {
        "conversation": conversation,
        "item": conversation.item,
        "participant": participant,
        "answers": own_answers(participant) if participant else [],
        "statements": own_statements(participant) if participant else [],
        "can_answer": can_answer(who(request), conversation),
        "can_write": can_write(who(request), conversation),
        "door": "ideas",
        "icons": "agree disagree pass important",
    }
    return render(request, "deliberation/mine.html", context)


@login_not_required
@acts_once
def change(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change one answer. Only what she has answered is here; the rest is on the way of `answer`."""
    conversation = find_conversation(request, pk)
    participant: Participant | None = participant_of(conversation, who(request))
    statement = find_statement(conversation, number=number)
    vote = votes_of(participant).get(statement.pk)
    person = who(request)
    if vote is None or person is None:
        raise Http404
    if not can_answer(person, conversation):
        return _not_now(request, conversation)
    form = VoteForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid() and form.cleaned_data["statement"] == statement.pk:
        if not _answer_or_ask(request, statement, form, person):
            return redirect("deliberation:change", pk, number)
        messages.success(request, _("Your answer was changed."))
        return redirect("deliberation:mine", pk)
    context = {
        "conversation": conversation, "item": conversation.item, "statement": statement, "vote": vote,
        "is_wrong": bool(form), "shows_original": "original" in request.GET, "action": request.path,
        "participant": participant, "consent": consent_text(participant),
        "door": "ideas", "icons": "agree disagree pass translate", "language": current(),
    }  # fmt: skip
    return render(request, "deliberation/change.html", context, status=422 if form else 200)
