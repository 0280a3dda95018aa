"""The moderators' rooms: what waits, one decision, one answer to an appeal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from tequio.base.errors import Refused
from tequio.base.text import read_id
from tequio.guards.views import acts_once
from tequio.people.middleware import member, who
from tequio.territories.models import Territory
from tequio.territories.selectors import breadcrumbs

from ..enums import Found, Measure, Outcome
from ..forms import AnswerForm, DecideForm
from ..models import Decision
from ..permissions import can_answer, can_decide, can_open_desk, find_thing, moderates
from ..selectors.desk import answer_to, desk_of, open_appeal
from ..selectors.queue import places_to_moderate, queue_of
from ..services.appealing import answer_appeal, changed_to
from ..services.deciding import decide, plain_reasons, possible
from ..types import RULES, Thing


@never_cache
def queue(request: HttpRequest) -> HttpResponse:
    """For moderators: all their places, or `?place=` one of them."""
    person = member(request)
    places = places_to_moderate(person)
    if not places:
        raise Http404
    place = _place(request)
    skip = read_id(request.GET.get("after", ""), 99_999) or 0
    context = {"queue": queue_of(person, place, skip=skip), "mine": places, "place": place, "icons": "flag"}
    return render(request, "moderation/queue.html", context)


def _place(request: HttpRequest) -> Territory | None:
    """None for all of hers, also where she asks for one that is not."""
    code = request.GET.get("place", "")
    place = Territory.objects.filter(code=code[:40]).first() if code else None
    return place if place is not None and moderates(who(request), place) else None


@acts_once
def desk(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """One thing with the reports on it, and the decision."""
    person = member(request)
    thing = find_thing(person, what, pk)
    if thing is None or not can_open_desk(person, thing):
        raise Http404
    form = _form(thing, request)
    if form.is_bound and form.is_valid():
        try:
            decision = decide(thing, **form.cleaned_data, by=person)
            messages.success(request, _said_of(decision))
            return redirect("moderation:queue")
        except Refused as refused:
            if refused.code != "changed":
                raise
            thing = find_thing(person, what, pk) or thing
            form = _again(thing, request, str(refused.reason))
    return _render_desk(request, thing, form)


def _said_of(decision: Decision) -> str:
    if decision.found == Found.SIGNS and decision.measure == Measure.SHOW:
        return _("It is shown now. Whoever wrote it hears of it.")
    return _("Decided. Its author and who reported it read your reasons.")


def _form(thing: Thing, request: HttpRequest) -> DecideForm:
    found = desk_of(thing)
    rule = found.reports[0].rule if found.reports else None
    law = next((report.law for report in found.reports if report.law), "")
    typed: Any = request.POST if request.method == "POST" else None
    if typed and typed.get("do") == "let_through" and found.can_let_through:
        typed = {**typed.dict(), **plain_reasons()}
    return DecideForm(
        typed, measures=possible(thing),
        languages=thing.territory.languages, initial={"seen": found.seen, "words": found.words, "rule": rule, "law": law},
    )  # fmt: skip


def _again(thing: Thing, request: HttpRequest, reason: str) -> DecideForm:
    """What was typed, with the newest decision and the newest words as seen."""
    found = desk_of(thing)
    data = {**request.POST.dict(), "seen": found.seen, "words": found.words}
    form = DecideForm(data, measures=possible(thing), languages=thing.territory.languages)
    form.add_error(None, reason)
    return form


def _render_desk(request: HttpRequest, thing: Thing, form: DecideForm) -> HttpResponse:
    found = desk_of(thing)
    context: dict[str, Any] = {
        "desk": found, "thing": thing, "form": form, "rules": RULES.values(),
        "measures": [(one.value, one.label) for one in possible(thing)],
        "may_decide": can_decide(who(request), thing, found.reports),
        "places": [*breadcrumbs(thing.territory), thing.territory], "icons": "flag",
    }  # fmt: skip
    return render(request, "moderation/desk.html", context, status=422 if form.is_bound else 200)


def _answered(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody was faster: what was decided, for those who could have answered."""
    last = answer_to(pk)
    if last is None or not moderates(member(request), last.territory):
        raise Http404
    messages.info(request, _("This appeal has its answer already. Here it is."))
    return redirect("moderation:decision", last.pk)


@acts_once
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """An appeal, for another moderator than the first."""
    person, appeal = member(request), open_appeal(pk)
    if appeal is None:
        return _answered(request, pk)
    if appeal.decision.thing is None or not can_answer(person, appeal):
        raise Http404
    thing = appeal.decision.thing
    form = AnswerForm(request.POST if request.method == "POST" else None, languages=thing.territory.languages)
    if form.is_bound and form.is_valid():
        try:
            answer_appeal(appeal, **form.cleaned_data, by=person)
            messages.success(request, _("Decided. Both sides read your reasons."))
            return redirect("moderation:queue")
        except Refused as refused:
            form.say_at({"changed": None}, refused)
    context = {
        "appeal": appeal, "decision": appeal.decision, "thing": thing, "form": form,
        "outcomes": Outcome.choices, "changed": Measure(changed_to(appeal)).label,
        "places": [*breadcrumbs(thing.territory), thing.territory],
    }  # fmt: skip
    return render(request, "moderation/answer.html", context, status=422 if form.is_bound else 200)
