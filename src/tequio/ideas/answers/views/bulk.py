"""One decision for many, read as a whole before it is sent."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from tequio.base.text import read_id
from tequio.guards.views import acts_once
from tequio.people.middleware import member, who
from tequio.territories.selectors import above_ids

from ..enums import BatchState
from ..forms.answering import BlanksForm, words_of_template
from ..models import AnswerTemplate, Batch
from ..permissions import batches_visible_to, can_answer
from ..selectors.batches import batch_lines, batch_numbers
from ..selectors.desk import chosen_dues
from ..selectors.templates import templates_for
from ..services import bulk as services
from .answering import OFFICE
from .finding import MOST_IDS, numbers_of, own_organisations, page


@acts_once
def bulk(request: HttpRequest) -> HttpResponse:
    person = member(request)
    source = request.POST if request.method == "POST" else request.GET
    chosen = chosen_dues(person, numbers_of(source.getlist("item")), most=MOST_IDS)
    dues = [due for due in chosen if can_answer(person, due.item)]
    not_yet = [due for due in chosen if due not in dues]
    if not dues:
        status = 422 if request.method == "POST" else 200
        return page(request, "none_chosen.html", status=status, not_yet=not_yet)
    place = dues[0].item.territory
    form = BlanksForm(
        request.POST or None, place=place, organisations=own_organisations(person),
        tongues=[tag for due in dues for tag in due.item.territory.languages], initial=_initial(request, place.pk),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = services.make_batch([due.item for due in dues], form.said(by=person.shown_name), by=person)
        request.session[OFFICE] = form.cleaned_data["office"]
        return redirect("answers:batch", made.uid)
    return page(request, "bulk.html", form=form, dues=dues, not_yet=not_yet, templates=templates_for(place))


def _initial(request: HttpRequest, place: int) -> dict[str, Any]:
    initial: dict[str, Any] = {"office": request.session.get(OFFICE, "")}
    pk = read_id(request.GET.get("template", ""))
    found = AnswerTemplate.objects.filter(pk=pk, territory__in=above_ids(place)).first() if pk else None
    return initial | (words_of_template(found, found.reasons) if found else {})


@acts_once
def batch(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    row = get_object_or_404(batches_visible_to(who(request)).select_related("organisation", "by"), uid=uid)
    if request.method == "POST":
        return _decide(request, row)
    numbers = batch_numbers(row)
    is_running = row.state == BatchState.SENDING
    context: dict[str, Any] = {
        "batch": row, "numbers": numbers, "is_running": is_running,
        "percent": round(100 * numbers.done / numbers.all) if numbers.all else 0,
        "lines": [] if is_running else batch_lines(row, services.filled),
    }  # fmt: skip
    is_part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    return page(request, "_batch.html" if is_part else "batch.html", **context)


def _decide(request: HttpRequest, row: Batch) -> HttpResponse:
    person = member(request)
    if request.POST.get("do") == "drop":
        if services.drop_batch(row, by=person):
            messages.info(request, _("Nothing was sent."))
            return redirect("answers:desk")
        return redirect("answers:batch", row.uid)
    services.send_batch(row, by=person)
    return redirect("answers:batch", row.uid)
