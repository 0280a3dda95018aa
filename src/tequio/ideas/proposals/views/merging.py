"""Joining an idea to another, undoing that, and splitting one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tequio.base.errors import Refused
from tequio.base.trap import filling_of_change
from tequio.catalogue.enums import ItemState
from tequio.guards.views import acts_once
from tequio.people.middleware import member

from ..forms.supporting import MergeForm, SplitForm
from ..models import Idea
from ..permissions import can_merge, can_split, can_unmerge
from ..selectors.detail import ideas_for_reading
from ..services.merging import merge_idea, unmerge_idea
from ..services.splitting import split_idea
from .finding import around, find_idea
from .writing import near_of


@acts_once
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    person, idea = member(request), find_idea(request, pk)
    can_undo = can_unmerge(person, idea)
    if not can_undo and not can_merge(person, idea):
        raise Http404
    if can_undo and request.method == "POST":
        unmerge_idea(idea, by=person)
        messages.success(request, _("This idea stands for itself again."))
        return redirect("proposals:detail", pk)
    form = MergeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (into := _merged(request, idea, form)):
        messages.success(request, _("The two ideas are one now. Supporters are told."))
        return redirect("proposals:detail", into.pk)
    context = {**around(idea), "form": form, "can_undo": can_undo, "near": [] if can_undo else near_of(idea)}
    return render(request, "proposals/merge.html", context, status=422 if form.is_bound else 200)


def _merged(request: HttpRequest, idea: Idea, form: MergeForm) -> Idea | None:
    """The idea it is joined to now; None where that cannot be, and the form says why."""
    person = member(request)
    into = ideas_for_reading(person).filter(pk=form.cleaned_data["into"]).first()
    if into is None:
        form.add_error("into", _("There is no such idea."))
        return None
    try:
        merge_idea(idea, into, by=person)
    except Refused as refused:
        if refused.code != "changed":
            raise
        form.add_error("into", str(refused.reason))
        return None
    return into


def _said_of(part: Idea) -> str:
    if part.item.state == ItemState.HELD:
        return _("Thank you. It is shown after somebody has looked at it. Here you see what becomes of it.")
    return _("The new idea stands here. The thread leads back to where it came from.")


@acts_once
def split(request: HttpRequest, pk: int) -> HttpResponse:
    person, idea = member(request), find_idea(request, pk)
    if not can_split(person, idea):
        raise Http404
    languages = [*idea.item.languages, *idea.item.territory.languages]
    form = SplitForm(request.POST if request.method == "POST" else None, languages=languages)
    if form.is_valid():
        words, filling = form.words(by=person.shown_name), filling_of_change(request)
        part = split_idea(idea, words, filling=filling, by=person)
        messages.success(request, _said_of(part))
        return redirect("proposals:detail", part.pk)
    context = {**around(idea), "form": form}
    return render(request, "proposals/split.html", context, status=422 if form.is_bound else 200)
