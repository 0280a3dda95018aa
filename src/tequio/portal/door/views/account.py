"""How a member signs in, all of it on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tequio.people.middleware import member

from .. import selectors
from ..permissions import is_steward


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    person = member(request)
    context = {"ways": selectors.ways_in(person), "is_steward": is_steward(person)}
    return render(request, "door/account.html", context)
