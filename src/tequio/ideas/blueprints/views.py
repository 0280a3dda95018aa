"""Choosing a ready-made process, and the form it fills."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
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
        request, "blueprints/choose.html", {"ready": ready, "door": "ideas", "asked": request.GET.urlencode()}
    )


@acts_once
def begin(request: HttpRequest, name: str) -> HttpResponse:
    ready = READY.get(name)
    if ready is None:
        raise Http404
    return new_process(request, blueprint=ready.name, initial=begun(ready), ready=titles_of(ready))
