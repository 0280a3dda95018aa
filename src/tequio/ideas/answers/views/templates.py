"""Words that the stewards of a place keep to use again."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tequio.base.errors import Refused
from tequio.guards.views import acts_once
from tequio.people.middleware import member, who
from tequio.territories.models import Territory

from ..forms.answering import TemplateForm
from ..models import AnswerTemplate
from ..permissions import can_keep_templates, templates_visible_to
from ..selectors.templates import templates_of
from ..services import templates as services
from .finding import page, places_of


def _place(request: HttpRequest, code: str) -> Territory:
    place = get_object_or_404(Territory, code=code)
    if not can_keep_templates(who(request), place):
        raise Http404
    return place


@require_safe
def template_list(request: HttpRequest, code: str) -> HttpResponse:
    place = _place(request, code)
    return page(request, "template_list.html", place=place, rows=templates_of(place), places=places_of(place))


@acts_once
def template_new(request: HttpRequest, code: str) -> HttpResponse:
    return _edit(request, _place(request, code), None)


@acts_once
def template_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(templates_visible_to(who(request)).select_related("territory"), pk=pk)
    if request.method == "POST" and request.POST.get("do") == "delete":
        services.delete_template(row, by=member(request))
        messages.info(request, _("The template is gone. Answers written with it stay."))
        return redirect("answers:templates", row.territory.code)
    return _edit(request, row.territory, row)


def _edit(request: HttpRequest, place: Territory, row: AnswerTemplate | None) -> HttpResponse:
    form = TemplateForm(request.POST or None, template=row, tongues=place.languages)
    if request.method == "POST" and form.is_valid():
        person, data = member(request), form.cleaned_data
        try:
            services.save_template(
                place, name=data["name"], decision=data["decision"], reasons=form.field(by=person.shown_name),
                template=row, by=person,
            )  # fmt: skip
        except Refused as refused:
            if refused.code != "name":
                raise
            form.add_error("name", str(refused.reason))
        else:
            messages.success(request, _("The template is kept."))
            return redirect("answers:templates", place.code)
    return page(request, "template_form.html", form=form, place=place, row=row, places=places_of(place))
