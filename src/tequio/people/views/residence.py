"""A member proves where she lives: what her place offers, her code, letter and list."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.base.errors import Refused
from tequio.guards.views import acts_once
from tequio.territories.models import Territory
from tequio.territories.selectors import breadcrumbs

from ..enums import Method, Tried
from ..forms.residence import AddressForm, LetterCodeForm, ListForm
from ..middleware import member, who
from ..permissions import can_keep_lists, can_verify, residences_visible_to
from ..selectors import roles_in
from ..selectors.residence import code_of, is_resident, open_letter, residence_in, residences_of, verifying_in
from ..services.letters import ask_letter, try_letter_code
from ..services.lists import verify_by_list
from ..services.residence import end_residence, show_code


@login_not_required
def residence(request: HttpRequest, code: str) -> HttpResponse:
    """How residents of a place are verified, for anybody; a member sees how it stands for her."""
    place = get_object_or_404(Territory, code=code)
    person = who(request)
    is_member = person is not None and person.is_member
    context = {
        "place": place,
        "places": [*breadcrumbs(place), place],
        "rule": verifying_in(place),
        "methods": [str(method) for method in verifying_in(place).methods],
        "roles": [role for role in roles_in(place) if role.role in ("steward", "facilitator")],
        "is_resident": is_resident(person, place),
        "own": residence_in(person, place) if person and is_member else None,
        "letter": open_letter(person, place) if person and is_member else None,
        "is_member": is_member,
        "can_verify": is_member and person is not None and can_verify(person, place),
        "can_keep_lists": is_member and person is not None and can_keep_lists(person, place),
    }
    return render(request, "people/residence.html", context)


@acts_once
def residences(request: HttpRequest) -> HttpResponse:
    """Where she was proven to live; she may end it when she moves."""
    person = member(request)
    if request.method == "POST":
        asked = request.POST.get("residence", "")
        number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 16 else 0
        row = residences_visible_to(person).select_related("person", "territory").filter(pk=number).first()
        if row is not None:
            end_residence(row, by=person)
            messages.success(request, _("Ended. You can verify another place at any time."))
            return redirect("people:residences")
    context = {"residences": residences_of(person), "home": person.home}
    return render(request, "people/residences.html", context, status=422 if request.method == "POST" else 200)


@acts_once
def code(request: HttpRequest) -> HttpResponse:
    """Six signs to show to a steward or facilitator."""
    person = member(request)
    if request.method == "POST":
        show_code(person)
        return redirect("people:code")
    return render(request, "people/code.html", {"shown": code_of(person), "home": person.home})


@acts_once
def residence_letter(request: HttpRequest) -> HttpResponse:
    """Her postal address, for a letter with a code."""
    person = member(request)
    asked = request.GET.get("place", "")
    form = AddressForm(request.POST if request.method == "POST" else None, person=person, place=asked)
    if form.is_valid():
        place = form.cleaned_data["place"]
        try:
            ask_letter(person, place, form.cleaned_data["address"])
        except Refused as refused:
            form.add_error(None, str(refused.reason))
        else:
            messages.success(request, _("The letter will be printed. Your address is erased then."))
            return redirect("people:residence", place.code)
    return render(request, "people/letter_form.html", {"form": form}, status=422 if form.is_bound else 200)


@acts_once
def letter_code(request: HttpRequest) -> HttpResponse:
    """The code that came by post."""
    person = member(request)
    asked = request.GET.get("place", "")
    form = LetterCodeForm(request.POST if request.method == "POST" else None, person=person, place=asked)
    if form.is_valid():
        place = form.cleaned_data["place"]
        outcome = try_letter_code(person, place, form.cleaned_data["code"])
        if outcome == Tried.RIGHT:
            messages.success(request, _verified(place))
            return redirect("people:residence", place.code)
        letter = open_letter(person, place)
        form.add_error("code", _wrong(letter.tries_left) if letter and outcome == Tried.WRONG else _over())
    return render(request, "people/letter_code.html", {"form": form}, status=422 if form.is_bound else 200)


def _verified(place: Territory) -> str:
    return _("You are verified: you live in %(place)s.") % {"place": place.title}


def _over() -> str:
    return _("There is no code to type for this place, or it is over. Ask for a new letter.")


def _wrong(tries: int) -> str:
    return ngettext(
        "This is not the code of your letter. You can try once more.",
        "This is not the code of your letter. You can try %(number)d more times.",
        tries,
    ) % {"number": tries}


@acts_once
def residence_list(request: HttpRequest) -> HttpResponse:
    """Her number on a list of the place."""
    person = member(request)
    asked = request.GET.get("place", "")
    form = ListForm(request.POST if request.method == "POST" else None, person=person, place=asked)
    if form.is_valid():
        data = form.cleaned_data
        place = data["place"]
        if not verifying_in(place).allows(Method.LIST):
            form.add_error("place", _("This place does not verify in this way."))
        elif verify_by_list(person, place, identifier=data["identifier"], year_of_birth=data["year"]):
            messages.success(request, _verified(place))
            return redirect("people:residence", place.code)
        else:
            form.add_error(
                None, _("We did not find this number with this year, or it is used already. Ask a steward of the place.")
            )  # fmt: skip
    return render(request, "people/list_form.html", {"form": form}, status=422 if form.is_bound else 200)
