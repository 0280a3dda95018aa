"""Who looks after a process together."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.forms import PlainForm
from tequio.base.links import absolute
from tequio.guards.views import acts_once
from tequio.organisations.permissions import can_act_for
from tequio.organisations.selectors.portraits import acted_for_by
from tequio.people.middleware import member
from tequio.territories.selectors import breadcrumbs

from ..forms.small import CodeForm, LetterForm, OrganisationForm
from ..models import Process
from ..permissions import can_organise, visible_to
from ..selectors.organising import who_may_answer
from ..selectors.team import invitation_by, organisations_to_name, party_in, team_of
from ..services import team as services
from .organising import organised


@acts_once
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a colleague by her code or by a letter, or an organisation; take somebody off."""
    person, process = member(request), organised(request, pk)
    place = process.item.territory
    organisations = organisations_to_name(process, acted_for_by(person), who_may_answer([place]))
    do = request.POST.get("do", "") if request.method == "POST" else ""
    forms: dict[str, PlainForm] = {
        "code": CodeForm(request.POST if do == "code" else None, prefix="code"),
        "letter": LetterForm(request.POST if do == "letter" else None, prefix="letter"),
        "organisation": OrganisationForm(
            request.POST if do == "organisation" else None, organisations=organisations, prefix="organisation"
        ),
    }
    if do == "end" and _end(request, process):
        # Who stepped back herself may not see this page any more.
        is_still = can_organise(person, process)
        return redirect(
            "processes:team" if is_still else "processes:list", *([process.pk] if is_still else [])
        )
    if do in forms and forms[do].is_valid() and _name(request, process, do, forms[do]):
        return redirect("processes:team", process.pk)
    context = {
        "process": process,
        "item": process.item,
        "team": team_of(process),
        "person": person,
        **{f"{name}_form": form for name, form in forms.items()},
        "form": forms.get(do, forms["code"]),
        "organisations": organisations,
        "places": [*breadcrumbs(place), place],
        "door": "ideas",
    }
    return render(request, "processes/team.html", context, status=422 if request.method == "POST" else 200)


def _name(request: HttpRequest, process: Process, do: str, form: Any) -> bool:
    person = member(request)
    if do == "organisation":
        services.name_organisation(process, form.chosen, by=person)
        messages.success(request, _("It is named."))
        return True
    if do == "letter":
        services.invite_by_letter(
            process, form.cleaned_data["email"], by=person,
            address_of=lambda token: absolute(reverse("processes:join", args=[token])),
        )  # fmt: skip
        messages.success(request, _("The letter is on its way."))
        return True
    try:
        services.name_by_code(process, form.cleaned_data["code"], by=person)
    except Refused as refused:
        if refused.code != "code":
            raise
        form.add_error("code", str(refused.reason))
        return False
    messages.success(request, _("She looks after it with you now."))
    return True


def _end(request: HttpRequest, process: Process) -> bool:
    party = party_in(process, request.POST.get("party", ""))
    if party is not None:
        services.end_party(party, by=member(request))
        messages.success(request, _("Done."))
    return party is not None


@acts_once
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the letter's link: yes or no."""
    person = member(request)
    invitation = invitation_by(token, person)
    if invitation is None:
        raise Http404
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do in ("accept", "decline"):
        process = services.answer_invitation(invitation, accepts=do == "accept", by=person)
        if do == "accept":
            messages.success(request, _("You look after it together now."))
            return redirect("processes:state", process.pk)
        messages.success(request, _("You said no. Nobody asks you again."))
        return redirect("processes:list")
    context = {
        "invitation": invitation,
        "process": invitation.process,
        "item": invitation.process.item,
        "door": "ideas",
    }
    return render(request, "processes/join.html", context, status=422 if request.method == "POST" else 200)


@acts_once
def answer(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    """Whether an organisation looks after it, said by somebody who acts for it."""
    person = member(request)
    process = visible_to(person).filter(pk=pk).select_related("item__territory").first()
    row = party_in(process, str(party)) if process is not None else None
    is_hers = row is not None and row.organisation is not None and can_act_for(person, row.organisation)
    if process is None or row is None or not is_hers or row.accepted_at is not None:
        raise Http404
    do = request.POST.get("do", "") if request.method == "POST" else ""
    if do in ("accept", "decline"):
        services.answer_for_organisation(row, accepts=do == "accept", by=person)
        messages.success(request, _("Done."))
        return redirect(
            "processes:detail" if process.item.is_shown else "processes:list",
            *([process.pk] if process.item.is_shown else []),
        )
    context = {"party": row, "process": process, "item": process.item, "door": "ideas"}
    return render(request, "processes/answer.html", context, status=422 if request.method == "POST" else 200)
