from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render

from tequio.guards.views import acts_once
from tequio.people.services.devices import sign_off


@login_not_required
@acts_once
def sign_out(request: HttpRequest) -> HttpResponse:
    """A page with one button; afterwards the same page says that it is done."""
    if request.method != "POST":
        return render(request, "door/sign_out.html", {"is_member": request.user.is_authenticated})
    if request.user.is_authenticated:
        sign_off(request.user, request.session.session_key)
        logout(request)
        # Forms on pages that stay open behind the "back" button belong to nobody any more.
        rotate_token(request)
    return redirect("door:sign_out")
