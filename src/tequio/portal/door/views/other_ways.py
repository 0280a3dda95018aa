"""Signing in by password, by passkey, by recovery code."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.guards.services import spend_quietly
from tequio.guards.views import acts_once, network_of
from tequio.people.enums import WayIn
from tequio.people.middleware import who

from ..forms import CredentialForm, PasswordSignInForm, RecoveryForm
from ..services import passkeys, passwords, second_steps
from .access import come_in, safe_next, say_signed_in, too_often

PASSKEY_TRIES, QUARTER = 60, 900


@login_not_required
@acts_once
def with_password(request: HttpRequest) -> HttpResponse:
    """The same words for an unknown address, an account without password and a wrong one."""
    if request.user.is_authenticated:
        return redirect("door:account")
    if request.method != "POST":
        form = PasswordSignInForm(initial={"next": safe_next(request, request.GET.get("next", ""))})
        return render(request, "door/with_password.html", {"form": form})
    form = PasswordSignInForm(request.POST, person=who(request))
    if form.is_valid():
        address = form.cleaned_data["address"]
        if not passwords.may_try_password(address, network_of(request)):
            return too_often(request)
        person = passwords.person_by_password(address, form.cleaned_data["password"])
        if person is not None:
            return come_in(
                request, person, way=WayIn.PASSWORD, next_path=form.cleaned_data["next"],
                words=say_signed_in(),
            )  # fmt: skip
        form.add_error(
            "password", _("These two do not fit together. Many accounts here have no password: use a code.")
        )
    return render(request, "door/with_password.html", {"form": form}, status=422)


@login_not_required
@acts_once
def with_passkey(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("door:account")
    next_path = safe_next(request, request.GET.get("next", ""))
    form = CredentialForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        network = network_of(request)
        if not spend_quietly("passkey", who=network, limit=PASSKEY_TRIES, seconds=QUARTER):
            return too_often(request)
        try:
            person = passkeys.person_by_passkey(form.cleaned_data["credential"])
        except passkeys.Untrue:
            form.add_error(None, _("This passkey opens no account here. Try another one, or a code."))
        else:
            return come_in(request, person, way=WayIn.PASSKEY, next_path=next_path, words=say_signed_in())
    context = {"form": form, "options": passkeys.begin_signing_in(), "next": next_path}
    return render(request, "door/with_passkey.html", context, status=422 if form.is_bound else 200)


@login_not_required
@acts_once
def recover(request: HttpRequest) -> HttpResponse:
    """Whoever cannot read her address any more: a recovery code, or a steward."""
    if request.user.is_authenticated:
        return redirect("door:addresses")
    form = RecoveryForm(request.POST if request.method == "POST" else None, person=who(request))
    if form.is_valid():
        address = form.cleaned_data["address"]
        if not second_steps.may_try_step(address, network_of(request)):
            return too_often(request)
        person = second_steps.person_by_recovery_code(address, form.cleaned_data["code"])
        if person is not None:
            words = _("You are in. Add an address that you can read now.")
            return come_in(
                request, person, way=WayIn.RECOVERY, next_path=reverse("door:addresses"), words=words
            )
        form.add_error("code", _("These two do not fit together."))
    return render(request, "door/recover.html", {"form": form}, status=422 if form.is_bound else 200)
