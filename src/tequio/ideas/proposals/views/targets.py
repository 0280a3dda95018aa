"""Which place and which process a new thing is for, and what keeps somebody from writing it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tequio.base.text import clean_line, read_id
from tequio.catalogue.enums import Bar
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.permissions import bar
from tequio.ideas.processes.permissions import visible_to as visible_processes
from tequio.people.middleware import who
from tequio.territories.models import Territory
from tequio.territories.selectors import breadcrumbs, named, place_choices

LONGEST_CARRIED = 1_000
# What stands in an address beside the place, and goes along.
CARRIED = ("words", "answers")


@dataclass(frozen=True)
class Target:
    """A process, or the open hub of a place."""

    territory: Territory
    process: Process | None = None

    @property
    def places(self) -> list[Territory]:
        return [*breadcrumbs(self.territory), self.territory]


def find_target(request: HttpRequest) -> Target | None:
    """As the form or the address says (`process` before `place`); None where neither is named."""
    number, code = (request.POST.get(name) or request.GET.get(name, "") for name in ("process", "place"))
    if number:
        rows = visible_processes(who(request)).select_related("item__territory")
        process = get_object_or_404(rows, pk=read_id(number) or 0)
        return Target(process.item.territory, process)
    if not code:
        return None
    place = named([code[:40]]).get(code)
    if place is None:
        raise Http404
    return Target(place)


def home_of(request: HttpRequest) -> Target | None:
    """The open hub of where she lives."""
    person = who(request)
    return Target(person.home) if person is not None and person.home is not None else None


def carried_words(request: HttpRequest) -> str:
    """What she wrote in the box."""
    return clean_line(request.GET.get("words", ""))[:LONGEST_CARRIED]


def choose_place(request: HttpRequest, heading: Any, *, status: int = 200) -> HttpResponse:
    """Asked first where nobody said for which place it is; what was asked along goes on."""
    context = {
        "heading": heading,
        "carried": [(name, value) for name in CARRIED for value in request.GET.getlist(name)],
        "groups": place_choices(),
        "door": "ideas",
    }
    return render(request, "proposals/choose_place.html", context, status=status)


def bar_of(request: HttpRequest, act: str, kind: str, target: Target) -> Bar:
    person = who(request)
    return bar(person, act, kind, process=target.process, territory=target.territory)


def barred(request: HttpRequest, bar: Bar, target: Target, *, doing: str) -> HttpResponse:
    """Not now, or not for her: the page says which, and what can be done. `doing` is propose, support, report or confirm."""
    context = {
        "bar": bar.value, "territory": target.territory, "process": target.process, "doing": doing,
        "organisation_id": target.process.item.organisation_id if target.process else None,
        "places": target.places, "door": "ideas", "icons": "flag",
    }  # fmt: skip
    return render(request, "proposals/barred.html", context, status=403)
