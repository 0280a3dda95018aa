"""Which place and which process a new thing is for, and what keeps somebody from writing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tequio.base.text import clean_line
from tequio.ideas.processes.enums import Bar
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.permissions import bar
from tequio.ideas.processes.permissions import visible_to as visible_processes
from tequio.people.middleware import who
from tequio.territories.models import Territory
from tequio.territories.selectors import breadcrumbs, named, place_choices

LONGEST_CARRIED = 1_000


@dataclass(frozen=True)
class Target:
    """A process, or the open hub of a place."""

    territory: Territory
    process: Process | None = None

    @property
    def places(self) -> list[Territory]:
        return [*breadcrumbs(self.territory), self.territory]


def find_target(request: HttpRequest) -> Target | None:
    """As the form or the address says (`process` or `place`), else her home; None where nobody said."""
    number, code = (request.POST.get(name) or request.GET.get(name, "") for name in ("process", "place"))
    if number:
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            raise Http404
        rows = visible_processes(who(request)).select_related("item__territory")
        process = get_object_or_404(rows, pk=int(number))
        return Target(process.item.territory, process)
    if code:
        place = named([code[:40]]).get(code)
        if place is None:
            raise Http404
        return Target(place)
    person = who(request)
    return Target(person.home) if person is not None and person.home is not None else None


def carried_words(request: HttpRequest) -> str:
    """What she wrote in the box."""
    return clean_line(request.GET.get("words", ""))[:LONGEST_CARRIED]


def choose_place(request: HttpRequest, heading: Any) -> HttpResponse:
    context = {
        "heading": heading,
        "words": carried_words(request),
        "groups": place_choices(),
        "door": "ideas",
    }
    return render(request, "proposals/problem_place.html", context)


def bar_of(request: HttpRequest, act: str, kind: str, target: Target) -> Bar:
    person = who(request)
    return bar(person, act, kind, process=target.process, territory=target.territory)


def not_now(request: HttpRequest, target: Target, barred: Bar) -> HttpResponse:
    """What keeps her from it, and what she can do instead."""
    context = {"target": target, "bar": barred.value, "places": target.places, "door": "ideas"}
    return render(request, "proposals/not_now.html", context, status=403)
