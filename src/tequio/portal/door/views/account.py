"""A member's own page: what is known of her, where she took part, how she signs in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from tequio.guards.views import acts_once
from tequio.people.middleware import member
from tequio.people.services import change_person

from .. import selectors
from ..forms import AccountForm
from ..permissions import is_steward


@acts_once
def account(request: HttpRequest) -> HttpResponse:
    """What is known of a member, what she may, where she took part."""
    person = member(request)
    form = AccountForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_valid():
        change_person(person, **form.cleaned_data, by=person)
        with translation.override(person.language):
            messages.success(request, _("Saved."))
            return redirect(reverse("door:account"))
    context = {
        "form": form,
        "ways": selectors.ways_in(person),
        "is_steward": is_steward(person),
        "roles": selectors.roles_of(person),
        "opened": selectors.opened_by(person),
        "taken_part": selectors.taken_part_in(person),
    }
    return render(request, "door/account.html", context, status=422 if form.is_bound else 200)
