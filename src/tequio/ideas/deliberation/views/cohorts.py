"""Answers that are set aside: what everybody sees of it, and the organiser's decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tequio.guards.views import acts_once
from tequio.people.middleware import member, who
from tequio.recipes.selectors import active
from tequio.recipes.types import why
from tequio.territories.selectors import breadcrumbs

from ..forms.cohorts import CohortForm
from ..models import Conversation
from ..permissions import can_decide_cohort, can_moderate, visible_to
from ..selectors.cohorts import cohorts_in
from ..services import cohorts as services
from ..services.maps import ask_for_map


def _find(request: HttpRequest, pk: int) -> Conversation:
    return get_object_or_404(visible_to(who(request)).select_related("item__territory"), pk=pk)


def _around(conversation: Conversation) -> dict[str, Any]:
    item = conversation.item
    return {
        "conversation": conversation, "item": item, "door": "ideas",
        "places": [*breadcrumbs(item.territory), item.territory],
    }  # fmt: skip


@login_not_required
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Bursts of people who answer alike, with their numbers: nothing here leads to a person."""
    conversation = _find(request, pk)
    context = {
        "cohorts": list(cohorts_in(conversation)),
        "why": why(active(services.RECIPE, conversation.item.territory_id), {}),
        "may_decide": can_moderate(who(request), conversation),
        **_around(conversation),
    }
    return render(request, "deliberation/set_aside.html", context)


@acts_once
def decide_cohort(request: HttpRequest, pk: int, cohort: int) -> HttpResponse:
    conversation = _find(request, pk)
    row = get_object_or_404(cohorts_in(conversation), pk=cohort)
    row.conversation = conversation
    if not can_decide_cohort(member(request), row):
        raise Http404
    form = CohortForm(request.POST if request.method == "POST" else None, initial={"reason": row.reason})
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        services.decide_cohort(row, state=data["do"], reason=data["reason"], by=member(request))
        ask_for_map(conversation)
        messages.success(request, _("Decided. The map follows in a few seconds."))
        return redirect("deliberation:set_aside", pk)
    context = {"form": form, "cohort": row, **_around(conversation)}
    return render(request, "deliberation/cohort_decide.html", context, status=422 if form.is_bound else 200)
