"""How things are ordered: a page a recipe, for everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from tequio.base.explained import explanation
from tequio.base.languages import current
from tequio.people.middleware import who
from tequio.territories.selectors import named

from .permissions import can_decide
from .selectors import RecipePage, active, document, places_to_decide, recipe_page
from .types import DECLARED


def find_page(request: HttpRequest, name: str) -> RecipePage:
    """The recipe as it holds everywhere, or in the place of `?place=`; an unknown place is everywhere."""
    if name not in DECLARED:
        raise Http404
    code = request.GET.get("place", "")
    place = named([code]).get(code)
    return recipe_page(who(request), name, place)


@login_not_required
def recipe_list(request: HttpRequest) -> HttpResponse:
    recipes = [(declared, active(name)) for name, declared in DECLARED.items()]
    return render(request, "recipes/recipe_list.html", {"recipes": recipes})


@login_not_required
def recipe_detail(request: HttpRequest, name: str) -> HttpResponse:
    page, person = find_page(request, name), who(request)
    context = {
        "page": page,
        "explained": explanation(name, current()),
        "decides": places_to_decide(person),
        "may_decide": person is not None and can_decide(person, page.place),
    }
    return render(request, "recipes/recipe_detail.html", context)


@login_not_required
def parameters(request: HttpRequest, name: str) -> HttpResponse:
    return JsonResponse(document(find_page(request, name)), json_dumps_params={"indent": 2})
