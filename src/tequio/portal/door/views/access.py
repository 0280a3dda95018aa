"""What the views of the door share: where to go next, "please wait", and having just shown who one is."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from tequio.people.models import Person

from ..forms import LONGEST_NEXT
from ..services.recovering import stop_changes_of

PROVEN_SECONDS = 3600
View = Callable[..., HttpResponse]


def safe_next(request: HttpRequest, path: str) -> str:
    """The path to go on to if it is one of ours and not the door itself, else ""."""
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(
        path, allowed_hosts=None, require_https=request.is_secure()
    )
    is_door = path.startswith((reverse("door:sign_in"), reverse("door:sign_out")))
    return path if is_ours and not is_door and len(path) <= LONGEST_NEXT else ""


def too_often(request: HttpRequest) -> HttpResponse:
    """Not raised but answered: what was counted stays counted."""
    response = render(request, "door/too_often.html", status=429)
    response["Retry-After"] = "900"
    return response


def come_in(
    request: HttpRequest, person: Person, *, way: str, next_path: str, words: str, changed: bool = False
) -> HttpResponse:
    """Sign her in, or ask for her second step first. `changed`: her address was just vouched for."""
    if not person.is_active:
        request.session.pop("door", None)
        return render(request, "door/closed.html", status=403)
    request.session["way"] = way
    response = perform_login(
        request,
        person,
        email_verification="none",
        redirect_url=safe_next(request, next_path) or reverse("home:home"),
    )
    if request.user.is_authenticated:
        welcome(request, person, words, changed=changed)
    return response


def welcome(request: HttpRequest, person: Person, words: str, *, changed: bool = False) -> None:
    """She is in: what waited to be changed because she could not come in is stopped."""
    messages.success(request, words)
    if not changed:
        stop_changes_of(person)


def just_proved(request: HttpRequest) -> None:
    request.session["proved"] = int(time.time())


def has_just_proved(request: HttpRequest) -> bool:
    return time.time() - request.session.get("proved", 0) < PROVEN_SECONDS


def proven(view: View) -> View:
    """Ways into an account are changed only by who signed in, or showed a code, within the last hour.

    A browser left open is then not enough to take an account over.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if has_just_proved(request):
            return view(request, *args, **kwargs)
        back = request.path if request.method in ("GET", "HEAD") else reverse("door:account")
        return redirect(f"{reverse('door:prove')}?{urlencode({'next': back})}")

    return guarded


def say_signed_in() -> str:
    return _("You are signed in.")
