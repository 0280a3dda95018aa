"""What a member tells of herself, and the table of ages."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tequio.guards.views import acts_once

from ..forms.about import ProfileForm
from ..middleware import member
from ..permissions import answer_for
from ..selectors.ages import age_table
from ..selectors.residence import residences_of
from ..services import change_person
from ..types.ages import DEFAULT, MAJORITY, SPECIAL_DATA, YOUNGEST, Answer, Feature


@login_not_required
def ages(request: HttpRequest) -> HttpResponse:
    context = {
        "rows": age_table(), "default": DEFAULT, "majority": MAJORITY, "special": SPECIAL_DATA,
        "youngest": YOUNGEST,
    }  # fmt: skip
    return render(request, "people/ages.html", context)


@acts_once
def profile(request: HttpRequest) -> HttpResponse:
    person = member(request)
    form = ProfileForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_valid():
        change_person(person, **form.about, by=person)
        with translation.override(person.language):
            messages.success(request, _("Saved."))
            needs = answer_for(person, Feature.SPECIAL_DATA) == Answer.WITH_GUARDIAN
            asks = needs and not person.has_guardian
            return redirect(reverse("people:ask_guardian" if asks else "people:profile"))
    needs_guardian = answer_for(person, Feature.SPECIAL_DATA) != Answer.ALONE and not person.has_guardian
    context = {
        "form": form, "residences": [row for row in residences_of(person) if row.is_good],
        "needs_guardian": needs_guardian,
    }  # fmt: skip
    return render(request, "people/profile.html", context, status=422 if form.is_bound else 200)
