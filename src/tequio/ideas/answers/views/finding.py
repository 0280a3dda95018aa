"""What the views of answers fetch and fill in alike."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from tequio.base.text import read_id
from tequio.catalogue.models import Item
from tequio.catalogue.permissions import visible_to
from tequio.organisations.models import Organisation
from tequio.organisations.permissions import acting_ids
from tequio.people.middleware import who
from tequio.people.models import Person
from tequio.territories.models import Territory
from tequio.territories.selectors import breadcrumbs, named

from ..enums import Show
from ..models import Result
from ..permissions import can_run, results_visible_to
from ..selectors.desk import Wanted

MOST_IDS = 200


def find_item(request: HttpRequest, pk: int) -> Item:
    return get_object_or_404(visible_to(who(request)).select_related("territory", "author"), pk=pk)


def find_result(request: HttpRequest, pk: int) -> Result:
    rows = results_visible_to(who(request)).select_related(
        "item__territory", "item__discussion", "item__part_of", "item__author", "organisation"
    )
    return get_object_or_404(rows, pk=pk)


def find_run(request: HttpRequest, pk: int) -> Result:
    """A result that is hers to tell of; else as absent."""
    result = find_result(request, pk)
    if not can_run(who(request), result):
        raise Http404
    return result


def own_organisations(person: Person | None) -> list[Organisation]:
    """In whose name she may speak."""
    ids = acting_ids(person)
    return list(Organisation.objects.filter(pk__in=ids).order_by("sort_name", "pk")) if ids else []


def numbers_of(texts: list[str]) -> list[int]:
    found = [read_id(text) for text in texts[: 2 * MOST_IDS]]
    return list(dict.fromkeys(number for number in found if number is not None))[:MOST_IDS]


def wanted_of(request: HttpRequest) -> Wanted:
    show = request.GET.get("show", "")
    code = request.GET.get("place", "")[:40]
    return Wanted(
        show=show if show in Show.values else Show.ALL,
        process=read_id(request.GET.get("process", "")),
        place=named([code]).get(code) if code else None,
    )


def query_of(wanted: Wanted) -> dict[str, Any]:
    """The filters as they stand in an address, those that are set."""
    values = {
        "show": "" if wanted.show == Show.ALL else wanted.show, "process": wanted.process,
        "place": wanted.place.code if wanted.place else "",
    }  # fmt: skip
    return {name: value for name, value in values.items() if value}


def along(path: str, wanted: Wanted) -> str:
    """The address of a page with the filters of the desk carried along."""
    query = urlencode(query_of(wanted))
    return f"{path}?{query}" if query else path


def places_of(territory: Territory) -> list[Territory]:
    return [*breadcrumbs(territory), territory]


def page(request: HttpRequest, template: str, *, status: int = 0, **context: Any) -> HttpResponse:
    """422 where the form in it has errors."""
    form = context.get("form")
    code = status or (422 if form is not None and form.errors else 200)
    return render(request, f"answers/{template}", {"door": "ideas", **context}, status=code)
