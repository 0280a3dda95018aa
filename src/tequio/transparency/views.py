"""The steward's desk for rules: propose numbers, see what they would change, put them to use, go back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.guards.views import acts_once
from tequio.people.middleware import member, who
from tequio.recipes.permissions import can_decide, visible_to
from tequio.recipes.selectors import active
from tequio.recipes.services import activate_version, end_use, propose_version
from tequio.recipes.types import DECLARED
from tequio.territories.models import Territory

from .forms import DecideForm, ProposalForm
from .selectors.previews import preview, with_numbers

EVERYWHERE = "all"


def _place(request: HttpRequest, name: str, code: str) -> Territory | None:
    """The place whose numbers they are, None is everywhere. 404 for whoever may not decide there."""
    if name not in DECLARED:
        raise Http404
    place = None if code == EVERYWHERE else get_object_or_404(Territory, code=code)
    if not can_decide(member(request), place):
        raise Http404
    return place


def _back(name: str, place: Territory | None) -> str:
    query = f"?place={place.code}" if place else ""
    return reverse("recipes:detail", args=[name]) + query


@acts_once
def propose(request: HttpRequest, name: str, code: str) -> HttpResponse:
    place, person = _place(request, name, code), member(request)
    in_use = active(name, place.pk if place else None)
    data = request.POST if request.method == "POST" else None
    form = ProposalForm(data, in_use=in_use)
    shown = None
    if form.is_bound and form.is_valid():
        weights, numbers = form.typed("weight_"), form.typed("number_")
        if form.cleaned_data["do"] == "propose":
            made = propose_version(
                name, territory=place, weights=weights, parameters=numbers, reason=form.why(by=person.name), by=person
            )  # fmt: skip
            messages.success(request, _("Version %(number)d is proposed.") % {"number": made.number})
            return redirect("transparency:version", name, made.pk)
        shown = preview(person, in_use, with_numbers(in_use, weights, numbers), place)
    context = {
        "declared": DECLARED[name], "form": form, "place": place, "preview": shown, "back": _back(name, place),
    }  # fmt: skip
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "transparency/recipe_propose.html", context, status=status)


@acts_once
def version(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """One version: what it would change today, and the decision."""
    row = get_object_or_404(visible_to(who(request)).select_related("territory"), pk=pk, name=name)
    place, person = row.territory, member(request)
    if name not in DECLARED or not can_decide(person, place):
        raise Http404
    form = DecideForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if form.cleaned_data["do"] == "activate":
            activate_version(row, decided_by=form.cleaned_data["decided_by"], by=person)
            messages.success(request, _("Version %(number)d is in use.") % {"number": row.number})
        else:
            end_use(row, by=person)
            messages.success(
                request, _("Version %(number)d is not in use any more.") % {"number": row.number}
            )
        return redirect(_back(name, place))
    in_use = active(name, place.pk if place else None)
    problems = DECLARED[name].problems(row.weights, row.parameters)
    tried = None if problems else with_numbers(in_use, row.weights, row.parameters)
    context = {
        "declared": DECLARED[name], "row": row, "in_use": in_use, "form": form, "place": place,
        "preview": preview(person, in_use, tried, place) if tried else None, "problems": problems,
        "changes": _changes(in_use.weights | in_use.parameters, row.weights | row.parameters, name),
        "back": _back(name, place),
    }  # fmt: skip
    return render(request, "transparency/recipe_version.html", context, status=422 if form.is_bound else 200)


def _changes(
    now: dict[str, float], then: dict[str, float], name: str
) -> list[tuple[object, float | None, float | None]]:
    """(words, in use, in this version) of the numbers that differ."""
    declared = DECLARED[name]
    words = {one.name: one.words for one in declared.features}
    words |= {one.name: one.words for one in declared.parameters}
    return [(words[key], now.get(key), then.get(key)) for key in words if now.get(key) != then.get(key)]
