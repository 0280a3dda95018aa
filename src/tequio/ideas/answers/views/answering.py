"""Writing the answer to one thing, and what an officer does around it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.languages import current
from tequio.base.multilingual import Field, read
from tequio.base.text import read_id
from tequio.catalogue.models import Item
from tequio.guards.views import acts_once
from tequio.organisations.models import Organisation
from tequio.people.middleware import member, who
from tequio.territories.selectors import above_ids

from .. import permissions
from ..enums import Hindrance
from ..forms.answering import AnswerForm, AskForm, initial_answer, words_of_template
from ..forms.results import PaperForm
from ..models import Answer, AnswerTemplate
from ..selectors.desk import next_due, step_note, wanted_number
from ..selectors.standing import standing_of
from ..selectors.templates import templates_for
from ..services import answering as services
from ..services.bulk import filled
from ..services.papers import add_paper as save_paper
from .finding import along, find_item, own_organisations, page, places_of, query_of, wanted_of

OFFICE = "answers_office"
MOST_ORGANISATIONS = 100


@acts_once
def write(request: HttpRequest, pk: int) -> HttpResponse:
    item = find_item(request, pk)
    found = permissions.hindrance(who(request), item)
    if found in (Hindrance.GONE, Hindrance.OFFICE):
        raise Http404
    if found == Hindrance.NOW:
        return page(
            request, "not_now.html", status=403, item=item, places=places_of(item.territory),
            note=step_note(item, is_open=False), process=permissions.process_of(item), icons="clock",
        )  # fmt: skip
    standing = standing_of(item)
    form = _form(request, item, standing.answer)
    if request.method == "POST" and form.is_valid() and (done := _save(request, item, form)):
        return done
    return page(request, "write.html", form=form, answer=standing, **_context(request, item))


def _form(request: HttpRequest, item: Item, answer: Answer | None) -> AnswerForm:
    person = member(request)
    before: Field = answer.reasons if answer else {}
    initial = initial_answer(answer, request.session.get(OFFICE, ""))
    template = _template(request, item)
    if template is not None and request.method != "POST":
        initial |= words_of_template(template, filled(template.reasons, item))
    return AnswerForm(
        request.POST or None, place=item.territory, organisations=own_organisations(person),
        tongues=[*item.territory.languages, *item.languages], before=before, initial=initial,
    )  # fmt: skip


def _template(request: HttpRequest, item: Item) -> AnswerTemplate | None:
    pk = read_id(request.GET.get("template", ""))
    found = AnswerTemplate.objects.filter(pk=pk, territory__in=above_ids(item.territory_id)) if pk else None
    return found.first() if found is not None else None


def _context(request: HttpRequest, item: Item) -> dict[str, Any]:
    wanted = wanted_of(request)
    query = urlencode(query_of(wanted))
    return {
        "item": item, "places": places_of(item.territory), "icons": "clock",
        "templates": templates_for(item.territory), "query": query,
        "note": step_note(item, is_open=True), "left": wanted_number(who(request), wanted), "desk_path": along(reverse("answers:desk"), wanted),
    }  # fmt: skip


def _save(request: HttpRequest, item: Item, form: AnswerForm) -> HttpResponse | None:
    person, wanted = member(request), wanted_of(request)
    due = permissions.due_of(item)
    try:
        services.give_answer(item, form.said(by=person.shown_name), seen=form.seen_answer, by=person)
    except Refused as refused:
        now = standing_of(item).answer
        form.start_from(str(now.pk if now else 0), refused)
        return None
    request.session[OFFICE] = form.cleaned_data["office"]
    title = read(item.title, current()).text
    messages.success(
        request, _("The answer to “%(title)s” is published. Followers read it now.") % {"title": title}
    )
    if request.POST.get("do") != "next":
        return redirect(item.path)
    following = next_due(person, wanted, after=due)
    if following is None:
        messages.info(request, _("That was the last one that can be answered now."))
        return redirect(along(reverse("answers:desk"), wanted))
    return redirect(along(reverse("answers:write", args=[following.pk]), wanted))


@acts_once
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    item = find_item(request, pk)
    standing = standing_of(item, who(request))
    if not standing.may_take_back:
        raise Http404
    if request.method == "POST":
        services.take_back(item, by=member(request))
        messages.success(request, _("The answer was taken back. It stays readable among the former ones."))
        return redirect(item.path)
    return page(
        request, "take_back.html", item=item, answer=standing, places=places_of(item.territory), icons="clock"
    )


@acts_once
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    item = find_item(request, pk)
    if not permissions.can_ask(who(request), item):
        raise Http404
    around = Organisation.objects.filter(
        territory__in=above_ids(item.territory_id), hidden_by="", verification__ended_at=None,
        verification__isnull=False,
    )  # fmt: skip
    form = AskForm(
        request.POST or None,
        item=item,
        organisations=list(around.order_by("sort_name", "pk")[:MOST_ORGANISATIONS]),
    )
    if request.method == "POST" and form.is_valid():
        services.ask_for_answer(
            item, due_at=form.cleaned_data["due"], organisation=form.organisation, by=member(request)
        )
        messages.success(request, _("The clock runs. The page shows it to everybody."))
        return redirect(item.path)
    return page(request, "ask.html", item=item, form=form, places=places_of(item.territory))


@acts_once
def add_paper(request: HttpRequest, pk: int) -> HttpResponse:
    item = find_item(request, pk)
    if not permissions.can_add_paper(who(request), item):
        raise Http404
    is_sent = request.method == "POST"
    form = PaperForm(
        request.POST if is_sent else None, request.FILES if is_sent else None,
        tongues=[*item.territory.languages, *item.languages],
    )  # fmt: skip
    if is_sent and form.is_valid():
        person = member(request)
        try:
            save_paper(
                item, form.cleaned_data["file"], form.text("name", {}, by=person.shown_name), by=person
            )
        except Refused as refused:
            form.add_error("file", str(refused.reason))
        else:
            messages.success(request, _("The document is there."))
            return redirect(item.path)
    return page(request, "paper.html", item=item, form=form, places=places_of(item.territory))
