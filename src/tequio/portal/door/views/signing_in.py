"""Signing in and joining: one door for known and unknown addresses."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.base.errors import Refused
from tequio.base.languages import current
from tequio.guards.views import acts_once, agent_of, network_of
from tequio.outbox.services import can_send_sms
from tequio.people.enums import WayIn
from tequio.people.forms.about import age_answer
from tequio.people.forms.guardian import GuardianForm
from tequio.people.middleware import who
from tequio.people.selectors.ages import country_name
from tequio.people.services.devices import note_device
from tequio.people.services.guardians import ask_guardian
from tequio.people.services.merging import merge_guest
from tequio.people.types.ages import YOUNGEST, Answer, law_of

from .. import selectors, services
from ..enums import Try
from ..forms import AddressForm, CodeForm, JoinForm, PasswordSignInForm
from ..models import SignInCode
from ..services.recovering import take_effect
from .access import come_in, just_proved, safe_next, say_signed_in, too_often


class DoorAdapter(DefaultAccountAdapter):
    """allauth's end of the door: it may ask for a second step first, so what follows signing in stands here."""

    def login(self, request: HttpRequest, user: Any) -> None:
        """The guest of this browser was this member all along; read her before the session changes hands."""
        guest = who(request)
        super().login(request, user)
        for name in ("guest", "door"):
            request.session.pop(name, None)
        request.person = user  # type: ignore[attr-defined]
        just_proved(request)
        key = request.session.session_key
        assert key is not None
        note_device(user, key, agent=agent_of(request), way=request.session.pop("way", ""))
        request.session["seen"] = timezone.localdate().isoformat()
        if guest is not None and guest.pk != user.pk and merge_guest(guest, user, by=user):
            messages.info(request, _("What you did here as a guest is yours now."))

    def get_login_stages(self) -> list[str]:
        return ["tequio.portal.door.views.second_step.SecondStep"]

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's own words are not said; ours are."""


@login_not_required
@acts_once
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a code. The answer is the same for every address."""
    if request.user.is_authenticated:
        return redirect(safe_next(request, request.GET.get("next", "")) or "door:account")
    if request.method != "POST":
        next_path = safe_next(request, request.GET.get("next", ""))
        return _ask_address(request, AddressForm(initial={"next": next_path}), next_path)
    form = AddressForm(request.POST, person=who(request))
    if not form.is_valid():
        return _ask_address(request, form, safe_next(request, form.data.get("next", "")))
    address = form.cleaned_data["address"]
    if not services.may_send(address, network_of(request)):
        return too_often(request)
    next_path = safe_next(request, form.cleaned_data["next"])
    code = services.send_code(address, next_path=next_path, language=current())
    request.session["door"] = str(code.uid)
    return redirect("door:enter_code")


def _ask_address(request: HttpRequest, form: AddressForm, next_path: str) -> HttpResponse:
    context = {
        "form": form,
        "password_form": PasswordSignInForm(initial={"next": next_path}, auto_id="password_%s"),
        "has_sms": can_send_sms(),
        "next": next_path,
    }
    return render(request, "door/sign_in.html", context, status=422 if form.is_bound else 200)


@login_not_required
@acts_once
def enter_code(request: HttpRequest) -> HttpResponse:
    code = selectors.code_of(request.session.get("door", ""))
    if request.user.is_authenticated or code is None:
        return redirect("door:account" if request.user.is_authenticated else "door:sign_in")
    if selectors.is_proven(code):
        return redirect("door:join")
    if request.method != "POST":
        if not code.can_be_tried:
            return _is_over(request, code)
        typed = request.GET.get("code", "")[:20] if settings.IS_DEMO else ""
        return _ask_code(request, code, CodeForm(initial={"code": typed}))
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _ask_code(request, code, form)
    if not services.may_try(code.to, network_of(request)):
        return too_often(request)
    outcome = services.try_code(code, form.cleaned_data["code"])
    if outcome == Try.OVER:
        return _is_over(request, code)
    if outcome == Try.WRONG:
        form.add_error("code", say_wrong(code.tries_left))
        return _ask_code(request, code, form)
    return _let_in(request, code)


def _ask_code(request: HttpRequest, code: SignInCode, form: CodeForm) -> HttpResponse:
    context = {"form": form, "code": code, "again": True, "is_guest": who(request) is not None}
    return render(request, "door/enter_code.html", context, status=422 if form.is_bound else 200)


def say_wrong(tries_left: int) -> str:
    return ngettext(
        "This is not the code of the newest letter. You can try once more.",
        "This is not the code of the newest letter. You can try %(number)d more times.",
        tries_left,
    ) % {"number": tries_left}


def _is_over(request: HttpRequest, code: SignInCode) -> HttpResponse:
    return render(request, "door/code_over.html", {"code": code}, status=410)


def _let_in(request: HttpRequest, code: SignInCode) -> HttpResponse:
    changed = take_effect(code.to)
    person = changed or selectors.person_with(code.to)
    if person is None:
        return redirect("door:join")
    services.forget_code(code)
    words = _("You are in. Look at your addresses and devices now.") if changed else say_signed_in()
    return come_in(
        request, person, way=WayIn.CODE, next_path=code.next, words=words, changed=changed is not None
    )


@login_not_required
@acts_once
def join(request: HttpRequest) -> HttpResponse:
    """The address is proven and new here; nothing of it is kept before this form comes back."""
    code = selectors.code_of(request.session.get("door", ""))
    if request.user.is_authenticated or code is None or not selectors.is_proven(code):
        return redirect("door:account" if request.user.is_authenticated else "door:sign_in")
    form = JoinForm(request.POST or None, initial={"language": current()})
    if not form.is_valid():
        context = {"form": form, "code": code, "is_guest": who(request) is not None}
        return render(request, "door/join.html", context, status=422 if form.is_bound else 200)
    answer = age_answer(form.cleaned_data["year_of_birth"], form.cleaned_data["country"])
    if answer != Answer.ALONE:
        return _too_young(request, code, form, answer)
    person = services.join(code, who(request), **form.cleaned_data)
    words = _("Welcome. You have an account now.")
    return come_in(request, person, way=WayIn.CODE, next_path=code.next, words=words)


def _too_young(request: HttpRequest, code: SignInCode, form: JoinForm, answer: Answer) -> HttpResponse:
    """Not alone: she asks a guardian on this page, in whose yes the account begins; or not yet at all."""
    data = form.cleaned_data
    guardian = GuardianForm(request.POST if "guardian" in request.POST else None)
    if answer == Answer.WITH_GUARDIAN and guardian.is_valid():
        try:
            ask_guardian(
                guardian_email=guardian.cleaned_data["guardian"], to=code.to, guest=who(request), **data
            )
        except Refused as refused:
            guardian.add_error("guardian", str(refused.reason))
        else:
            _forget(request, code)
            messages.success(request, _("The letter is on its way. Your account begins when they say yes."))
            return redirect("home:home")
    if answer == Answer.NOT_YET:
        _forget(request, code)
    law = law_of(data["country"])
    context = {
        "answer": answer.value, "form": guardian, "about": data, "law": law, "alone": law.age,
        "country": country_name(law.code) if law.code else "", "youngest": YOUNGEST,
    }  # fmt: skip
    return render(request, "door/too_young.html", context, status=422 if guardian.is_bound else 403)


def _forget(request: HttpRequest, code: SignInCode) -> None:
    services.forget_code(code)
    request.session.pop("door", None)
