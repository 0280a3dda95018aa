"""Proposing an idea on one page, also as a guest; drafts; changing and taking back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.money import currency_of
from tequio.base.text import clean_text, read_id
from tequio.base.trap import filling_of, filling_of_change
from tequio.catalogue.enums import Bar, ItemState
from tequio.catalogue.models import Item
from tequio.consent.enums import Purpose
from tequio.consent.types import current_text
from tequio.discussions.permissions import can_comment
from tequio.discussions.services.writing import LONGEST, write_comment
from tequio.guards.views import acts_once
from tequio.ideas.processes.models import Process
from tequio.people.middleware import begin, who
from tequio.territories.models import Territory

from ..forms.answering import ProblemChoice
from ..forms.idea import LONGEST_TITLE, IdeaForm, initial_of
from ..models import Idea
from ..permissions import can_edit, can_send, can_withdraw, process_of, proposing_bar
from ..selectors.alike import alike
from ..selectors.problems import problems_answered
from ..services.editing import edit_idea, version_seen, withdraw_idea
from ..services.proposing import Proposal, propose_idea, send_draft
from ..services.supporting import support_idea
from .finding import around, find_idea
from .parts import Parts, drawn, parts_of, refuse
from .targets import barred, choose_place, find_target

MOST_CARRIED = 1000
LONGEST_LINE = 120


@login_not_required
@acts_once
def idea_new(request: HttpRequest) -> HttpResponse:
    """One page: `?place=` or `?process=`, `&words=` from the box, `&answers=` a problem."""
    target = find_target(request)
    if target is None:
        status = 422 if request.method == "POST" else 200
        return choose_place(request, _("Propose an idea"), status=status)
    territory, process = target.territory, target.process
    bar = proposing_bar(who(request), territory, process)
    if bar != Bar.NONE:
        return barred(request, bar, target, doing="propose")
    choice = _choice(request, territory, process)
    if _asks_for_problems(request):
        return _found(request, choice)
    brought = {"currency": currency_of(territory.code), **_brought(request)}
    near = []

    def make(data: Any, typed: dict[str, Any] | None = None) -> IdeaForm:
        return IdeaForm(data, languages=territory.languages, initial=typed or brought)

    if pk := read_id(request.POST.get("join", "")):
        return _join(request, pk)
    parts = parts_of(request, territory, make)
    if parts.are_right and choice.is_valid():
        is_draft = request.POST.get("do") == "draft"
        if not is_draft and request.POST.get("close_ones") != "seen":
            near = _near_typed(parts.words, territory, process)
        if not near:
            return _save(request, parts, choice, is_draft=is_draft)
    return _page(request, parts, choice, near=near)


def _choice(
    request: HttpRequest, territory: Territory, process: Process | None, idea: Idea | None = None
) -> ProblemChoice:
    """The problems it answers: as the form has them, else as the address says, else as it stands."""
    person = who(request)
    choice = ProblemChoice(person, territory, process)
    if request.method == "POST":
        return choice.read(request.POST)
    if idea is None or "find" in request.GET:
        return choice.read(request.GET)
    choice.chosen = problems_answered(person, idea)
    return choice


def _found(request: HttpRequest, choice: ProblemChoice) -> HttpResponse:
    context = {"choice": choice, "others": choice.others}
    return render(request, "proposals/_answers_found.html", context)


def _asks_for_problems(request: HttpRequest) -> bool:
    """The page asks for this part of itself alone, while somebody types."""
    return request.method == "GET" and "find" in request.GET and bool(getattr(request, "htmx", False))


def _near_typed(form: IdeaForm, territory: Territory, process: Process | None) -> list[Any]:
    said = form.cleaned_data
    return alike(said["title"], f"{said['what']} {said['why']}", territory=territory, process=process)


def _brought(request: HttpRequest) -> dict[str, str]:
    """Words from the box: a short line becomes the title, the rest is what should be done."""
    words = clean_text(request.GET.get("words", ""))[:MOST_CARRIED]
    is_line = len(words) <= min(LONGEST_LINE, LONGEST_TITLE) and "\n" not in words
    return {"title" if is_line else "what": words} if words else {}


def _proposal(parts: Parts[IdeaForm], choice: ProblemChoice, name: str) -> Proposal:
    return Proposal(
        words=parts.words.words(by=name), where=parts.place.whereabouts,
        pictures=parts.pictures.shown(parts.words.written_in, by=name), problems=choice.chosen,
    )  # fmt: skip


def _save(
    request: HttpRequest, parts: Parts[IdeaForm], choice: ProblemChoice, *, is_draft: bool
) -> HttpResponse:
    person = begin(request)
    try:
        idea = propose_idea(
            _proposal(parts, choice, person.shown_name), territory=choice.territory, process=choice.process,
            is_draft=is_draft, filling=filling_of(request), by=person,
        )  # fmt: skip
    except Refused as refused:
        return _page(request, parts, choice, status=refuse(parts, refused))
    messages.success(request, _said_of(idea))
    return redirect("proposals:detail", idea.pk)


def _said_of(idea: Idea) -> str:
    if idea.item.state == ItemState.DRAFT:
        return _("Your draft is kept. Only you see it.")
    if idea.item.state == ItemState.HELD:
        return _("Thank you. It is shown after somebody has looked at it. Here you see what becomes of it.")
    return _("Thank you. Everybody can read and support your idea now.")


def said_of_change(item: Item) -> str:
    """To whoever changed words that wait now; "" where they are shown."""
    if item.state != ItemState.HELD:
        return ""
    return _("Your change is kept and waits. It is shown once a moderator has read it.")


def _join(request: HttpRequest, pk: int) -> HttpResponse:
    """She joins a similar idea instead of sending hers; what hers adds may become a comment there."""
    idea = find_idea(request, pk)
    person = begin(request)
    support_idea(idea, by=person)
    remark = clean_text(request.POST.get("remark", ""))[:LONGEST]
    if remark and can_comment(person, idea.item):
        language = request.POST.get("remark_language", "")
        write_comment(
            idea.item, remark, language=language if language in idea.item.territory.languages else "en",
            side="for" if idea.item.comments == "two" else "", filling=filling_of(request), by=person,
        )  # fmt: skip
    messages.success(request, _("Thank you. You support this idea now."))
    return redirect("proposals:detail", idea.pk)


def _page(
    request: HttpRequest, parts: Parts[IdeaForm], choice: ProblemChoice, *, status: int = 0, **more: Any
) -> HttpResponse:
    context = {
        **drawn(request, parts, choice.territory), "place": choice.territory.title, "process": choice.process,
        "choice": choice, "others": choice.others, "idea": None, "near": [],
        "saves_data": request.headers.get("Save-Data") == "on",
        "consent": current_text(Purpose.IDEAS), "icons": "place", "longest_remark": LONGEST, **more,
    }  # fmt: skip
    status = status or (422 if request.method == "POST" else 200)
    return render(request, "proposals/idea_form.html", context, status=status)


@login_not_required
@acts_once
def idea_edit(request: HttpRequest, pk: int) -> HttpResponse:
    idea = find_idea(request, pk)
    person = who(request)
    if person is None or not can_edit(person, idea):
        raise Http404
    territory = idea.item.territory
    choice = _choice(request, territory, process_of(idea), idea)
    if _asks_for_problems(request):
        return _found(request, choice)

    def make(data: Any, typed: dict[str, Any] | None = None) -> IdeaForm:
        return IdeaForm(data, languages=[], idea=idea, initial=typed or initial_of(idea, version_seen(idea)))

    parts = parts_of(request, territory, make, item=idea.item)
    if parts.are_right and choice.is_valid() and _changed(request, idea, parts, choice):
        return redirect("proposals:detail", pk)
    return _page(request, parts, choice, idea=idea, item=idea.item)


def _changed(request: HttpRequest, idea: Idea, parts: Parts[IdeaForm], choice: ProblemChoice) -> bool:
    """False where another author was faster; the form says so."""
    person, form = begin(request), parts.words
    data = form.cleaned_data
    try:
        changed = edit_idea(
            idea, _proposal(parts, choice, person.shown_name),
            why=data["reason"], seen=data["seen"], filling=filling_of_change(request), by=person,
        )  # fmt: skip
    except Refused as refused:
        form.start_from(version_seen(idea), refused)
        return False
    messages.success(
        request, said_of_change(changed.item) or _("Your idea was changed. What it was stays readable.")
    )
    return True


@login_not_required
@acts_once
def idea_send(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft is looked at once more, beside what is similar to it, and sent."""
    idea = find_idea(request, pk)
    person = who(request)
    if person is None or not can_send(person, idea):
        raise Http404
    if request.method == "POST":
        idea = send_draft(idea, filling=filling_of(request), by=person)
        messages.success(request, _said_of(idea))
        return redirect("proposals:detail", pk)
    context = {**around(idea), "near": near_of(idea), "consent": current_text(Purpose.IDEAS)}
    return render(request, "proposals/idea_send.html", context)


def near_of(idea: Idea) -> list[Any]:
    """Ideas like this one, in its process or place."""
    item = idea.item
    title = next((entry["text"] for entry in item.title.values() if entry["status"] == "original"), "")
    body = " ".join(entry["text"] for entry in idea.what.values())
    return alike(title, body, territory=item.territory, process=around(idea)["process"], but=idea.pk)


@login_not_required
@acts_once
def idea_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    idea = find_idea(request, pk)
    person = who(request)
    if person is None or not can_withdraw(person, idea):
        raise Http404
    if request.method == "POST":
        withdraw_idea(idea, by=person)
        messages.success(request, _("You took your idea back. Nobody else sees it any more."))
        return redirect("proposals:mine")
    return render(request, "proposals/idea_withdraw.html", around(idea))
