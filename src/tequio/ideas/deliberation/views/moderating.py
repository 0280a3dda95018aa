"""The moderators' room: what waits, one decision, merging."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tequio.base.errors import Refused
from tequio.catalogue.selectors.screening import signs_seen
from tequio.guards.views import acts_once
from tequio.people.middleware import member, who
from tequio.people.models import Person
from tequio.territories.selectors import breadcrumbs

from ..forms.moderation import DecideForm, MergeForm
from ..models import Conversation, Statement
from ..permissions import can_moderate, statements_visible_to, visible_to
from ..selectors.moderation import PAGE, merge_candidates, shown_statements
from ..selectors.moderation import queue as read_queue
from ..selectors.pseudonyms import numbers_of
from ..services import moderation as services


def _page(request: HttpRequest, template: str, conversation: Conversation, **context: Any) -> HttpResponse:
    item = conversation.item
    form = context.get("form")
    context |= {
        "conversation": conversation,
        "item": item,
        "places": [*breadcrumbs(item.territory), item.territory],
        "door": "ideas",
        "icons": "translate",
    }
    return render(request, template, context, status=422 if form is not None and form.errors else 200)


def _conversation(request: HttpRequest, pk: int) -> Conversation:
    return get_object_or_404(visible_to(who(request)).select_related("item__territory"), pk=pk)


def _statement(request: HttpRequest, pk: int) -> Statement:
    return get_object_or_404(
        statements_visible_to(who(request)).select_related(
            "item__screening", "conversation__item__territory", "merged_into__item", "author"
        ),
        pk=pk,
    )


def _moderated(request: HttpRequest, pk: int) -> Statement:
    statement = _statement(request, pk)
    if not can_moderate(who(request), statement.conversation):
        raise Http404
    return statement


def _number(value: str) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else -1


@require_safe
def queue(request: HttpRequest, pk: int) -> HttpResponse:
    conversation = _conversation(request, pk)
    if not can_moderate(who(request), conversation):
        raise Http404
    found = read_queue(conversation, after=_number(request.GET.get("after", "")))
    shown = shown_statements(conversation, after=_number(request.GET.get("shown", "")))
    slips = [(waiting, _decide_form(waiting.statement)) for waiting in found.waiting]
    response = _page(
        request, "deliberation/moderation_queue.html", conversation,
        queue=found, slips=slips, shown=shown[:PAGE],
        next_shown=shown[PAGE - 1].number if len(shown) > PAGE else None,
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response


def _decide_form(statement: Statement, data: Any = None) -> DecideForm:
    """Its ids carry the statement's number, for a page holds many of these forms."""
    initial = {
        "seen": services.state_seen(statement),
        "reason": statement.decline_reason,
        "note": statement.decline_note,
    }
    return DecideForm(data, initial=initial, auto_id=f"id_{statement.number}_%s")


@acts_once
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    statement = _moderated(request, pk)
    form = _decide_form(statement, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(statement, form.cleaned_data, by=member(request))
            messages.success(request, _("Statement %(number)d: decided.") % {"number": statement.number})
            return redirect("deliberation:moderate", statement.conversation_id)
        except Refused as refused:
            statement = _moderated(request, pk)
            form = _with_refusal(form, refused, services.state_seen(statement))
    numbers = numbers_of(statement.conversation_id, [statement.author_id] if statement.author_id else [])
    return _page(
        request, "deliberation/statement_decide.html", statement.conversation,
        statement=statement, form=form, author=numbers.get(statement.author_id or 0),
        signs=signs_seen(statement.item) if statement.item.state == "held" else [],
    )  # fmt: skip


def _carry_out(statement: Statement, decision: dict[str, Any], *, by: Person) -> None:
    seen = decision["seen"]
    if decision["do"] == "publish":
        services.publish_statement(statement, seen=seen, by=by)
    elif decision["do"] == "decline":
        services.decline_statement(
            statement, reason=decision["reason"], note=decision["note"], seen=seen, by=by
        )
    elif decision["do"] == "unmerge":
        services.unmerge_statement(statement, by=by)
    else:
        services.mark_meta(statement, is_meta=decision["do"] == "meta", by=by)


def _with_refusal(form: Any, refused: Refused, seen: str) -> Any:
    """The form with what was typed and the newest version; other refusals go on to the guard."""
    form.start_from(seen, refused)
    return form


@acts_once
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    statement = _moderated(request, pk)
    candidates = merge_candidates(statement)
    form = MergeForm(
        request.POST or None, statement=statement, candidates=candidates,
        initial={"seen": services.state_seen(statement)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            target = form.cleaned_data["target"]
            services.merge_statement(statement, target, seen=form.cleaned_data["seen"], by=member(request))
            said = _("Statement %(number)d now counts with statement %(target)d.")
            messages.success(request, said % {"number": statement.number, "target": target.number})
            return redirect("deliberation:moderate", statement.conversation_id)
        except Refused as refused:
            statement = _moderated(request, pk)
            form = _with_refusal(form, refused, services.state_seen(statement))
    return _page(
        request, "deliberation/statement_merge.html", statement.conversation, statement=statement, form=form
    )
