"""Where facilitators and stewards verify residents. Nobody can be looked up here without her own code."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tequio.base.errors import Refused
from tequio.formats.identifiers import BadList
from tequio.guards.views import acts_once
from tequio.territories.models import Territory
from tequio.territories.selectors import breadcrumbs

from ..enums import Method
from ..forms.residence import DeskForm, RuleForm, UploadForm
from ..middleware import member
from ..permissions import can_keep_lists, can_verify, lists_visible_to
from ..selectors.residence import is_resident, letters_to_print, lists_of, person_with_code, verifying_in
from ..services.letters import mark_printed
from ..services.lists import end_list, salt_of, upload_list
from ..services.residence import count_look, set_rule, verify_in_person


def kept_place(request: HttpRequest, code: str) -> Territory:
    """The place if she is its steward; else as absent."""
    place = get_object_or_404(Territory, code=code)
    if not can_keep_lists(member(request), place):
        raise Http404
    return place


@acts_once
def desk(request: HttpRequest, code: str) -> HttpResponse:
    """First the code, then who it is, then yes. The second page comes from the first without a trace."""
    place, by = get_object_or_404(Territory, code=code), member(request)
    if not can_verify(by, place):
        raise Http404
    form = DeskForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_valid():
        count_look(by)
        found = person_with_code(form.cleaned_data["code"])
        if found is None:
            form.add_error("code", _("Nobody shows this code now. Codes change after ten minutes."))
        elif request.POST.get("seen") == "1" and _verified(form, place, request):
            messages.success(request, _("Verified. Thank you."))
            return redirect("people:desk", place.code)
    context = {
        "place": place, "places": [*breadcrumbs(place), place], "form": form, "found": found,
        "is_verified": is_resident(found, place), "rule": verifying_in(place),
        "in_person": verifying_in(place).allows(Method.IN_PERSON), "can_keep_lists": can_keep_lists(by, place),
        "waiting": len(letters_to_print(place)),
    }  # fmt: skip
    return render(request, "people/desk.html", context, status=422 if form.errors else 200)


def _verified(form: DeskForm, place: Territory, request: HttpRequest) -> bool:
    try:
        verify_in_person(form.cleaned_data["code"], place, by=member(request))
    except Refused as refused:
        form.add_error("code", str(refused.reason))
        return False
    return True


@acts_once
def letters(request: HttpRequest, code: str) -> HttpResponse:
    """The sheets that wait for the printer; once they are printed, addresses and codes are gone."""
    place = kept_place(request, code)
    waiting = letters_to_print(place)
    if request.method == "POST":
        asked = {int(one) for one in request.POST.getlist("letter") if one.isascii() and one.isdecimal()}
        ids = [letter.pk for letter in waiting if letter.pk in asked]
        if ids:
            number = mark_printed(place, ids, by=member(request))
            messages.success(
                request,
                ngettext(
                    "One letter is printed. Its address is erased.",
                    "%(number)d letters are printed. Their addresses are erased.",
                    number,
                )
                % {"number": number},
            )
            return redirect("people:letters", place.code)
    context = {"place": place, "places": [*breadcrumbs(place), place], "letters": waiting}
    return render(request, "people/letters.html", context, status=422 if request.method == "POST" else 200)


@acts_once
def lists(request: HttpRequest, code: str) -> HttpResponse:
    place = kept_place(request, code)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        data = form.cleaned_data
        try:
            upload_list(place, name=data["name"], content=data["file"], by=member(request))
        except BadList as bad:
            words = _("Line %(line)d: %(reason)s.") % {"line": bad.line, "reason": bad.reason}
            form.add_error("file", words)
        else:
            messages.success(request, _("The list is being taken in. Look again in a while."))
            return redirect("people:lists", place.code)
    context = {
        "place": place, "places": [*breadcrumbs(place), place], "form": form, "lists": lists_of(place),
        "salt": salt_of(place), "allows": verifying_in(place).allows(Method.LIST),
    }  # fmt: skip
    return render(request, "people/lists.html", context, status=422 if form.is_bound else 200)


@acts_once
def list_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(
        lists_visible_to(member(request)).filter(ended_at=None).defer("content").select_related("territory"),
        pk=pk,
    )
    if request.method == "POST" and request.POST.get("do") == "end":
        end_list(row, by=member(request))
        messages.success(request, _("The list is deleted."))
        return redirect("people:lists", row.territory.code)
    context = {"list": row, "place": row.territory}
    return render(request, "people/list_end.html", context, status=422 if request.method == "POST" else 200)


@acts_once
def residence_rules(request: HttpRequest, code: str) -> HttpResponse:
    place = kept_place(request, code)
    rule = verifying_in(place)
    initial = {"methods": list(rule.methods), "months": rule.months}
    form = RuleForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        set_rule(place, **form.cleaned_data, by=member(request))
        messages.success(request, _("Saved."))
        return redirect("people:residence_rules", place.code)
    context = {"place": place, "places": [*breadcrumbs(place), place], "form": form, "rule": rule}
    return render(request, "people/residence_rules.html", context, status=422 if form.is_bound else 200)
