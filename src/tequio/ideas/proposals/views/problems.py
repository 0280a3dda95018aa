"""Problems: reading one, reporting one, mending its words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.trap import filling_of, filling_of_change
from tequio.catalogue.enums import Bar
from tequio.catalogue.models import Item
from tequio.catalogue.selectors.thread import thread_of, ways_on
from tequio.discussions.selectors.reading import brief_talk
from tequio.guards.views import acts_once
from tequio.ideas.processes.enums import Act
from tequio.notifications.selectors.pages import follows_item
from tequio.people.middleware import begin, who
from tequio.territories.selectors import breadcrumbs

from ..forms.problems import ProblemForm, language_of
from ..models import Problem
from ..permissions import can_change_problem, can_confirm, can_translate, problems_visible_to, process_of
from ..selectors.alike import alike
from ..selectors.having import ideas_against, map_of_problem, who_has, with_mine
from ..selectors.picturing import pictures_of
from ..services.problems import change_problem, report_problem, withdraw_problem
from .parts import Parts, drawn, parts_of, refuse
from .targets import Target, bar_of, barred, carried_words, choose_place, find_target, home_of
from .writing import said_of_change


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
    target = find_target(request) or home_of(request)
    if target is None:
        return choose_place(request, _("Report a problem"))
    bar = bar_of(request, Act.CREATE, "problem", target)
    if bar != Bar.NONE:
        return barred(request, bar, target, doing="report")
    territory = target.territory

    def make(data: Any, typed: dict[str, Any] | None = None) -> ProblemForm:
        return ProblemForm(data, territory=territory, initial=typed or {"title": carried_words(request)})

    parts = parts_of(request, territory, make)
    like: list[Item] = []
    status = 422 if parts.words.is_bound else 200
    if parts.are_right:
        if request.POST.get("close_ones") != "seen":
            like = _alike(parts.words, target)
        if not like:
            try:
                problem = _report(request, parts, target)
            except Refused as refused:
                status = refuse(parts, refused)
            else:
                messages.success(request, _sent(problem))
                return redirect(problem.item.path)
    context = {
        **drawn(request, parts, territory), "icons": "flag place",
        "target": target, "places": target.places, "like": like, "process": target.process,
    }  # fmt: skip
    return render(request, "proposals/problem_form.html", context, status=status)


def _report(request: HttpRequest, parts: Parts[ProblemForm], target: Target) -> Problem:
    pictures = parts.pictures.shown(parts.words.cleaned_data["language"], by="")
    return report_problem(
        parts.words.words(parts.place.whereabouts, pictures), territory=target.territory, process=target.process,
        filling=filling_of(request), by=begin(request),
    )  # fmt: skip


def _alike(form: ProblemForm, target: Target) -> list[Item]:
    said = form.texts
    body = " ".join(text for name, text in said.items() if name != "title")
    near = alike(said["title"], body, territory=target.territory, process=target.process, kind="problem")
    return [one.item for one in near]


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
    territory = problem.item.territory

    def make(data: Any, typed: dict[str, Any] | None = None) -> ProblemForm:
        return ProblemForm(data, territory=territory, problem=problem, initial=typed or {})

    parts = parts_of(request, territory, make, item=problem.item)
    if parts.are_right:
        shown = _("Your changes are shown. What was there before stands in the history.")
        changed = _save(request, problem, parts)
        messages.success(request, said_of_change(changed.item) or shown)
        return redirect(problem.item.path)
    context = {
        **drawn(request, parts, territory), "icons": "flag place",
        "problem": problem, "item": problem.item, "places": [*breadcrumbs(territory), territory],
    }  # fmt: skip
    status = 422 if parts.words.is_bound else 200
    return render(request, "proposals/problem_edit.html", context, status=status)


def _save(request: HttpRequest, problem: Problem, parts: Parts[ProblemForm]) -> Problem:
    data, language = parts.words.cleaned_data, language_of(problem)
    return change_problem(
        problem, parts.words.texts, language=language, how_often=data["how_often"], where=parts.place.whereabouts,
        pictures=parts.pictures.shown(language, by=""), why=data["why"],
        filling=filling_of_change(request), by=begin(request),
    )  # fmt: skip
