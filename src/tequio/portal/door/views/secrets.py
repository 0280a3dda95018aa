"""Password, authenticator app and recovery codes of a member."""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tequio.guards.views import acts_once
from tequio.people.middleware import member
from tequio.people.models import Person

from .. import selectors
from ..forms import AppForm, NewPasswordForm
from ..services import passwords, second_steps
from ..types import say_strength
from .access import proven


@acts_once
@proven
def password(request: HttpRequest) -> HttpResponse:
    """Setting one is never needed. Setting, changing or removing it ends all other sessions."""
    person, key = member(request), request.session.session_key
    if request.POST.get("do") == "remove":
        passwords.remove_password(person, except_key=key, by=person)
        _stay(request, person)
        messages.success(request, _("The password is removed. You sign in with codes."))
        return redirect("door:password")
    form = NewPasswordForm(request.POST if request.method == "POST" else None)
    said = None
    if form.is_valid():
        strength = passwords.strength_of(form.cleaned_data["password"], person)
        said = say_strength(strength.guesses, strength.weaknesses)
        if passwords.is_strong(strength):
            passwords.set_password(person, form.cleaned_data["password"], except_key=key, by=person)
            _stay(request, person)
            messages.success(request, _("The password is set. Other devices are signed out."))
            messages.info(request, said.words)
            return redirect("door:password")
        form.add_error("password", said.words)
    context = {"form": form, "has_password": person.has_usable_password(), "strength": said}
    return render(request, "door/password.html", context, status=422 if form.is_bound else 200)


def _stay(request: HttpRequest, person: Person) -> None:
    """This browser stays signed in. Its key stays too, so that a form sent twice finds its session."""
    request.session[HASH_SESSION_KEY] = person.get_session_auth_hash()


@acts_once
@proven
def app(request: HttpRequest) -> HttpResponse:
    """An authenticator app: its number is asked for after the code."""
    person = member(request)
    if request.POST.get("do") == "remove":
        second_steps.remove_app(person, by=person)
        messages.success(request, _("The authenticator app is removed."))
        return redirect("door:app")
    if selectors.has_second_step(person):
        return render(request, "door/app_there.html", status=422 if request.method == "POST" else 200)
    secret = request.session.setdefault("app_secret", generate_totp_secret())
    form = AppForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if second_steps.add_app(person, secret, form.cleaned_data["code"], by=person):
            request.session.pop("app_secret", None)
            messages.success(request, _("From now on the number of the app is asked for after the code."))
            if selectors.ways_in(person).codes_left is None:
                messages.info(request, _("Recovery codes on paper help if this device is lost one day."))
            return redirect("door:app")
        form.add_error("code", _("This is not the number of the app. Is the clock of the device right?"))
    address = get_adapter().build_totp_url(person, secret)
    context = {
        "form": form,
        "square": selectors.square_of(address),
        "address": address,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return render(request, "door/app.html", context, status=422 if form.is_bound else 200)


@acts_once
@proven
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten codes to print or write down, each good once."""
    person = member(request)
    if request.method == "POST":
        second_steps.make_codes(person, by=person)
        messages.success(request, _("Here are your new codes. Those before no longer work."))
        return redirect("door:recovery_codes")
    codes = [f"{code[:4]} {code[4:8]} {code[8:]}" for code in second_steps.codes_of(person)]
    return render(request, "door/recovery_codes.html", {"codes": codes})
