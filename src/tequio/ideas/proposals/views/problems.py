"""Problems: reading one, reporting one, mending its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.multilingual import write_original
from tequio.base.trap import filling_of
from tequio.catalogue.models import Item
from tequio.catalogue.selectors.thread import thread_of, ways_on
from tequio.discussions.selectors.reading import brief_talk
from tequio.files.permissions import can_upload
from tequio.files.services import store_picture
from tequio.guards.views import acts_once
from tequio.ideas.processes.enums import Act, Bar
from tequio.notifications.selectors.pages import follows_item
from tequio.people.middleware import begin, who
from tequio.people.models import Person
from tequio.territories.models import Territory
from tequio.territories.selectors import breadcrumbs

from ..forms.places import PlaceFields
from ..forms.problem_pictures import PictureFields
from ..forms.problems import ProblemForm, language_of
from ..models import Illustration, Problem
from ..permissions import can_change_problem, can_confirm, can_translate, problems_visible_to, process_of
from ..selectors.alike import alike
from ..selectors.having import ideas_against, map_of_problem, who_has, with_mine
from ..selectors.picturing import pictures_of
from ..services.illustrating import MOST_PICTURES, Shown
from ..services.problems import change_problem, report_problem, withdraw_problem
from .points import as_typed, is_pick, picked, picker_of
from .targets import Target, bar_of, carried_words, choose_place, find_target, not_now


@dataclass
class Forms:
    """The three parts of one form; `pictures` only for who may upload."""

    words: ProblemForm
    place: PlaceFields
    pictures: PictureFields | None

    @property
    def are_valid(self) -> bool:
        """Each is asked, so that all mistakes are said at once."""
        parts = [self.words, self.place, *([self.pictures] if self.pictures else [])]
        verdicts = [part.is_valid() for part in parts]
        return all(verdicts)


def find_problem(request: HttpRequest, pk: int) -> Problem:
    rows = with_mine(problems_visible_to(who(request)), who(request)).select_related(
        "item__territory", "item__discussion", "item__part_of", "item__author", "item__count",
        "item__entry__process__item",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


@login_not_required
def problem_detail(request: HttpRequest, pk: int) -> HttpResponse:
    person, problem = who(request), find_problem(request, pk)
    item = problem.item
    ideas = ideas_against(person, problem)
    places = [*breadcrumbs(item.territory), item.territory]
    having = who_has(problem)
    around = [*(place for place, _number in having.places), *reversed(places)]
    context = {
        "problem": problem,
        "item": item,
        "process": process_of(problem),
        "places": places,
        "having": having,
        "ideas": ideas,
        "map": map_of_problem(problem, ideas, around),
        "pictures": pictures_of(item.pk),
        "saves_data": request.headers.get("Save-Data") == "on",
        "mine": problem.is_mine,  # type: ignore[attr-defined]
        "can_confirm": can_confirm(person, problem),
        "can_change": can_change_problem(person, problem),
        "can_translate": can_translate(person, problem),
        "thread": thread_of(person, item),
        "ways": ways_on(person, "problem", item),
        "talk": brief_talk(item, person),
        "is_followed": follows_item(person, item),
        "shows_original": "original" in request.GET,
        "door": "ideas",
        "icons": "flag comment translate bell place people",
    }
    return render(request, "proposals/problem_detail.html", context)


@login_not_required
@acts_once
def problem_new(request: HttpRequest) -> HttpResponse:
    target = find_target(request)
    if target is None:
        return choose_place(request, _("Report a problem"))
    barred = bar_of(request, Act.CREATE, "problem", target)
    if barred != Bar.NONE:
        return not_now(request, target, barred)
    forms, data = _forms_of(request, target.territory)
    like: list[Item] = []
    if request.method == "POST" and not is_pick(request.POST) and forms.are_valid:
        if request.POST.get("close_ones") != "seen":
            like = _alike(forms.words, target)
        language = forms.words.cleaned_data["language"]
        if not like and (pictures := _pictures(forms, language, begin(request))) is not None:
            problem = report_problem(
                forms.words.words(forms.place.whereabouts, pictures), territory=target.territory, process=target.process,
                filling=filling_of(request), by=begin(request),
            )  # fmt: skip
            messages.success(request, _sent(problem))
            return redirect(problem.item.path)
    context = {
        **_drawn(request, forms, target.territory, data),
        "target": target, "places": target.places, "like": like, "process": target.process,
    }  # fmt: skip
    status = 422 if forms.words.is_bound else 200
    return render(request, "proposals/problem_form.html", context, status=status)


def _alike(form: ProblemForm, target: Target) -> list[Item]:
    said = form.texts
    body = " ".join(text for name, text in said.items() if name != "title")
    near = alike(said["title"], body, territory=target.territory, process=target.process, kind="problem")
    return [one.item for one in near]


def _forms_of(
    request: HttpRequest, territory: Territory, problem: Problem | None = None, room: int = MOST_PICTURES
) -> tuple[Forms, dict[str, Any]]:
    """The parts as they were sent, or drawn for the first time, or drawn again because the map was pressed.

    The second value is what stands in the part of the place, for the map.
    """
    person = who(request)
    may_upload = person is not None and can_upload(person) and room > 0
    options: dict[str, Any] = {"territory": territory, "problem": problem}
    if request.method == "POST" and not is_pick(request.POST):
        pictures = PictureFields(request.POST, request.FILES, room=room) if may_upload else None
        forms = Forms(ProblemForm(request.POST, **options), PlaceFields(request.POST), pictures)
        return forms, request.POST.dict()
    words: dict[str, Any] = {"title": carried_words(request)} if problem is None else {}
    place = _place_of(problem)
    if request.method == "POST":
        changes = picked(territory, request.POST)
        words = as_typed(ProblemForm(**options), request.POST, {})
        place = as_typed(PlaceFields(), request.POST, changes)
        place["frame"] = changes.get("frame", "")
    pictures = PictureFields(room=room) if may_upload else None
    return Forms(ProblemForm(initial=words, **options), PlaceFields(initial=place), pictures), place


def _place_of(problem: Problem | None) -> dict[str, Any]:
    if problem is None:
        return {}
    item = problem.item
    return {"place_name": item.place_name, "latitude": item.latitude, "longitude": item.longitude}


def _drawn(request: HttpRequest, forms: Forms, territory: Territory, data: dict[str, Any]) -> dict[str, Any]:
    return {
        "form": forms.words,
        "place_form": forms.place,
        "picture_form": forms.pictures,
        "picker": picker_of(territory, data),
        "has_picked": is_pick(request.POST),
        "door": "ideas",
        "icons": "flag place",
    }


def _pictures(forms: Forms, language: str, person: Person) -> list[Shown] | None:
    """Those chosen now, taken in; None where one was not taken: the form then says why."""
    taken = []
    for name, upload, says in forms.pictures.chosen() if forms.pictures else []:
        try:
            taken.append(Shown(store_picture(upload, by=person), write_original(says, language)))
        except Refused as refused:
            if refused.code == "too_often":
                raise
            assert forms.pictures is not None
            forms.pictures.add_error(name, str(refused.reason))
    return None if forms.pictures and forms.pictures.errors else taken


def _sent(problem: Problem) -> str:
    if problem.item.state == "held":
        return _(
            "Thank you. It will be shown after somebody has looked at it. Here you see what becomes of it."
        )
    return _("Thank you. Others can say now that they have it too.")


@login_not_required
@acts_once
def problem_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever reported it, guest or member."""
    problem, person = find_problem(request, pk), who(request)
    if person is None or not can_change_problem(person, problem):
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "withdraw":
        withdraw_problem(problem, by=person)
        messages.success(request, _("It is not shown any more."))
        return redirect("proposals:hub", problem.item.territory.code)
    shown = list(Illustration.objects.filter(item=problem.pk).select_related("file"))
    forms, data = _forms_of(request, problem.item.territory, problem, MOST_PICTURES - len(shown))
    if request.method == "POST" and not is_pick(request.POST) and forms.are_valid:
        taken = _pictures(forms, language_of(problem), person)
        if taken is not None:
            gone = set(request.POST.getlist("remove"))
            kept = [Shown(one.file, one.says) for one in shown if str(one.pk) not in gone]
            _save(problem, forms, [*kept, *taken], person)
            messages.success(
                request, _("Your changes are shown. What was there before stands in the history.")
            )
            return redirect(problem.item.path)
    context = {
        **_drawn(request, forms, problem.item.territory, data),
        "problem": problem, "item": problem.item, "shown": shown,
        "places": [*breadcrumbs(problem.item.territory), problem.item.territory],
    }  # fmt: skip
    return render(
        request, "proposals/problem_edit.html", context, status=422 if forms.words.is_bound else 200
    )


def _save(problem: Problem, forms: Forms, pictures: list[Shown], person: Person) -> None:
    data = forms.words.cleaned_data
    change_problem(
        problem, forms.words.texts, language=language_of(problem), how_often=data["how_often"],
        where=forms.place.whereabouts, pictures=pictures, why=data["why"], by=person,
    )  # fmt: skip
