"""One decision for many, read as a whole before it is sent."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.base.text import read_id
from tequio.guards.views import acts_once
from tequio.people.middleware import member, who
from tequio.territories.selectors import above_ids

from ..enums import BatchState
from ..forms.answering import BlanksForm, initial_said, words_of_template
from ..models import AnswerDue, AnswerTemplate, Batch
from ..permissions import batches_visible_to, can_answer
from ..selectors.batches import batch_lines, batch_numbers
from ..selectors.desk import answered_of, chosen_dues, note_for
from ..selectors.templates import templates_for
from ..services import bulk as services
from ..types import StepNote
from .answering import OFFICE
from .finding import MOST_IDS, along, numbers_of, own_organisations, page, query_of, wanted_of


@acts_once
def bulk(request: HttpRequest) -> HttpResponse:
    person, draft = member(request), _draft(request)
    if draft is not None and draft.state != BatchState.DRAFT:
        messages.info(request, _("These answers are on their way already."))
        return redirect("answers:batch", draft.uid)
    offer = _offer(request, draft)
    if not offer.dues:
        status = 422 if request.method == "POST" else 200
        return _page(request, "none_chosen.html", offer, status=status)
    place = offer.dues[0].item.territory
    form = BlanksForm(
        request.POST or None, place=place, organisations=own_organisations(person),
        tongues=[tag for due in offer.dues for tag in due.item.territory.languages],
        before=draft.reasons if draft else None, initial=_initial(request, place.pk, draft),
    )  # fmt: skip
    if request.method == "POST" and not offer.ticked:
        form.add_error(None, _("Tick at least one."))
    elif request.method == "POST" and form.is_valid():
        return _make(request, offer, form, draft)
    return _page(request, "bulk.html", offer, form=form, templates=templates_for(place), draft=draft)


@dataclass(frozen=True)
class Offer:
    """What can be answered together, what of it is ticked, what cannot yet, how many were answered meanwhile."""

    dues: list[AnswerDue]
    ticked: list[AnswerDue]
    not_yet: list[tuple[AnswerDue, StepNote]]
    answered: int


def _offer(request: HttpRequest, draft: Batch | None) -> Offer:
    person = member(request)
    source = request.POST if request.method == "POST" else request.GET
    ticked = numbers_of(source.getlist("item"))
    if draft is not None and request.method != "POST" and not ticked:
        ticked = list(draft.lines.values_list("item", flat=True)[:MOST_IDS])
    offered = list(dict.fromkeys([*numbers_of(source.getlist("offered")), *ticked]))[:MOST_IDS]
    chosen = chosen_dues(person, offered, most=MOST_IDS)
    dues = [due for due in chosen if can_answer(person, due.item)]
    return Offer(
        dues=dues, ticked=[due for due in dues if due.pk in ticked],
        not_yet=[(due, note_for(person, due.item)) for due in chosen if due not in dues],
        answered=answered_of(person, offered) if len(chosen) < len(offered) else 0,
    )  # fmt: skip


def _page(
    request: HttpRequest, template: str, offer: Offer, *, status: int = 0, **context: Any
) -> HttpResponse:
    wanted = wanted_of(request)
    return page(
        request, template, status=status, offer=offer, filters=query_of(wanted),
        desk_path=along(reverse("answers:desk"), wanted), **context,
    )  # fmt: skip


def _make(request: HttpRequest, offer: Offer, form: BlanksForm, draft: Batch | None) -> HttpResponse:
    person = member(request)
    said = form.said(by=person.shown_name)
    made = services.make_batch([due.item for due in offer.ticked], said, instead_of=draft, by=person)
    request.session[OFFICE] = form.cleaned_data["office"]
    return redirect("answers:batch", made.uid)


def _draft(request: HttpRequest) -> Batch | None:
    """The draft whose words are changed, which may be sent by now; None where the address names none of hers."""
    try:
        uid = uuid.UUID(request.GET.get("batch", ""))
    except ValueError:
        return None
    return batches_visible_to(who(request)).filter(uid=uid).first()


def _initial(request: HttpRequest, place: int, draft: Batch | None) -> dict[str, Any]:
    initial: dict[str, Any] = {"office": request.session.get(OFFICE, "")}
    initial |= initial_said(draft) if draft else {}
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
