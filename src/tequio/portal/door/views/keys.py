"""Passkeys of a member: add, name, remove."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tequio.guards.views import acts_once, agent_of
from tequio.people.middleware import member
from tequio.people.services.devices import read_agent

from .. import selectors
from ..forms import NameForm, PasskeyForm
from ..services import passkeys as service
from .access import proven


@acts_once
@proven
def passkeys(request: HttpRequest) -> HttpResponse:
    person = member(request)
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        name = form.cleaned_data["name"] or _guess_name(request)
        try:
            service.add_passkey(person, form.cleaned_data["credential"], name=name, by=person)
        except service.Untrue:
            form.add_error(None, _("Your browser's answer did not fit. Please try once more."))
        else:
            messages.success(request, _("The passkey is added. Next time you can sign in with it."))
            if selectors.ways_in(person).codes_left is None:
                messages.info(request, _("Recovery codes on paper help if this device is lost one day."))
            return redirect("door:passkeys")
    context = {
        "form": form,
        "passkeys": selectors.passkeys_of(person),
        "options": service.begin_adding(person),
    }
    return render(request, "door/passkeys.html", context, status=422 if form.is_bound else 200)


def _guess_name(request: HttpRequest) -> str:
    _browser, system = read_agent(agent_of(request))
    return system or _("Passkey")


@acts_once
@proven
def passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: its name, or taking it off."""
    person = member(request)
    row = get_object_or_404(selectors.passkeys_visible_to(person), pk=pk)
    if request.POST.get("do") == "remove":
        service.remove_passkey(row, by=person)
        messages.success(request, _("The passkey is removed. Delete it on the device too."))
        return redirect("door:passkeys")
    form = NameForm(request.POST or None, initial={"name": row.data["name"]})
    if form.is_valid():
        service.rename_passkey(row, form.cleaned_data["name"], by=person)
        messages.success(request, _("Saved."))
        return redirect("door:passkeys")
    context = {"form": form, "name": row.data["name"]}
    return render(request, "door/passkey.html", context, status=422 if form.is_bound else 200)
