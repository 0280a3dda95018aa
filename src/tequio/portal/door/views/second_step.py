"""The second step of who has an authenticator app: after the code or password, before she is signed in."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.stagekit import unstash_login
from allauth.account.stages import LoginStage, LoginStageController
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tequio.guards.views import acts_once, network_of
from tequio.people.enums import WayIn

from .. import selectors
from ..forms import StepForm
from ..services import second_steps
from .access import say_signed_in, too_often, welcome

KEY = "second-step"


class SecondStep(LoginStage):
    """allauth runs it between proof and sign-in. A passkey is two steps already."""

    key = KEY
    urlname = "door:second_step"

    def handle(self) -> tuple[Any, bool]:
        person = self.login.user
        if self.request.session.get("way") == WayIn.PASSKEY or person is None:
            return None, True
        if not selectors.has_second_step(person):
            return None, True
        return redirect(self.urlname), True


@login_not_required
@acts_once
def second_step(request: HttpRequest) -> HttpResponse:
    stage = None if request.user.is_authenticated else LoginStageController.enter(request, KEY)
    if stage is None:
        return redirect("door:account" if request.user.is_authenticated else "door:sign_in")
    person = stage.login.user
    assert person is not None
    form = StepForm(request.POST or None)
    if form.is_valid():
        if not second_steps.may_try_step(person.audit_id, network_of(request)):
            return too_often(request)
        if person.is_active and _is_right(request, person, form.cleaned_data["code"]):
            unstash_login(request)
            response = stage.exit()
            welcome(request, person, say_signed_in())
            return response
        form.add_error("code", _("This is not the number of the app. It changes every half minute."))
    return render(request, "door/second_step.html", {"form": form}, status=422 if form.is_bound else 200)


def _is_right(request: HttpRequest, person: Any, digits: str) -> bool:
    """Who came by a recovery code must show the app itself: a found list alone opens nothing then."""
    if second_steps.try_app(person, digits):
        return True
    return request.session.get("way") != WayIn.RECOVERY and second_steps.try_recovery_code(person, digits)
