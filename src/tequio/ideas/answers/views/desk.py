"""The officer's desk: what is owed, and handing it to a colleague."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from tequio.base.errors import Refused
from tequio.guards.views import acts_once
from tequio.people.enums import RoleName
from tequio.people.middleware import member
from tequio.territories.models import Territory

from ..enums import Show
from ..forms.answering import AssignForm
from ..selectors.desk import chosen_dues, desk_of
from ..selectors.officers import colleagues_for
from ..services.answering import assign as hand_on
from .finding import MOST_IDS, numbers_of, page, query_of, wanted_of


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    person, wanted = member(request), wanted_of(request)
    shown = desk_of(person, wanted, after=request.GET.get("after", "")[:80])
    own = Territory.objects.filter(pk__in=person.role_places(RoleName.STEWARD)).order_by("code")
    tabs = [(show.value, str(show.label), shown.numbers[show.value]) for show in Show]
    return page(
        request, "desk.html", shown=shown, wanted=wanted, tabs=tabs, query=urlencode(query_of(wanted)),
        own_places=list(own), icons="clock place",
    )  # fmt: skip


@acts_once
def assign(request: HttpRequest) -> HttpResponse:
    person = member(request)
    source = request.POST if request.method == "POST" else request.GET
    dues = chosen_dues(person, numbers_of(source.getlist("item")), most=MOST_IDS)
    form = AssignForm(request.POST or None, colleagues=colleagues_for(dues))
    if request.method == "POST" and not dues:
        form.add_error(None, _("None of these is owed by you any more. Choose again."))
    elif request.method == "POST" and form.is_valid():
        try:
            number = hand_on(dues, form.chosen, by=person)
        except Refused as refused:
            if refused.code != "colleague":
                raise
            form.add_error("colleague", str(refused.reason))
        else:
            said = ngettext("%(number)d answer changed hands.", "%(number)d answers changed hands.", number)
            messages.success(request, said % {"number": number})
            return redirect(reverse("answers:desk"))
    return page(
        request, "assign.html", form=form, dues=dues, **({} if dues or form.is_bound else {"status": 200})
    )
