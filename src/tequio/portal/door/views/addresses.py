"""Addresses and telephone of a member, and the codes by which she proves one or herself."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.languages import current
from tequio.guards.views import acts_once, network_of
from tequio.outbox.services import can_send_sms
from tequio.people.middleware import member

from .. import selectors, services
from ..enums import CodeFor, Try
from ..forms import CodeForm, CredentialForm, ReachForm
from ..models import SignInCode
from ..services import addresses as service
from ..services import passkeys
from .access import just_proved, proven, safe_next, too_often
from .signing_in import say_wrong


@acts_once
@proven
def addresses(request: HttpRequest) -> HttpResponse:
    """The list; adding one sends a code there, and nothing is kept before it comes back."""
    person = member(request)
    if request.POST.get("do") in CHANGES:
        try:
            messages.success(request, CHANGES[request.POST["do"]](request))
            return redirect("door:addresses")
        except Refused as refused:
            form = ReachForm(person=person)
            return _list(request, form, str(refused.reason))
    form = ReachForm(request.POST if request.method == "POST" else None, person=person)
    if not form.is_valid():
        return _list(request, form)
    return _send(request, form.cleaned_data["address"], CodeFor.ADD, "")


def _list(request: HttpRequest, form: ReachForm, refused: str = "") -> HttpResponse:
    person = member(request)
    found, telephone = selectors.addresses_of(person), selectors.telephone_of(person)
    context = {
        "form": form,
        "refused": refused,
        "addresses": found,
        "telephone": telephone,
        "has_several": len(found) + (telephone is not None) > 1,
        "has_sms": can_send_sms(),
    }
    return render(request, "door/addresses.html", context, status=422 if form.is_bound or refused else 200)


def _address(request: HttpRequest) -> Any:
    text = request.POST.get("address", "")
    pk = int(text) if text.isdecimal() and len(text) < 18 else 0
    return get_object_or_404(selectors.addresses_visible_to(member(request)), pk=pk)


def _main(request: HttpRequest) -> str:
    person = member(request)
    service.make_main(person, _address(request), by=person)
    return _("This is your main address now.")


def _remove(request: HttpRequest) -> str:
    person = member(request)
    service.remove_address(person, _address(request), by=person)
    return _("The address is removed.")


def _remove_telephone(request: HttpRequest) -> str:
    person = member(request)
    service.remove_telephone(person, by=person)
    return _("The number is removed.")


CHANGES = {"main": _main, "remove": _remove, "remove-telephone": _remove_telephone}


def _send(request: HttpRequest, to: str, purpose: CodeFor, next_path: str) -> HttpResponse:
    if not services.may_send(to, network_of(request)):
        return too_often(request)
    code = services.send_code(
        to, next_path=next_path, language=current(), purpose=purpose, person=member(request)
    )
    request.session["proof"] = str(code.uid)
    return redirect("door:confirm_code")


@acts_once
def prove(request: HttpRequest) -> HttpResponse:
    """Before ways into an account are changed: a passkey, or a code to the main address."""
    person = member(request)
    next_path = safe_next(request, request.GET.get("next", ""))
    form = CredentialForm(request.POST) if request.POST.get("credential") else None
    if form is not None and form.is_valid():
        if _is_own_passkey(request, form.cleaned_data["credential"]):
            just_proved(request)
            return redirect(next_path or "door:account")
        form.add_error(None, _("This passkey is not one of this account. Try another one, or a code."))
    elif request.method == "POST":
        return _send(request, selectors.address_of(person), CodeFor.PROVE, next_path)
    context: dict[str, Any] = {"form": form, "next": next_path, "address": selectors.address_of(person)}
    if selectors.passkeys_of(person):
        context["options"] = passkeys.begin_signing_in()
    return render(request, "door/prove.html", context, status=200 if form is None else 422)


def _is_own_passkey(request: HttpRequest, credential: Any) -> bool:
    try:
        return passkeys.person_by_passkey(credential).pk == member(request).pk
    except passkeys.Untrue:
        return False


@acts_once
def confirm_code(request: HttpRequest) -> HttpResponse:
    """The code that was sent to add an address, or to show that it is she."""
    person = member(request)
    code = selectors.code_of(request.session.get("proof", ""))
    if code is None or code.person_id != person.pk:
        return redirect("door:addresses")
    if not code.can_be_tried:
        return render(request, "door/confirm_over.html", {"code": code}, status=410)
    typed = request.GET.get("code", "")[:20] if settings.IS_DEMO else ""
    form = CodeForm(request.POST) if request.method == "POST" else CodeForm(initial={"code": typed})
    if not form.is_valid():
        return _ask(request, code, form)
    if not services.may_try(code.to, network_of(request)):
        return too_often(request)
    outcome = services.try_code(code, form.cleaned_data["code"])
    if outcome == Try.OVER:
        return render(request, "door/confirm_over.html", {"code": code}, status=410)
    if outcome == Try.WRONG:
        form.add_error("code", say_wrong(code.tries_left))
        return _ask(request, code, form)
    return _confirmed(request, code)


def _ask(request: HttpRequest, code: SignInCode, form: CodeForm) -> HttpResponse:
    return render(
        request, "door/confirm_code.html", {"form": form, "code": code}, status=422 if form.is_bound else 200
    )


def _confirmed(request: HttpRequest, code: SignInCode) -> HttpResponse:
    person = member(request)
    request.session.pop("proof", None)
    if code.purpose == CodeFor.PROVE:
        services.forget_code(code)
        just_proved(request)
        return redirect(safe_next(request, code.next) or "door:account")
    try:
        service.add_proven(code, person, by=person)
    except Refused as refused:
        messages.error(request, str(refused.reason))
        return redirect("door:addresses")
    messages.success(request, _("It is yours now, and you can sign in with it."))
    return redirect("door:addresses")
