"""A new organisation, its page, its sign."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tequio.base.errors import Refused
from tequio.files.selectors import picture_of, rendition_of
from tequio.files.services import store_picture
from tequio.files.views import serve
from tequio.guards.views import acts_once
from tequio.people.middleware import member

from ..forms.portrait import LogoForm, PortraitForm
from ..models import Organisation
from ..permissions import standing_of
from ..selectors.invitations import invitations_for
from ..selectors.portraits import alliances_of, memberships_of, requests_of, waiting_for
from ..selectors.versions import version_of
from ..services import organisations as services
from .finding import administered, find_organisation, page

# A sign is small: on telephones and on the page.
LOGO_WIDTHS = (96, 192)


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    person = member(request)
    response = page(
        request, "mine", None,
        memberships=memberships_of(person), alliances=alliances_of(list(standing_of(person))),
        requests=requests_of(person), waiting=waiting_for(person), invitations=invitations_for(person),
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response


@acts_once
def organisation_new(request: HttpRequest) -> HttpResponse:
    person = member(request)
    place = request.GET.get("place", "") or (person.home.code if person.home else "")
    spoken = person.home.languages if person.home else []
    form = PortraitForm(request.POST or None, spoken=spoken, initial={"territory": place})
    if request.method == "POST" and form.is_valid():
        made = services.make_organisation(
            form.portrait(by=person.name), is_shown=form.cleaned_data["is_shown"], by=person
        )
        messages.success(
            request, _("Your organisation stands here now. A steward of its place will look at it.")
        )
        return redirect("home:organisation_detail", made.pk)
    return page(request, "form", None, form=form, is_wrong=bool(form.errors))


@acts_once
def organisation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person = member(request)
    organisation = administered(request, pk)
    if request.method == "POST" and request.POST.get("do") == "ask":
        services.ask_to_be_verified(organisation, by=person)
        messages.success(request, _("The stewards of your place see that you ask."))
        return redirect("home:organisation_detail", pk)
    form = PortraitForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid() and _changed(request, organisation, form):
        messages.success(request, _("Your changes are saved."))
        return redirect("home:organisation_detail", pk)
    return page(request, "form", organisation, form=form, is_wrong=bool(form.errors))


def _changed(request: HttpRequest, organisation: Organisation, form: PortraitForm) -> bool:
    """False where somebody else was faster; what was typed then counts as written after the newest version."""
    person = member(request)
    try:
        services.change_organisation(
            organisation, form.portrait(by=person.name), seen=form.cleaned_data["seen"], by=person
        )
    except Refused as refused:
        form.start_from(version_of(find_organisation(request, organisation.pk)), refused)
        return False
    return True


@login_not_required
def logo(request: HttpRequest, pk: int, width: int) -> HttpResponseBase:
    """A copy of its sign, to whoever may see the organisation."""
    rendition = rendition_of(find_organisation(request, pk).logo_id, width=width)
    if rendition is None:
        raise Http404
    return serve(rendition, request)


@acts_once
def change_logo(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = administered(request, pk)
    if request.method == "POST" and request.POST.get("do") == "remove":
        services.set_logo(organisation, None, by=member(request))
        messages.success(request, _("The picture is gone."))
        return redirect("home:organisation_detail", pk)
    form = LogoForm(request.POST, request.FILES) if request.method == "POST" else LogoForm()
    if request.method == "POST" and form.is_valid() and _logo_saved(request, organisation, form):
        messages.success(request, _("The picture is shown on your page."))
        return redirect("home:organisation_detail", pk)
    picture = picture_of(organisation.logo_id)
    return page(request, "logo", organisation, form=form, picture=picture, is_wrong=bool(form.errors))


def _logo_saved(request: HttpRequest, organisation: Organisation, form: LogoForm) -> bool:
    """False where the upload was not taken; the form then says why."""
    try:
        stored = store_picture(form.cleaned_data["picture"], widths=LOGO_WIDTHS, by=member(request))
    except Refused as refused:
        if refused.code == "too_often":
            raise
        form.add_error("picture", str(refused.reason))
        return False
    services.set_logo(organisation, stored, by=member(request))
    return True
