"""Proposing an idea on one page, also as a guest; drafts; changing and taking back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.money import currency_of
from tequio.base.text import clean_text, read_id
from tequio.base.trap import filling_of
from tequio.catalogue.enums import ItemState
from tequio.consent.enums import Purpose
from tequio.consent.types import current_text
from tequio.discussions.permissions import can_comment
from tequio.discussions.services.writing import LONGEST, write_comment
from tequio.guards.views import acts_once
from tequio.ideas.processes.enums import Bar
from tequio.ideas.processes.models import Process
from tequio.people.middleware import begin, who
from tequio.territories.models import Territory
from tequio.territories.selectors import place_choices

from ..forms.idea import LONGEST_TITLE, IdeaForm, initial_of
from ..forms.pictures import Pictures
from ..forms.places import PlaceFields
from ..models import Idea
from ..permissions import can_edit, can_send, can_withdraw, proposing_bar
from ..selectors.alike import alike
from ..selectors.problems import problems_answered
from ..services.editing import edit_idea, version_seen, withdraw_idea
from ..services.proposing import Proposal, propose_idea, send_draft
from ..services.supporting import support_idea
from .finding import around, barred, find_idea, place_and_process, problems_asked
from .points import as_typed, is_pick, picked, picker_of

MOST_CARRIED = 1000
LONGEST_LINE = 120


@login_not_required
@acts_once
def idea_new(request: HttpRequest) -> HttpResponse:
    """One page: `?place=` or `?process=`, `&words=` from the box, `&answers=` a problem."""
    territory, process = place_and_process(request)
    if territory is None:
        context = {"places": place_choices(), "door": "ideas"}
        status = 422 if request.method == "POST" else 200
        return render(request, "proposals/choose_place.html", context, status=status)
    bar = proposing_bar(who(request), territory, process)
    if bar != Bar.NONE:
        return barred(request, bar, territory=territory, process=process, doing="propose")
    writing = _writing(
        request, territory, languages=territory.languages,
        initial={"currency": currency_of(territory.code), **_brought(request)},
    )  # fmt: skip
    near = []
    if request.method == "POST":
        if pk := read_id(request.POST.get("join", "")):
            return _join(request, pk)
        if writing.is_sent:
            is_draft = request.POST.get("do") == "draft"
            if not is_draft and request.POST.get("close_ones") != "seen":
                said = writing.form.cleaned_data
                body = " ".join([said["what"], said["why"]])
                near = alike(said["title"], body, territory=territory, process=process)
            if not near:
                return _save(request, writing, territory, process, is_draft=is_draft)
    return _page(request, writing, territory, process, near=near, problems=problems_asked(request))


@dataclass
class Writing:
    """The parts of the form; `place_data` is what stands in the part of the place, for the map."""

    form: IdeaForm
    place: PlaceFields
    pictures: Pictures
    place_data: dict[str, Any]
    is_drawn_again: bool = False

    @property
    def is_sent(self) -> bool:
        """All three are right, and it was no button that only draws the form again."""
        if not self.form.is_bound or self.is_drawn_again:
            return False
        return all([self.form.is_valid(), self.place.is_valid(), self.pictures.is_valid()])


def _writing(
    request: HttpRequest,
    territory: Territory,
    *,
    idea: Idea | None = None,
    initial: dict[str, Any],
    **options: Any,
) -> Writing:
    """As it was sent; drawn for the first time; or drawn again with all that was typed, because the map was pressed."""
    had = list(idea.item.illustrations.select_related("file")) if idea else []
    pictures, options = Pictures(had), {"idea": idea, **options}
    place = {} if idea is None else {
        "place_name": idea.item.place_name, "latitude": idea.item.latitude, "longitude": idea.item.longitude,
    }  # fmt: skip
    if request.method != "POST":
        return Writing(IdeaForm(initial=initial, **options), PlaceFields(initial=place), pictures, place)
    _read_pictures(request, pictures)
    if is_pick(request.POST):
        changes = picked(territory, request.POST)
        place = as_typed(PlaceFields(), request.POST, changes) | {"frame": changes.get("frame", "")}
        typed = as_typed(IdeaForm(**options), request.POST, {})
        return Writing(
            IdeaForm(initial=typed, **options),
            PlaceFields(initial=place),
            pictures,
            place,
            is_drawn_again=True,
        )
    form, fields = IdeaForm(request.POST, **options), PlaceFields(request.POST)
    return Writing(form, fields, pictures, request.POST.dict(), request.POST.get("do") == "picture")


def _brought(request: HttpRequest) -> dict[str, str]:
    """Words from the box: a short line becomes the title, the rest is what should be done."""
    words = clean_text(request.GET.get("words", ""))[:MOST_CARRIED]
    is_line = len(words) <= min(LONGEST_LINE, LONGEST_TITLE) and "\n" not in words
    return {"title" if is_line else "what": words} if words else {}


def _read_pictures(request: HttpRequest, pictures: Pictures) -> None:
    """Files are for members; a guest sees no field for them."""
    person = who(request)
    if person is not None and person.is_member:
        pictures.read(request.POST, request.FILES, by=person)


def _proposal(request: HttpRequest, writing: Writing, name: str) -> Proposal:
    return Proposal(
        words=writing.form.words(by=name), where=writing.place.whereabouts,
        pictures=writing.pictures.shown(writing.form.written_in, by=name), problems=problems_asked(request),
    )  # fmt: skip


def _save(
    request: HttpRequest, writing: Writing, territory: Territory, process: Process | None, *, is_draft: bool
) -> HttpResponse:
    person = begin(request)
    idea = propose_idea(
        _proposal(request, writing, person.shown_name), territory=territory, process=process,
        is_draft=is_draft, filling=filling_of(request), by=person,
    )  # fmt: skip
    messages.success(request, _said_of(idea))
    return redirect("proposals:detail", idea.pk)


def _said_of(idea: Idea) -> str:
    if idea.item.state == ItemState.DRAFT:
        return _("Your draft is kept. Only you see it.")
    if idea.item.state == ItemState.HELD:
        return _("Thank you. It is shown after somebody has looked at it. Here you see what becomes of it.")
    return _("Thank you. Everybody can read and support your idea now.")


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
    request: HttpRequest, writing: Writing, territory: Territory, process: Process | None, **more: Any
) -> HttpResponse:
    person = who(request)
    context = {
        "form": writing.form, "place_form": writing.place, "pictures": writing.pictures,
        "picker": picker_of(territory, writing.place_data), "place": territory.title,
        "territory": territory, "process": process, "idea": None, "near": [],
        "can_upload": person is not None and person.is_member, "consent": current_text(Purpose.IDEAS), "door": "ideas",
        "is_first": request.method != "POST", "longest_remark": LONGEST, **more,
    }  # fmt: skip
    status = 422 if writing.form.is_bound else 200
    return render(request, "proposals/idea_form.html", context, status=status)


@login_not_required
@acts_once
def idea_edit(request: HttpRequest, pk: int) -> HttpResponse:
    idea = find_idea(request, pk)
    person = who(request)
    if person is None or not can_edit(person, idea):
        raise Http404
    territory = idea.item.territory
    writing = _writing(
        request, territory, idea=idea, languages=[], initial=initial_of(idea, version_seen(idea))
    )
    problems = problems_asked(request) if request.method == "POST" else problems_answered(idea)
    if writing.is_sent and _changed(request, idea, writing):
        messages.success(request, _("Your idea was changed. What it was stays readable."))
        return redirect("proposals:detail", pk)
    return _page(request, writing, territory, around(idea)["process"], problems=problems, **_own(idea))


def _own(idea: Idea) -> dict[str, Any]:
    return {"idea": idea, "item": idea.item}


def _changed(request: HttpRequest, idea: Idea, writing: Writing) -> bool:
    """False where another author was faster; the form says so."""
    person, form = begin(request), writing.form
    data = form.cleaned_data
    try:
        edit_idea(
            idea, _proposal(request, writing, person.shown_name),
            why=data["reason"], seen=data["seen"], by=person,
        )  # fmt: skip
    except Refused as refused:
        if refused.code != "changed":
            raise
        form.add_error(None, str(refused.reason))
        form.data = {**form.data.dict(), "seen": version_seen(idea)}  # type: ignore[attr-defined]
        return False
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
