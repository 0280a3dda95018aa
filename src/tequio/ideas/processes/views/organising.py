"""Opening, changing and ending a process."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.languages import current
from tequio.base.multilingual import Field
from tequio.base.text import clean_line
from tequio.base.trap import filling_of, filling_of_change
from tequio.catalogue.enums import ItemState
from tequio.guards.views import acts_once
from tequio.organisations.selectors.portraits import acted_for_by
from tequio.people.middleware import member, who
from tequio.people.models import Person
from tequio.territories.selectors import breadcrumbs

from ..enums import Blueprint
from ..forms.process import ProcessForm, initial_of, typed_again
from ..models import Process
from ..permissions import can_change, can_organise, can_publish, can_withdraw, visible_to
from ..selectors.organising import places_to_open, places_to_propose, version_of, who_may_answer
from ..selectors.rules import rule_in
from ..services import changing
from ..services.backing import propose_process
from ..services.opening import start_process

REMOVE = re.compile(r"^remove_(\d{1,2})$")


def organised(request: HttpRequest, pk: int) -> Process:
    """The process, if this person looks after it; to anybody else it is not there."""
    rows = visible_to(who(request)).select_related("item__territory").prefetch_related("phases__features")
    process = get_object_or_404(rows, pk=pk)
    if not can_organise(who(request), process):
        raise Http404
    return process


def new_process(
    request: HttpRequest, *, blueprint: str = Blueprint.OWN, initial: dict[str, Any], ready: Sequence[Field]
) -> HttpResponse:
    """The page of a new process, begun with what a blueprint says: `blueprints` has the addresses of it."""
    person = member(request)
    opens, proposes = places_to_open(person), places_to_propose(person)
    places = list({place.pk: place for place in (*opens, *proposes)}.values())
    if not places:
        status = 422 if request.method == "POST" else 200
        return render(request, "processes/no_place.html", {"door": "ideas"}, status=status)
    begins = next((place for place in places if place.code == request.GET.get("place")), places[0])
    begun = {
        "language": current(), "languages": begins.languages, "territory": begins.pk, "blueprint": blueprint,
        "title": clean_line(request.GET.get("words", ""))[:200], **initial,
    }  # fmt: skip
    options: dict[str, Any] = {
        "places": places, "organisations": acted_for_by(person), "answering": who_may_answer(places),
        "ready": ready, "blueprint": blueprint,
    }  # fmt: skip
    do = request.POST.get("do", "")
    extra = {"may_open": bool(opens), "may_propose": bool(proposes), "blueprint": blueprint}
    if request.method != "POST":
        return _page(request, ProcessForm(initial=begun, **options), extra)
    form = ProcessForm(request.POST, initial=begun, **options)
    form.is_for_publishing = do != "draft"
    drawn = _redrawn(do, form, options)
    if drawn is not None:
        return _page(request, drawn, extra)
    if not form.is_valid() or do == "preview":
        return _page(request, form, extra)
    return _save_new(request, form, do, {place.pk for place in opens}, extra)


def _save_new(
    request: HttpRequest, form: ProcessForm, do: str, opens: set[int], extra: dict[str, Any]
) -> HttpResponse:
    person, place = member(request), form.place
    plan = form.plan(by=person.shown_name)
    if do == "propose":
        if place.pk not in {one.pk for one in places_to_propose(person)}:
            form.add_error("territory", _("You do not live there. Choose a place where you do."))
            return _page(request, form, extra)
        process = propose_process(plan, territory=place, filling=filling_of(request), by=person)
        if process.waits_for_reading:
            messages.success(request, _("It is kept. A moderator reads it before others can sign it."))
            return redirect("processes:sign", process.signing)
        if process.is_gathering:
            messages.success(request, _("It is kept. Share the link: others sign it now."))
            return redirect("processes:sign", process.signing)
        return redirect("processes:detail", process.pk)
    if place.pk not in opens:
        form.add_error("territory", _("Only facilitators open one here alone. Gather signatures instead."))
        return _page(request, form, extra)
    is_draft = do == "draft"
    process = start_process(plan, territory=place, is_draft=is_draft, by=person)
    messages.success(request, _("The draft is kept.") if is_draft else _("The process is open to everybody."))
    return redirect("processes:state" if is_draft else "processes:detail", process.pk)


def _redrawn(do: str, form: ProcessForm, options: dict[str, Any]) -> ProcessForm | None:
    """The same form with a step more or less, all else as it was typed; None where something else is wanted."""
    removes = REMOVE.match(do)
    if do != "add" and not removes:
        return None
    without = int(removes[1]) - 1 if removes else None
    drawn = ProcessForm(initial=typed_again(form, add=do == "add", without=without), **options)
    # Without scripts the browser goes by itself to the field that is asked for next.
    shown = drawn.count - 1 if without is None else min(without, drawn.count - 1)
    drawn.fields[f"step_{shown}_title"].widget.attrs["autofocus"] = True
    return drawn


@acts_once
def process_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person, process = member(request), organised(request, pk)
    if not can_change(person, process):
        messages.info(
            request, _("Others have signed it as it stands. Withdraw it and write a new one to change it.")
        )
        return redirect("processes:state", process.pk)
    options: dict[str, Any] = {"process": process, "answering": who_may_answer([process.item.territory])}
    initial = {**initial_of(process), "seen": version_of(process)}
    if request.method != "POST":
        return _page(request, ProcessForm(initial=initial, **options), {})
    form, do = ProcessForm(request.POST, initial=initial, **options), request.POST.get("do", "")
    form.is_for_publishing = process.item.state == ItemState.PUBLISHED
    drawn = _redrawn(do, form, options)
    if drawn is not None or not form.is_valid() or do == "preview":
        return _page(request, drawn or form, {})
    return _save_changes(request, process, form)


def _save_changes(request: HttpRequest, process: Process, form: ProcessForm) -> HttpResponse:
    person, data = member(request), form.cleaned_data
    try:
        process = changing.change_process(
            process, form.plan(by=person.shown_name), seen=data["seen"], reason=data["reason"],
            filling=filling_of_change(request), by=person,
        )  # fmt: skip
    except Refused as refused:
        if refused.code not in ("changed", "reason"):
            raise
        form.add_error("reason" if refused.code == "reason" else None, str(refused.reason))
        return _page(request, form, {"seen": version_of(process)})
    is_held = process.item.state == ItemState.HELD
    waits = _("Your change is kept and waits. It is shown once a moderator has read it.")
    messages.success(request, waits if is_held else _("Your changes are saved."))
    return redirect("processes:state", process.pk)


def _page(request: HttpRequest, form: ProcessForm, extra: dict[str, Any]) -> HttpResponse:
    process = form.process
    place = process.item.territory if process else None
    is_wrong = form.is_bound and bool(form.errors)
    context = {
        "form": form,
        "process": process,
        "seen": form["seen"].value() or "",
        "places": [*breadcrumbs(place), place] if place else [],
        "preview": None if is_wrong else _preview(request, form),
        "door": "ideas",
        **extra,
    }
    return render(request, "processes/process_form.html", context, status=422 if is_wrong else 200)


def _preview(request: HttpRequest, form: ProcessForm) -> dict[str, Any] | None:
    if not form.is_bound or request.POST.get("do") != "preview":
        return None
    return {"plan": form.plan(by=member(request).name), "place": form.place}


STATES = {
    "publish": {ItemState.DRAFT, ItemState.WITHDRAWN},
    "close": {ItemState.PUBLISHED},
    "withdraw": {ItemState.PUBLISHED, ItemState.DRAFT, ItemState.HELD},
}


@acts_once
def process_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands and what can be done; `?do=` shows the page on which one confirms."""
    person, process = member(request), organised(request, pk)
    item = process.item
    may = _steps_that_may(person, process)
    data = request.POST if request.method == "POST" else request.GET
    do = data.get("do", "")
    reason = clean_line(data.get("reason", ""))[: changing.LONGEST_REASON]
    wants_reason = request.method == "POST" and do == "close" and do in may and not reason
    if request.method == "POST" and not wants_reason:
        if do in may:
            _take_step(process, do, reason, person)
        said = _("Done.") if do in may else _("That was not possible any more. Here is how it stands.")
        messages.info(request, said)
        return redirect("processes:state", process.pk)
    context = {
        "process": process,
        "item": item,
        "may": may,
        "can_change": can_change(person, process),
        "rule": rule_in(item.territory_id) if process.is_gathering else None,
        "do": do if do in may else "",
        "wants_reason": wants_reason,
        "longest": changing.LONGEST_REASON,
        "places": [*breadcrumbs(item.territory), item.territory],
        "door": "ideas",
    }
    return render(request, "processes/process_state.html", context, status=422 if wants_reason else 200)


def _steps_that_may(person: Person, process: Process) -> list[str]:
    item = process.item
    may = [step for step, states in STATES.items() if item.state in states]
    if item.is_over and "close" in may:
        may.remove("close")
    if "publish" in may and not can_publish(person, process):
        may.remove("publish")
    is_own_draft = item.state == ItemState.DRAFT and not process.is_gathering
    if "withdraw" in may and (is_own_draft or not can_withdraw(person, process)):
        may.remove("withdraw")
    return may


def _take_step(process: Process, do: str, reason: str, person: Person) -> None:
    if do == "publish":
        changing.publish_process(process, by=person)
    elif do == "close":
        changing.close_process(process, reason=reason, by=person)
    else:
        changing.withdraw_process(process, by=person)
