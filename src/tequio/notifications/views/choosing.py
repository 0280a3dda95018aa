"""Where and when one hears of things."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tequio.consent.enums import Purpose
from tequio.consent.selectors import has_consent
from tequio.consent.types import current_text
from tequio.guards.views import acts_once
from tequio.people.middleware import member

from ..forms import LettersForm
from ..selectors import pages
from ..selectors.schedule import zone_of
from ..services.choosing import choose_letters


@acts_once
def letters(request: HttpRequest) -> HttpResponse:
    person = member(request)
    asks_consent = not has_consent(person, Purpose.LETTERS)
    preference = pages.preference_of(person)
    form = LettersForm(
        request.POST if request.method == "POST" else None,
        preference=preference,
        zones=pages.zones_known(),
        asks_consent=asks_consent,
    )
    if form.is_valid():
        choose_letters(person, form.choice(), agrees=form.agrees(), by=person)
        messages.success(request, _("Saved."))
        return redirect("notifications:letters")
    context = {
        "form": form,
        "preference": preference,
        "zone": zone_of(preference, person),
        "asks_consent": asks_consent,
        "consent": current_text(Purpose.LETTERS),
    }
    return render(request, "notifications/letters.html", context, status=422 if form.is_bound else 200)
