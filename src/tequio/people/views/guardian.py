"""Asking a guardian; her page, which needs no account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.guards.views import acts_once

from ..forms.guardian import GuardianForm
from ..middleware import member
from ..permissions import answer_for, can_take_back
from ..selectors.guardians import consent_by_token, open_asking
from ..services.guardians import ask_guardian_of, give_consent, say_no
from ..types.ages import Answer, Feature


@acts_once
def ask_guardian(request: HttpRequest) -> HttpResponse:
    """For a member whose age and country ask for it."""
    person = member(request)
    needs = answer_for(person, Feature.SPECIAL_DATA) == Answer.WITH_GUARDIAN and not person.has_guardian
    form = GuardianForm(request.POST if request.method == "POST" and needs else None)
    if form.is_valid() and _asked(form, request):
        messages.success(request, _("The letter is on its way. Tell them to look for it."))
        return redirect("people:ask_guardian")
    context = {
        "form": form,
        "needs": needs,
        "has_guardian": person.has_guardian,
        "asked": open_asking(person),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "people/ask_guardian.html", context, status=status)


def _asked(form: GuardianForm, request: HttpRequest) -> bool:
    person = member(request)
    try:
        ask_guardian_of(person, guardian_email=form.cleaned_data["guardian"], by=person)
    except Refused as refused:
        if refused.code != "own_address":
            raise
        form.add_error("guardian", str(refused.reason))
        return False
    return True


@login_not_required
@acts_once
def guardian(request: HttpRequest, token: str) -> HttpResponse:
    """What the guardian agrees to; yes, no, and later taking it back."""
    row = consent_by_token(token)
    if row is None:
        raise Http404
    if request.method == "POST" and request.POST.get("do") in ("yes", "no"):
        if request.POST["do"] == "yes":
            give_consent(row)
            messages.success(request, _("Thank you. The account is open, and your child can take part."))
            return redirect("people:guardian", token)
        stood = row.stands
        say_no(row)
        messages.success(
            request, _("The account is closed.") if stood else _("Everything that was typed is erased.")
        )
        return redirect("home:home")
    stands = can_take_back(row)
    status = 422 if request.method == "POST" else 200 if row.is_waiting or stands else 410
    context = {"row": row, "token": token, "stands": stands}
    return render(request, "people/guardian.html", context, status=status)
