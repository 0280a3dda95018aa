"""Co-authors: asking them, and saying yes or no."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.text import read_id
from tequio.guards.views import acts_once
from tequio.organisations.permissions import visible_to as organisations_visible_to
from tequio.people.middleware import member
from tequio.people.selectors.residence import person_with_code

from ..forms.supporting import InviteForm
from ..models import Idea
from ..permissions import can_invite, parties_of
from ..selectors.mine import question_for
from ..services.authors import (
    answer_invitation,
    invite_by_letter,
    invite_organisation,
    invite_person,
    read_token,
    take_up_letter,
)
from .finding import around, find_idea


@acts_once
def co_authors(request: HttpRequest, pk: int) -> HttpResponse:
    person, idea = member(request), find_idea(request, pk)
    if not can_invite(person, idea):
        raise Http404
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _invited(request, idea, form):
        messages.success(request, _("They are asked. They are named once they have said yes."))
        return redirect("proposals:co_authors", pk)
    context = {**around(idea), "form": form, "parties": parties_of(idea)}
    return render(request, "proposals/co_authors.html", context, status=422 if form.is_bound else 200)


def _invited(request: HttpRequest, idea: Idea, form: InviteForm) -> bool:
    """False where nobody could be asked; the form says why."""
    person = member(request)
    way, whom = form.cleaned_data["whom"]
    try:
        if way == "email":
            invite_by_letter(idea, whom, address_of=_address_in(request, idea), by=person)
        elif way == "organisation":
            organisation = organisations_visible_to(person).filter(pk=read_id(whom) or 0).first()
            if organisation is None:
                form.add_error("whom", _("There is no such organisation."))
                return False
            invite_organisation(idea, organisation, by=person)
        else:
            asked = person_with_code(whom)
            if asked is None:
                form.add_error("whom", _("Nobody shows this code now. Ask for it once more."))
                return False
            invite_person(idea, asked, by=person)
    except Refused as refused:
        form.say_at(dict.fromkeys(("already", "many"), "whom"), refused)
        return False
    return True


def _address_in(request: HttpRequest, idea: Idea) -> Callable[[str], str]:
    path = reverse("proposals:authorship", args=[idea.pk])
    return lambda token: request.build_absolute_uri(f"{path}?token={token}")


@acts_once
def authorship(request: HttpRequest, pk: int) -> HttpResponse:
    """Yes or no to being named; by a letter's `?token=` for whoever signs in with its address."""
    person, idea = member(request), find_idea(request, pk)
    party = question_for(person, idea.item)
    token = request.GET.get("token", "")
    if party is None and read_token(token) is not None and request.method == "POST":
        party = take_up_letter(idea, token=token, by=person)
    if party is None and (request.method == "POST" or read_token(token) is None):
        raise Http404
    said_so = request.POST.get("do")
    if party is not None and said_so in ("accept", "decline"):
        accepts = said_so == "accept"
        answer_invitation(party, accepts=accepts, by=person)
        said = _("You are named as an author now.") if accepts else _("You are not named.")
        messages.success(request, said)
        return redirect("proposals:detail", pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "proposals/authorship.html", {**around(idea), "party": party}, status=status)
