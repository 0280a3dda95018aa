"""Who looks after a place: for everybody, and for its stewards, who name and end them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.guards.views import acts_once
from tequio.territories.models import Territory
from tequio.territories.selectors import breadcrumbs

from ..forms.roles import GrantForm, ReasonForm
from ..middleware import member, who
from ..models import Role
from ..permissions import can_keep_lists, invitations_visible_to, roles_visible_to
from ..selectors import invitation_by_token, roles_in, roles_page
from ..selectors.residence import person_with_code
from ..services.residence import count_look
from ..services.roles import accept_invitation, end_role, grant_by_address, grant_role, revoke_invitation
from .desk import kept_place


@login_not_required
def stewards(request: HttpRequest, code: str) -> HttpResponse:
    """Public: who looks after the place, under the names they chose."""
    place, person = get_object_or_404(Territory, code=code), who(request)
    context = {
        "place": place, "places": [*breadcrumbs(place), place], "roles": roles_in(place),
        "may_change": person is not None and person.is_member and can_keep_lists(person, place),
    }  # fmt: skip
    return render(request, "people/stewards.html", context)


def roles(request: HttpRequest, code: str) -> HttpResponse:
    """For stewards: who holds what since when, by whom; invitations; what ended and why."""
    place = kept_place(request, code)
    context = {"place": place, "places": [*breadcrumbs(place), place], "page": roles_page(place)}
    return render(request, "people/roles.html", context)


@acts_once
def role_grant(request: HttpRequest, code: str) -> HttpResponse:
    place = kept_place(request, code)
    form = GrantForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _granted(request, form, place):
        return redirect("people:roles", place.code)
    context = {"place": place, "places": [*breadcrumbs(place), place], "form": form}
    return render(request, "people/role_grant.html", context, status=422 if form.is_bound else 200)


def _granted(request: HttpRequest, form: GrantForm, place: Territory) -> bool:
    data, by = form.cleaned_data, member(request)
    count_look(by)
    if data["email"]:
        made = grant_by_address(data["email"], data["role"], place, reason=data["reason"], by=by)
        is_role = isinstance(made, Role)
        messages.success(
            request, _("Granted. A letter says so.") if is_role else _("The invitation is sent.")
        )
        return True
    person = person_with_code(data["code"])
    if person is None:
        form.add_error("code", _("Nobody shows this code now. Codes change after ten minutes."))
        return False
    grant_role(person, data["role"], place, by=by, reason=data["reason"])
    messages.success(request, _("Granted."))
    return True


@acts_once
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(roles_visible_to(member(request)).select_related("person", "territory"), pk=pk)
    if row.ended_at is not None:
        messages.info(request, _("This role has ended already."))
        return redirect("people:roles", row.territory.code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        code = row.territory.code
        try:
            end_role(row, by=member(request), reason=form.cleaned_data["reason"])
        except Refused as refused:
            form.add_error(None, str(refused.reason))
        else:
            messages.success(request, _("The role has ended, at once and everywhere."))
            is_own = row.person_id == member(request).pk
            return redirect("people:stewards" if is_own else "people:roles", code)
    context = {"role": row, "place": row.territory, "form": form}
    return render(request, "people/role_end.html", context, status=422 if form.is_bound else 200)


@acts_once
def invitation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(
        invitations_visible_to(member(request)).filter(ended_at=None).select_related("territory"), pk=pk
    )
    if request.method == "POST" and request.POST.get("do") == "revoke":
        revoke_invitation(row, by=member(request))
        messages.success(request, _("The invitation is called back. Its link is dead."))
        return redirect("people:roles", row.territory.code)
    context = {"invitation": row, "place": row.territory}
    return render(
        request, "people/invitation_revoke.html", context, status=422 if request.method == "POST" else 200
    )


@login_not_required
@acts_once
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the link in an invitation: sign in, then say yes."""
    row = invitation_by_token(token)
    if row is None:
        raise Http404
    person = who(request)
    is_member = person is not None and person.is_member
    wrong = ""
    if request.method == "POST" and person is not None and is_member and request.POST.get("do") == "accept":
        try:
            accept_invitation(row, by=person)
        except Refused as refused:
            wrong = str(refused.reason)
        else:
            messages.success(request, _("Thank you. The role is yours from now on."))
            return redirect("people:stewards", row.territory.code)
    context = {"invitation": row, "place": row.territory, "is_member": is_member, "wrong": wrong}
    status = 410 if not row.is_good else 422 if request.method == "POST" else 200
    return render(request, "people/invitation.html", context, status=status)
