"""Carrying a thing on: the ways there are, and the page of one of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tequio.base.languages import current
from tequio.base.multilingual import read
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import visible_to as items_visible_to
from tequio.catalogue.selectors.thread import ways_on
from tequio.discussions.models import Comment
from tequio.discussions.permissions import visible_to as comments_visible_to
from tequio.guards.views import acts_once
from tequio.people.middleware import member, who
from tequio.territories.selectors import breadcrumbs

from .forms import CarryForm
from .services import carry
from .services.ways import carry_of

SOURCES = ("item", "comment")
WITH = ("territory", "part_of", "author", "statement__answer", "statement__author__person", "conversation")


def _find(request: HttpRequest, kind: str, pk: int) -> tuple[str, Item | Comment]:
    """(kind of the registry, the thing with all that its ways ask for)."""
    person = who(request)
    if kind == "comment":
        comments = comments_visible_to(person).select_related(
            "item__territory", "item__part_of", "item__conversation", "item__discussion", "author"
        )
        return "comment", get_object_or_404(comments, pk=pk)
    if kind not in SOURCES:
        raise Http404
    item = get_object_or_404(items_visible_to(person).select_related(*WITH), pk=pk)
    return item.kind, item


@require_safe
@never_cache
def choose(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    source, thing = _find(request, kind, pk)
    ways = ways_on(member(request), source, thing)
    if not ways:
        raise Http404
    return render(request, "thread/choose.html", {"ways": ways, **_around(kind, thing)})


@acts_once
def carry_on(request: HttpRequest, kind: str, pk: int, to: str) -> HttpResponse:
    source, thing = _find(request, kind, pk)
    one = carry_of(source, to)
    if one is None or not one.way.can(member(request), thing):
        raise Http404
    item = thing.item if isinstance(thing, Comment) else thing
    languages = [*item.languages, *item.territory.languages]
    form = CarryForm(request.POST or None, one=one, thing=thing, languages=languages)
    if request.method == "POST" and form.is_valid():
        made = carry(thing, to=to, written=form.written(), by=member(request))
        messages.success(request, _("It goes on here. The thread leads back to where it came from."))
        return redirect(made.path)
    context = {"form": form, "way": one.way, **_around(kind, thing)}
    return render(request, "thread/carry.html", context, status=422 if form.is_bound else 200)


def _around(kind: str, thing: Item | Comment) -> dict[str, Any]:
    item = thing.item if isinstance(thing, Comment) else thing
    words = thing.words if isinstance(thing, Comment) else thing.title
    return {
        "source": kind, "thing": thing, "words": read(words, current()), "path": thing.path, "item": item,
        "places": [*breadcrumbs(item.territory), item.territory], "door": item.kind_info.door.value, "icons": "next",
    }  # fmt: skip
