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
from tequio.organisations.permissions import acting_ids
from tequio.people.enums import RoleName
from tequio.people.middleware import member
from tequio.people.models import Person
from tequio.territories.models import Territory

from ..enums import Show
from ..forms.answering import AssignForm
from ..selectors.desk import chosen_dues, desk_of
from ..selectors.officers import colleagues_for
from ..services.answering import assign as hand_on
from .finding import MOST_IDS, along, numbers_of, page, query_of, wanted_of


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    person, wanted = member(request), wanted_of(request)
    after = request.GET.get("after", "")[:80]
    shown = desk_of(person, wanted, after=after)
    own = Territory.objects.filter(pk__in=person.role_places(RoleName.STEWARD)).order_by("code")
    tabs = [(show.value, str(show.label), shown.numbers[show.value]) for show in Show]
    return page(
        request, "desk.html", shown=shown, wanted=wanted, tabs=tabs, query=urlencode(query_of(wanted)),
        own_places=list(own), icons="clock place", filters=query_of(wanted),
        is_not_yet=wanted.show == Show.NOT_YET, are_all_chosen=request.GET.get("chosen") == "all",
        may_hand_on=bool(person.role_places(RoleName.STEWARD) or acting_ids(person)),
        after=after, is_first=not after,
    )  # fmt: skip


@acts_once
def assign(request: HttpRequest) -> HttpResponse:
    person, wanted = member(request), wanted_of(request)
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
            messages.success(request, _handed(number, form.chosen))
            return redirect(along(reverse("answers:desk"), wanted))
    return page(
        request, "assign.html", form=form, dues=dues, desk_path=along(reverse("answers:desk"), wanted),
        **({} if dues or form.is_bound else {"status": 200}),
    )  # fmt: skip


def _handed(number: int, colleague: Person | None) -> str:
    if not number:
        return _("Nothing changed: it was so already.")
    if colleague is None:
        said = ngettext(
            "Nobody in particular prepares %(number)d answer now.",
            "Nobody in particular prepares %(number)d answers now.", number,
        )  # fmt: skip
        return said % {"number": number}
    said = ngettext(
        "%(name)s prepares %(number)d answer now.", "%(name)s prepares %(number)d answers now.", number
    )
    return said % {"number": number, "name": colleague.shown_name}
