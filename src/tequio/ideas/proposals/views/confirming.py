"""“Me too, here”: a page with one button, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tequio.base.trap import filling_of
from tequio.catalogue.enums import Bar
from tequio.discussions.permissions import can_comment
from tequio.guards.views import acts_once
from tequio.ideas.processes.enums import Act
from tequio.people.middleware import begin, who
from tequio.territories.selectors import breadcrumbs

from ..forms.problems import ConfirmForm
from ..models import Problem
from ..permissions import can_confirm, process_of
from ..selectors.having import confirmation_of, places_to_confirm
from ..services.confirming import confirm_problem, take_confirmation_back
from .problems import find_problem
from .targets import Target, bar_of, barred


@login_not_required
@acts_once
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    problem, person = find_problem(request, pk), who(request)
    mine = confirmation_of(person, problem)
    if request.method == "POST" and request.POST.get("do") == "stop":
        if person is not None and take_confirmation_back(problem, by=person):
            messages.success(request, _("You are not counted any more."))
        return redirect(problem.item.path)
    if not can_confirm(person, problem):
        return _refused(request, problem)
    form = _form_of(request, problem, mine)
    if request.method == "POST" and form.is_valid():
        _confirm(request, problem, form)
        return redirect(problem.item.path)
    context = {
        "form": form, "problem": problem, "item": problem.item, "mine": mine, "door": "ideas",
        "icons": "flag people", "places": [*breadcrumbs(problem.item.territory), problem.item.territory],
    }  # fmt: skip
    return render(request, "proposals/confirm.html", context, status=422 if form.is_bound else 200)


def _form_of(request: HttpRequest, problem: Problem, mine: Any) -> ConfirmForm:
    places = places_to_confirm(problem)
    home = getattr(who(request), "home", None)
    initial = {"territory": home.code} if home is not None and home in places else {}
    if mine is not None:
        initial = {"territory": mine.territory.code, "place_name": mine.place_name}
    takes_words = can_comment(who(request), problem.item) and (mine is None or mine.comment_id is None)
    # The button on the problem's own page sends no field: then it is meant as the form stands.
    sent = None
    if request.method == "POST":
        sent = request.POST.copy()
        sent.setdefault("territory", initial.get("territory", places[0].code))
    return ConfirmForm(sent, places=places, takes_words=takes_words, initial=initial)


def _confirm(request: HttpRequest, problem: Problem, form: ConfirmForm) -> None:
    data = form.cleaned_data
    text = data.get("text", "")
    is_new = confirm_problem(
        problem, territory=form.place, place_name=data["place_name"], text=text,
        language=data.get("language") or form.fields["language"].initial if text else "",
        filling=filling_of(request), by=begin(request),
    )  # fmt: skip
    messages.success(request, _("You are counted. Thank you.") if is_new else _("Your place was changed."))


def _refused(request: HttpRequest, problem: Problem) -> HttpResponse:
    person, item = who(request), problem.item
    if person is not None and item.author_id == person.pk:
        messages.info(request, _("You reported it yourself, so you are counted already."))
        return redirect(item.path)
    target = Target(item.territory, process_of(problem))
    bar = bar_of(request, Act.SUPPORT, "problem", target)
    return barred(request, bar if bar != Bar.NONE else Bar.NOW, target, doing="confirm")
