"""Opening, changing and ending a conversation; saying what becomes of statements."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.languages import current
from tequio.base.text import clean_text
from tequio.catalogue.enums import ItemState
from tequio.guards.views import acts_once
from tequio.ideas.processes.models import Process
from tequio.organisations.selectors.portraits import acted_for_by
from tequio.people.middleware import member, who
from tequio.territories.selectors import breadcrumbs

from ..forms.conversation import ConversationForm, initial_of
from ..forms.in_process import initial_in
from ..forms.uptake import UptakeForm
from ..models import Conversation, Statement
from ..permissions import can_organise, statements_visible_to, visible_to
from ..selectors.consequences import answer_to
from ..selectors.in_process import phase_for, process_asked
from ..selectors.organising import main_place, places_to_open, version_of
from ..services import conversations as services
from ..services.uptake import answer_for, take_answer_back

ICONS = "agree disagree pass"
MOST_BROUGHT = 200


def organised(request: HttpRequest, pk: int) -> Conversation:
    """The conversation, if this person looks after it; to anybody else it is not there."""
    conversation = get_object_or_404(visible_to(who(request)).select_related("item__territory"), pk=pk)
    if not can_organise(who(request), conversation):
        raise Http404
    return conversation


@acts_once
def conversation_new(request: HttpRequest) -> HttpResponse:
    person = member(request)
    process = process_asked(person, request.GET.get("process", ""))
    phase = phase_for(process, request.GET.get("phase", "")) if process else None
    places = [process.item.territory] if process else places_to_open(person)
    if not places:
        raise Http404
    asked = next((place for place in places if place.code == request.GET.get("place")), None)
    begins = asked or next((place for place in places if place.pk == main_place(person)), places[0])
    initial = {
        "language": current(), "languages": begins.languages, "territory": begins.pk,
        "question": clean_text(request.GET.get("words", ""))[:MOST_BROUGHT],
        **(initial_in(process, phase) if process else {}),
    }  # fmt: skip
    form = ConversationForm(
        request.POST or None, places=places, organisations=acted_for_by(person), initial=initial
    )
    if request.method != "POST":
        return _form_page(request, form, process)
    form.is_for_publishing = request.POST.get("do") != "draft"
    if not form.is_valid() or request.POST.get("do") == "preview":
        return _form_page(request, form, process)
    is_draft = request.POST.get("do") == "draft"
    conversation = services.open_conversation(
        form.plan(by=person.shown_name), territory=form.place, seeds=form.seed_words(by=person.shown_name),
        is_draft=is_draft, process=process, phase=phase, by=person,
    )  # fmt: skip
    messages.success(
        request, _("The draft is kept.") if is_draft else _("The conversation is open to everybody.")
    )
    return redirect("deliberation:state" if is_draft else "deliberation:detail", conversation.pk)


@acts_once
def conversation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = member(request)
    conversation = organised(request, pk)
    initial = {**initial_of(conversation), "seen": version_of(conversation)}
    form = ConversationForm(request.POST or None, conversation=conversation, initial=initial)
    if request.method != "POST":
        return _form_page(request, form)
    form.is_for_publishing = conversation.item.state == ItemState.PUBLISHED
    if not form.is_valid() or request.POST.get("do") == "preview":
        return _form_page(request, form)
    try:
        services.change_conversation(
            conversation, form.plan(by=person.shown_name), seeds=form.seed_words(by=person.shown_name),
            seen=form.cleaned_data["seen"], by=person,
        )  # fmt: skip
    except Refused as refused:
        form.start_from(version_of(conversation), refused)
        return _form_page(request, form)
    messages.success(request, _("Your changes are saved."))
    return redirect("deliberation:state", conversation.pk)


def _form_page(request: HttpRequest, form: ConversationForm, process: Process | None = None) -> HttpResponse:
    conversation = form.conversation
    territory = conversation.item.territory if conversation else None
    context = {
        "form": form,
        "conversation": conversation,
        "process": process,
        "places": [*breadcrumbs(territory), territory] if territory else [],
        "preview": _preview(request, form),
        "door": "ideas",
        "icons": ICONS,
    }
    return render(request, "deliberation/conversation_form.html", context, status=422 if form.errors else 200)


def _preview(request: HttpRequest, form: ConversationForm) -> dict[str, Any] | None:
    if request.method != "POST" or form.errors or request.POST.get("do") != "preview":
        return None
    plan = form.plan(by=member(request).name)
    return {
        "plan": plan,
        "place": form.place,
        "seeds": form.cleaned_data["seeds"],
        "language": plan.languages[0],
    }


STEPS = {
    "publish": (services.publish_conversation, {ItemState.DRAFT, ItemState.WITHDRAWN}),
    "close": (services.close_conversation, {ItemState.PUBLISHED}),
    "withdraw": (services.withdraw_conversation, {ItemState.PUBLISHED}),
}


@acts_once
def conversation_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands and what can be done; `?do=` shows the page on which one confirms."""
    conversation = organised(request, pk)
    item = conversation.item
    may = [
        step for step, (_service, states) in STEPS.items()
        if item.state in states and not (step == "close" and item.is_over)
    ]  # fmt: skip
    do = request.POST.get("do", "") if request.method == "POST" else request.GET.get("do", "")
    if request.method == "POST":
        if do not in may:
            messages.info(request, _("That was not possible any more. Here is how it stands."))
            return redirect("deliberation:state", conversation.pk)
        STEPS[do][0](conversation, by=member(request))
        messages.success(request, _("Done."))
        return redirect("deliberation:state", conversation.pk)
    context = {
        "conversation": conversation,
        "item": item,
        "may": may,
        "do": do if do in may else "",
        "places": [*breadcrumbs(item.territory), item.territory],
        "door": "ideas",
    }
    return render(request, "deliberation/conversation_state.html", context)


@acts_once
def uptake(request: HttpRequest, pk: int) -> HttpResponse:
    statement = get_object_or_404(
        statements_visible_to(who(request))
        .filter(item__state=ItemState.PUBLISHED, item__hidden_by="")
        .select_related("item", "conversation__item__territory"),
        pk=pk,
    )
    if not can_organise(who(request), statement.conversation):
        raise Http404
    answer = answer_to(statement.pk)
    form = UptakeForm(request.POST or None, answer=answer, language=current())
    if request.method == "POST" and form.is_valid():
        return _save_uptake(request, statement, form)
    item = statement.conversation.item
    context = {
        "form": form,
        "statement": statement,
        "answer": answer,
        "item": item,
        "places": [*breadcrumbs(item.territory), item.territory],
        "door": "ideas",
    }
    return render(request, "deliberation/uptake_form.html", context, status=422 if form.errors else 200)


def _save_uptake(request: HttpRequest, statement: Statement, form: UptakeForm) -> HttpResponse:
    person = member(request)
    if form.cleaned_data["uptake"]:
        answer_for(statement, form.cleaned_data["uptake"], form.words(by=person.shown_name), by=person)
        messages.success(request, _("Your answer is shown with the statement."))
    else:
        take_answer_back(statement, by=person)
        messages.success(request, _("The answer was taken back."))
    return redirect(reverse("deliberation:statement", args=[statement.pk]))
