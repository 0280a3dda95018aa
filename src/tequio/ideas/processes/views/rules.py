"""The rules of a place for its ideas: read by all, set by its stewards."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tequio.guards.views import acts_once
from tequio.people.middleware import member, who
from tequio.territories.models import Territory
from tequio.territories.selectors import breadcrumbs

from ..forms.small import RuleForm
from ..permissions import can_set_rule
from ..selectors.rules import rule_in
from ..services.rules import set_rule


@login_not_required
def rules(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(Territory, code=code)
    context = {
        "place": place,
        "places": [*breadcrumbs(place), place],
        "rule": rule_in(place.pk),
        "may_set": can_set_rule(who(request), place),
        "door": "ideas",
    }
    return render(request, "processes/rules.html", context)


@acts_once
def change_rules(request: HttpRequest, code: str) -> HttpResponse:
    person, place = member(request), get_object_or_404(Territory, code=code)
    if not can_set_rule(person, place):
        raise Http404
    rule = rule_in(place.pk)
    names = ("openers", "petition_supports", "petition_days")
    initial = {name: getattr(rule, name) for name in names}
    form = RuleForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        set_rule(place, **form.cleaned_data, by=person)
        messages.success(request, _("Saved."))
        return redirect("processes:rules", place.code)
    context = {
        "place": place,
        "places": [*breadcrumbs(place), place],
        "form": form,
        "rule": rule,
        "door": "ideas",
    }
    return render(request, "processes/rules_form.html", context, status=422 if form.is_bound else 200)
