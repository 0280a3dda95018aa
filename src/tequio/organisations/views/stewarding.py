"""The stewards' queue, one verification, and the register of members."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tequio.base.errors import Refused
from tequio.guards.views import acts_once
from tequio.people.enums import Method, RoleName
from tequio.people.middleware import member, who
from tequio.people.selectors.residence import verifying_in
from tequio.people.services.residence import verify_by_register

from ..forms.stewarding import EndForm, RegisterForm, VerifyForm
from ..models import Organisation
from ..permissions import can_act_for, can_use_register, can_verify
from ..selectors.listing import to_verify
from ..selectors.portraits import grants_of, register_members
from ..services import verifying
from .finding import find_organisation, page


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    person = member(request)
    if not person.role_places(RoleName.STEWARD):
        raise Http404
    response = page(request, "queue", None, waiting=to_verify(person))
    response["Cache-Control"] = "no-store"
    return response


@acts_once
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    """One page for all a steward says: it is so, it is not so any more, its register is trusted."""
    organisation = find_organisation(request, pk)
    if not can_verify(who(request), organisation):
        raise Http404
    do = request.POST.get("do", "")
    if request.method == "POST" and do in ("allow", "stop") and organisation.is_verified:
        return _set_register(request, organisation, is_allowed=do == "allow")
    data = request.POST if request.method == "POST" else None
    form: VerifyForm | EndForm = EndForm(data) if organisation.is_verified else VerifyForm(data)
    if request.method == "POST" and form.is_valid():
        if isinstance(form, EndForm):
            verifying.end_verification(organisation, reason=form.cleaned_data["reason"], by=member(request))
        else:
            verifying.verify(organisation, **form.cleaned_data, by=member(request))
        messages.success(request, _("It stands on the page of the organisation."))
        return redirect("home:organisation_detail", pk)
    takes_registers = verifying_in(organisation.territory).allows(Method.REGISTER)
    return page(
        request, "verify", organisation, form=form, grants=grants_of(organisation),
        takes_registers=takes_registers, is_wrong=bool(form.errors),
    )  # fmt: skip


def _set_register(request: HttpRequest, organisation: Organisation, *, is_allowed: bool) -> HttpResponse:
    if is_allowed:
        verifying.allow_register(organisation, organisation.territory, by=member(request))
        messages.success(request, _("Its list of members may confirm who lives in the place."))
    else:
        verifying.stop_register(organisation, by=member(request))
        messages.success(request, _("Its list confirms nobody any more."))
    return redirect("organisations:verify", organisation.pk)


@acts_once
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """A representative says by the list of members that one of them lives in the place."""
    organisation = find_organisation(request, pk)
    if not can_act_for(who(request), organisation):
        raise Http404
    grants = grants_of(organisation) if organisation.is_verified else []
    if not grants:
        raise Http404
    people = register_members(organisation, beside=member(request))
    form = RegisterForm(request.POST or None, members=people, grants=grants)
    if request.method == "POST" and form.is_valid() and _confirmed(request, organisation, form):
        return redirect("organisations:register", pk)
    return page(
        request, "register", organisation, form=form, grants=grants, people=people, is_wrong=bool(form.errors)
    )


def _confirmed(request: HttpRequest, organisation: Organisation, form: RegisterForm) -> bool:
    """False where the place does not verify in this way; the form then says so."""
    if not can_use_register(who(request), organisation, form.place):
        raise Http404
    try:
        verify_by_register(form.resident, form.place, register=organisation.audit_id, by=member(request))
    except Refused as refused:
        form.add_error(None, str(refused.reason))
        return False
    messages.success(request, _("The residence is confirmed."))
    return True
