"""The idea, place and process of a request."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tequio.base.text import read_id
from tequio.ideas.processes.models import Process
from tequio.ideas.processes.permissions import visible_to as processes_visible_to
from tequio.people.middleware import who
from tequio.territories.models import Territory
from tequio.territories.selectors import breadcrumbs, named

from ..models import Idea, Problem
from ..permissions import process_of
from ..selectors.detail import ideas_for_reading
from ..selectors.problems import problems_named

MOST_PROBLEMS = 5


def find_idea(request: HttpRequest, pk: int) -> Idea:
    """The idea if she may see it, with all its pages ask for; else as absent."""
    return get_object_or_404(ideas_for_reading(who(request)), pk=pk)


def place_and_process(request: HttpRequest) -> tuple[Territory | None, Process | None]:
    """As the form or the address says, the process before the place; (None, None) where neither is named."""
    named_process = request.POST.get("process") or request.GET.get("process", "")
    if named_process:
        rows = processes_visible_to(who(request)).select_related("item__territory")
        process = get_object_or_404(rows, pk=read_id(named_process) or 0)
        return process.item.territory, process
    code = request.POST.get("place") or request.GET.get("place", "")
    if not code:
        return None, None
    place = named([code]).get(code)
    if place is None:
        raise Http404
    return place, None


def problems_asked(request: HttpRequest) -> list[Problem]:
    """The problems it answers, as `?answers=` and the form's boxes name them."""
    typed = [*request.GET.getlist("answers"), *request.POST.getlist("answers")]
    wanted = [pk for one in typed if (pk := read_id(one)) is not None]
    return problems_named(who(request), wanted[:MOST_PROBLEMS])


def around(idea: Idea) -> dict[str, Any]:
    """What every page of an idea shows of it."""
    item = idea.item
    return {
        "idea": idea,
        "item": item,
        "process": process_of(idea),
        "places": [*breadcrumbs(item.territory), item.territory],
        "door": "ideas",
    }


def barred(
    request: HttpRequest, bar: str, *, territory: Territory, process: Process | None, doing: str
) -> HttpResponse:
    """Not now, or not for her: the page says which, and what can be done. `doing` is "propose" or "support"."""
    context = {
        "bar": str(bar), "territory": territory, "process": process, "doing": doing, "door": "ideas",
        "places": [*breadcrumbs(territory), territory],
    }  # fmt: skip
    return render(request, "proposals/barred.html", context, status=403)
