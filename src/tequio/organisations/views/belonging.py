"""Members: who is in, who asks, who is invited; joining and leaving."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tequio.base.errors import Refused
from tequio.guards.views import acts_once
from tequio.people.middleware import member, who
from tequio.people.models import Person

from ..enums import MembershipRole
from ..forms.members import (
    AnswerForm,
    InviteForm,
    JoinForm,
    MemberForm,
    applicants_for,
    class_forms,
)
from ..models import JoinRequest, Membership, Organisation
from ..permissions import (
    can_administer,
    can_help_out,
    can_invite,
    invitations_visible_to,
    memberships_visible_to,
    requests_visible_to,
)
from ..selectors.invitations import invitation_by
from ..selectors.portraits import asks_already, classes_of, memberships_of, room_of
from ..services import inviting, joining
from ..services import memberships as services
from .finding import administered, find_organisation, page


@require_safe
def members(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = find_organisation(request, pk)
    if not can_invite(who(request), organisation):
        raise Http404
    room = room_of(organisation)
    response = page(
        request, "members", organisation, room=room, may_change=can_administer(who(request), organisation)
    )
    response["Cache-Control"] = "no-store"
    return response


@login_not_required
@acts_once
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Open to look at for every member; visitors are sent to sign in and come back."""
    organisation = find_organisation(request, pk)
    person = who(request)
    if person is None or person.is_guest:
        return redirect_to_login(request.get_full_path(), resolve_url("door:sign_in"))
    form, asked = _join_form(request, organisation, person)
    if request.method == "POST" and request.POST.get("do") == "undo" and asked:
        joining.take_request_back(asked, by=person)
        messages.success(request, _("You ask no more."))
        return redirect("home:organisation_detail", pk)
    if request.method == "POST" and form.is_valid():
        joining.ask_to_join(
            organisation, applicant=form.applicant, member_class=form.chosen_class,
            words=form.cleaned_data["words"], is_shown=form.cleaned_data["is_shown"], by=person,
        )  # fmt: skip
        messages.success(
            request, _("Your question is with the administrators. You will read their answer here.")
        )
        return redirect("organisations:mine")
    return page(request, "join", organisation, form=form, asked=asked, is_wrong=bool(form.errors))


def _join_form(
    request: HttpRequest, organisation: Organisation, person: Person
) -> tuple[JoinForm, JoinRequest | None]:
    own = memberships_of(person)
    is_inside = any(row.organisation_id == organisation.pk for row in own)
    asked = None if is_inside else asks_already(person, organisation)
    runs = [row.organisation for row in own if row.role == MembershipRole.ADMINISTRATOR]
    form = JoinForm(
        request.POST or None, classes=classes_of(organisation, offered=True),
        applicants=applicants_for(organisation, runs), is_person=not is_inside and asked is None,
    )  # fmt: skip
    return form, asked


@acts_once
def answer_request(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(
        requests_visible_to(who(request)).select_related(
            "organisation__territory", "by", "applicant__territory", "applicant__verification", "member_class"
        ),
        pk=pk,
    )
    is_accepted = request.POST.get("do") == "accept"
    form = AnswerForm(request.POST if request.method == "POST" else None, is_accepted=is_accepted)
    if request.method == "POST" and form.is_valid():
        link = request.build_absolute_uri(reverse("home:organisation_detail", args=[asked.organisation_id]))
        joining.answer_request(
            asked, is_accepted=is_accepted, reason=form.cleaned_data["reason"], link=link, by=member(request)
        )
        messages.success(request, _("Your answer was sent."))
        return redirect("organisations:members", asked.organisation_id)
    return page(request, "answer", asked.organisation, form=form, asked=asked, is_wrong=bool(form.errors))


@acts_once
def change_member(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _membership(request, pk)
    organisation = membership.organisation
    if not can_administer(who(request), organisation):
        raise Http404
    is_ending = request.POST.get("do") == "end"
    form = MemberForm(
        request.POST if request.method == "POST" else None, membership=membership, is_ending=is_ending,
        classes=classes_of(organisation),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid() and _member_changed(request, membership, form):
        messages.success(request, _("Saved."))
        return redirect("organisations:members", organisation.pk)
    return page(request, "member", organisation, form=form, membership=membership, is_wrong=bool(form.errors))


def _member_changed(request: HttpRequest, membership: Membership, form: MemberForm) -> bool:
    """False where the last administrator would go, or somebody else was faster; the form then says so."""
    person, data = member(request), form.cleaned_data
    try:
        if form.is_ending:
            services.end_membership(membership, reason=data["reason"], by=person)
        else:
            role = data.get("role", MembershipRole.MEMBER)
            services.change_membership(membership, role=role, member_class=form.chosen_class, by=person)
    except Refused as refused:
        form.add_error(None, str(refused.reason))
        return False
    return True


def _membership(request: HttpRequest, pk: int) -> Membership:
    rows = memberships_visible_to(who(request)).filter(until=None)
    return get_object_or_404(
        rows.select_related(
            "organisation__territory", "organisation__verification", "person", "member", "member_class"
        ),
        pk=pk,
    )


@acts_once
def my_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """Her own, or that of an organisation she administers in another: show the name, leave."""
    person = member(request)
    membership = _membership(request, pk)
    if membership.person_id != person.pk and not (
        membership.member and can_administer(person, membership.member)
    ):
        raise Http404
    do = request.POST.get("do", "")
    if request.method == "POST" and do in ("show", "hide") and membership.person_id:
        services.show_name(membership, is_shown=do == "show", by=person)
        messages.success(request, _("Saved."))
        return redirect("organisations:my_membership", pk)
    trouble = ""
    if request.method == "POST" and do == "leave":
        try:
            services.end_membership(membership, by=person)
            messages.success(request, _("The membership is over."))
            return redirect("organisations:mine")
        except Refused as refused:
            trouble = str(refused.reason)
    return page(
        request, "my_membership", membership.organisation, membership=membership, trouble=trouble,
        is_wrong=request.method == "POST",
    )  # fmt: skip


@acts_once
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = find_organisation(request, pk)
    if not can_invite(who(request), organisation):
        raise Http404
    form = InviteForm(request.POST or None, classes=classes_of(organisation, offered=True))
    if request.method == "POST" and form.is_valid():
        inviting.invite(
            organisation, email=form.cleaned_data["email"], role=form.cleaned_data["role"],
            member_class=form.chosen_class, by=member(request),
            address_of=lambda token: request.build_absolute_uri(reverse("organisations:invitation", args=[token])),
        )  # fmt: skip
        messages.success(request, _("The letter is on its way. It is good for two weeks."))
        return redirect("organisations:members", pk)
    helps_out = can_help_out(who(request), organisation)
    return page(request, "invite", organisation, form=form, helps_out=helps_out, is_wrong=bool(form.errors))


@acts_once
def withdraw_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(
        invitations_visible_to(who(request)).select_related("organisation__territory", "invited_by"), pk=pk
    )
    if request.method == "POST":
        inviting.withdraw_invitation(invitation, by=member(request))
        messages.success(request, _("The invitation is dead."))
        return redirect("organisations:members", invitation.organisation_id)
    return page(request, "withdraw", invitation.organisation, invitation=invitation)


@acts_once
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the letter leads to, for whoever has proven its address."""
    person = member(request)
    found = invitation_by(token, person)
    if found is None:
        raise Http404
    if request.method == "POST" and request.POST.get("do") == "accept":
        inviting.accept_invitation(found, is_shown="is_shown" in request.POST, by=person)
        messages.success(request, _("Welcome. You belong to it from today."))
        return redirect("home:organisation_detail", found.organisation_id)
    if request.method == "POST" and request.POST.get("do") == "decline":
        inviting.decline_invitation(found, by=person)
        messages.success(request, _("You said no. Nobody will ask why."))
        return redirect("organisations:mine")
    return page(
        request, "invitation", found.organisation, invitation=found, is_wrong=request.method == "POST"
    )


@acts_once
def classes(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = administered(request, pk)
    forms = class_forms(classes_of(organisation), request.POST if request.method == "POST" else None)
    wrong = next((form for form in forms if form.errors), None)
    if request.method == "POST" and wrong is None:
        person = member(request)
        plans = [form.plan(by=person.name) for form in forms if not form.is_left_empty]
        services.change_classes(organisation, plans, by=person)
        messages.success(request, _("The classes are saved."))
        return redirect("organisations:members", pk)
    return page(request, "classes", organisation, forms=forms, form=wrong, is_wrong=wrong is not None)
