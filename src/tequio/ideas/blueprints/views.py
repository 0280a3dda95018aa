"""Choosing a ready-made process, and the form it fills."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tequio.guards.views import acts_once
from tequio.ideas.processes.enums import Blueprint
from tequio.ideas.processes.views.organising import new_process

from .selectors import READY, begun, in_reader_words, titles_of


def choose(request: HttpRequest) -> HttpResponse:
    """Each explained in two sentences, with the steps it begins with."""
    ready = [
        {
            "name": one.name,
            "title": Blueprint(one.name).label,
            "words": one.words,
            "steps": [in_reader_words(step.title) for step in one.steps],
        }
        for one in READY.values()
    ]
    return render(
        request, "blueprints/choose.html", {"ready": ready, "door": "ideas", "asked": _others(request)}
    )


def _others(request: HttpRequest) -> str:
    """What was asked for besides (a place, words brought along), for the links."""
    query = request.GET.copy()
    query.pop("blueprint", None)
    return query.urlencode()


@acts_once
def begin(request: HttpRequest) -> HttpResponse:
    """`?blueprint=` says with what the form begins; anything else begins with one empty step."""
    ready = READY.get(request.GET.get("blueprint", ""), READY[Blueprint.OWN])
    return new_process(request, blueprint=ready.name, initial=begun(ready), ready=titles_of(ready))
