"""The form by which anybody reports something; no account is needed."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tequio.base.errors import Refused
from tequio.base.languages import current
from tequio.base.trap import filling_of
from tequio.guards.views import acts_once, network_of
from tequio.people.middleware import who
from tequio.territories.selectors import breadcrumbs

from ..forms import ReportForm
from ..permissions import can_report, find_thing
from ..selectors.receipts import receipt_token
from ..services.reporting import send_report
from ..types import RULES


@login_not_required
@acts_once
def report(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    person = who(request)
    thing = find_thing(person, what, pk, link=request.GET.get("link", ""))
    if thing is None or not can_report(person, thing):
        raise Http404
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = send_report(
                thing, **form.cleaned_data, language=current(), filling=filling_of(request),
                sender=network_of(request), by=person,
            )  # fmt: skip
            return redirect("moderation:receipt", receipt_token(made))
        except Refused as refused:
            form.say_at({"again": None}, refused)
    context = {
        "form": form, "thing": thing, "rules": RULES.values(),
        "places": [*breadcrumbs(thing.territory), thing.territory], "place": thing.territory,
    }  # fmt: skip
    return render(request, "moderation/report.html", context, status=422 if form.is_bound else 200)
