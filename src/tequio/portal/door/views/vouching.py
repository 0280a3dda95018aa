"""A steward vouches for the new address of a member she knows in person."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.guards.views import acts_once
from tequio.people.middleware import member
from tequio.people.models import Person

from .. import selectors
from ..forms import VouchForm
from ..permissions import is_steward, visible_to
from ..services import recovering


@acts_once
def vouch(request: HttpRequest) -> HttpResponse:
    """For stewards; others find nothing here."""
    steward = member(request)
    if not is_steward(steward):
        raise Http404
    if request.POST.get("do") == "stop":
        text = request.POST.get("change", "")
        pk = int(text) if text.isdecimal() and len(text) < 18 else 0
        recovering.stop_change(get_object_or_404(visible_to(steward).distinct(), pk=pk), by=steward)
        messages.success(request, _("It is stopped."))
        return redirect("door:vouch")
    form = VouchForm(request.POST if request.method == "POST" else None, person=steward)
    if form.is_valid():
        if not recovering.may_vouch(steward):
            form.add_error(None, _("That was very often today. Please go on tomorrow."))
        elif _begin(form, steward):
            messages.success(request, _("The old address is told. After seven days the new one works."))
            return redirect("door:vouch")
    context = {"form": form, "changes": selectors.changes_for(steward)}
    return render(request, "door/vouch.html", context, status=422 if form.is_bound else 200)


def _begin(form: VouchForm, steward: Person) -> bool:
    said = form.cleaned_data
    try:
        recovering.begin_change(lost=said["lost"], to=said["address"], reason=said["reason"], by=steward)
    except Refused as refused:
        form.add_error("address" if refused.code == "taken" else "lost", str(refused.reason))
        return False
    return True
