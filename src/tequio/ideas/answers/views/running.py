"""What those do who look after a result: begin it, move its steps, write down money, end it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tequio.base.errors import Refused
from tequio.guards.views import acts_once
from tequio.people.middleware import member, who

from ..forms.results import ChangeStepForm, ResultForm, SpendingForm, StepForm
from ..models import Milestone
from ..permissions import results_visible_to
from ..selectors.results import words_to_read
from ..selectors.standing import standing_of
from ..services import results as services
from .finding import find_item, find_run, own_organisations, page, places_of


@acts_once
def result_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of an item that was accepted."""
    item = find_item(request, pk)
    if not standing_of(item, who(request)).may_make_result:
        raise Http404
    person = member(request)
    form = ResultForm(
        request.POST or None, organisations=own_organisations(person),
        tongues=[*item.territory.languages, *item.languages],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        by = person.shown_name
        made = services.make_result(item, form.plan(by=by), steps=form.first_steps(by=by), by=person)
        messages.success(request, _("The result has a page. Who follows the idea follows it too."))
        return redirect("answers:result", made.pk)
    return page(
        request, "result_form.html", form=form, item=item, result=None, places=places_of(item.territory)
    )


@acts_once
def result_edit(request: HttpRequest, pk: int) -> HttpResponse:
    result = find_run(request, pk)
    person, item = member(request), result.item
    own = own_organisations(person)
    if result.organisation is not None and result.organisation not in own:
        own.append(result.organisation)
    form = ResultForm(
        request.POST or None, organisations=own, result=result, tongues=item.territory.languages
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_result(
                result, form.plan(by=person.shown_name), why=form.cleaned_data["why"], by=person
            )
        except Refused as refused:
            form.say_at({"currency": "currency"}, refused)
        else:
            messages.success(request, _("Saved. What it said before is in its history."))
            return redirect("answers:result", pk)
    return page(
        request, "result_form.html", form=form, item=item, result=result, places=places_of(item.territory)
    )


@acts_once
def step_new(request: HttpRequest, pk: int) -> HttpResponse:
    result = find_run(request, pk)
    form = StepForm(request.POST or None, tongues=result.item.territory.languages)
    if request.method == "POST" and form.is_valid():
        person = member(request)
        try:
            services.add_step(result, form.step(by=person.shown_name), by=person)
        except Refused as refused:
            form.say_at({"many": None}, refused)
        else:
            messages.success(request, _("The step was added."))
            return redirect("answers:result", pk)
    return page(
        request,
        "step_form.html",
        form=form,
        item=result.item,
        step=None,
        places=places_of(result.item.territory),
    )


@acts_once
def step_change(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Milestone.objects.filter(result__in=results_visible_to(who(request)))
    step = get_object_or_404(rows, pk=pk)
    result = find_run(request, step.result_id)
    step.result = result
    form = ChangeStepForm(request.POST or None, milestone=step, tongues=result.item.territory.languages)
    if request.method == "POST" and form.is_valid():
        person, data = member(request), form.cleaned_data
        try:
            services.change_step(
                step, state=data["state"], due=data["due"], delay=form.reason(by=person.shown_name), by=person
            )
        except Refused as refused:
            form.say_at({"delay": "delay"}, refused)
        else:
            messages.success(request, _("Saved. Followers hear of it."))
            return redirect("answers:result", result.pk)
    return page(
        request,
        "step_form.html",
        form=form,
        item=result.item,
        step=step,
        places=places_of(result.item.territory),
    )


@acts_once
def spend(request: HttpRequest, pk: int) -> HttpResponse:
    result = find_run(request, pk)
    if not result.currency:
        messages.info(request, _("Say first in which currency the money is planned."))
        return redirect("answers:result_edit", pk)
    form = SpendingForm(
        request.POST or None, currency=result.currency, tongues=result.item.territory.languages
    )
    if request.method == "POST" and form.is_valid():
        person, data = member(request), form.cleaned_data
        try:
            services.spend_on(
                result,
                on=data["on"],
                amount=form.coins,
                what=form.text("what", {}, by=person.shown_name),
                by=person,
            )
        except Refused as refused:
            form.say_at({"minus": "amount"}, refused)
        else:
            messages.success(request, _("The line stands on the page."))
            return redirect("answers:result", pk)
    return page(request, "spend.html", form=form, item=result.item, places=places_of(result.item.territory))


@acts_once
def end(request: HttpRequest, pk: int) -> HttpResponse:
    result = find_run(request, pk)
    trouble = ""
    if request.method == "POST":
        try:
            act = services.go_on if request.POST.get("do") == "go_on" else services.finish
            act(result, by=member(request))
        except Refused as refused:
            trouble = str(refused.reason)
        else:
            messages.success(request, _("Saved. Followers hear of it."))
            return redirect("answers:result", pk)
    return page(
        request, "end.html", status=422 if trouble else 200, result=result, item=result.item, trouble=trouble,
        places=places_of(result.item.territory),
    )  # fmt: skip


@require_safe
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """What those wrote who asked for it; for those who look after it."""
    result = find_run(request, pk)
    return page(
        request, "words.html", result=result, item=result.item, rows=words_to_read(result),
        places=places_of(result.item.territory),
    )  # fmt: skip
