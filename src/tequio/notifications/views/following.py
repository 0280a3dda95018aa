"""Following: a small page for each thing, and the list of all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from tequio.base.text import read_id
from tequio.catalogue.permissions import visible_to as items_visible_to
from tequio.guards.views import acts_once
from tequio.organisations.permissions import visible_to as organisations_visible_to
from tequio.people.middleware import begin, who
from tequio.people.models import Person
from tequio.territories.models import Territory

from .. import services
from ..forms import SearchForm
from ..models import Follow
from ..permissions import visible_to
from ..selectors import pages


@login_not_required
@acts_once
def following(request: HttpRequest) -> HttpResponse:
    """All she follows; a guest follows in this browser."""
    person = who(request)
    if request.method == "POST":
        follow = get_object_or_404(visible_to(person), pk=read_id(request.POST.get("follow", "")) or 0)
        assert person is not None
        services.unfollow(follow.key, by=person)
        messages.success(request, _("You do not follow this any more."))
        return redirect("notifications:following")
    context = {"rows": pages.followed(person)}
    return render(request, "notifications/following.html", context)


@login_not_required
@acts_once
def follow_item(request: HttpRequest, pk: int) -> HttpResponse:
    items = items_visible_to(who(request)).select_related("territory", "part_of")
    item = get_object_or_404(items, pk=pk)
    key = Follow.key_of(item_id=item.pk)
    if request.method == "POST":
        return _act(request, key, lambda person: services.follow_item(item, by=person), item.path)
    context: dict[str, Any] = {"item": item, "kind": item.kind_info.word, "back": item.path}
    return _page(request, key, context)


@login_not_required
@acts_once
def follow_place(request: HttpRequest, code: str) -> HttpResponse:
    territory = get_object_or_404(Territory, code=code)
    key = Follow.key_of(territory_id=territory.pk)
    back = reverse("home:territory_detail", args=[territory.code])
    if request.method == "POST":
        return _act(request, key, lambda person: services.follow_place(territory, by=person), back)
    context: dict[str, Any] = {"territory": territory, "kind": territory.get_kind_display(), "back": back}
    return _page(request, key, context)


@login_not_required
@acts_once
def follow_organisation(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = get_object_or_404(organisations_visible_to(who(request)), pk=pk)
    key = Follow.key_of(organisation_id=organisation.pk)
    back = reverse("home:organisation_detail", args=[organisation.pk])
    if request.method == "POST":
        return _act(request, key, lambda person: services.follow_organisation(organisation, by=person), back)
    kind = organisation.get_kind_display()
    context: dict[str, Any] = {"organisation": organisation, "kind": kind, "back": back}
    return _page(request, key, context)


@login_not_required
@acts_once
def follow_search(request: HttpRequest) -> HttpResponse:
    """The search stands in the form's own fields, so that what was read is what is followed."""
    asked = request.POST if request.method == "POST" else request.GET
    form = SearchForm(asked if "q" in asked else None)
    place = asked.get("place", "")
    territory = get_object_or_404(Territory, code=place) if place else None
    if not form.is_valid():
        return _search_page(request, form, territory, status=422 if form.is_bound else 200)
    words, kind = " ".join(form.cleaned_data["q"].split()), form.cleaned_data["kind"]
    key = Follow.key_of(territory_id=territory.pk if territory else None, kind=kind, words=words)
    if request.method == "POST":
        return _act(
            request,
            key,
            lambda person: services.follow_search(words, kind=kind, territory=territory, by=person),
            f"{reverse('search:search')}?{urlencode({'q': words})}",
        )
    return _search_page(request, form, territory, is_followed=pages.follows(who(request), key))


def _search_page(
    request: HttpRequest,
    form: SearchForm,
    territory: Territory | None,
    *,
    is_followed: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "territory": territory, "is_followed": is_followed}
    return render(request, "notifications/follow_search.html", context, status=status)


def _act(request: HttpRequest, key: str, follow: Callable[[Person], Follow], back: str) -> HttpResponse:
    """Follow or cease to, as the button says; either is done already where it is sent again."""
    if request.POST.get("do") == "stop":
        person = who(request)
        if person is not None:
            services.unfollow(key, by=person)
        messages.success(request, _("You do not follow this any more."))
        return redirect(back)
    person = begin(request)
    follow(person)
    messages.success(
        request,
        _("You follow this now. You will find what happens under “Notices”."),
    )
    return redirect(back)


def _page(request: HttpRequest, key: str, context: dict[str, Any]) -> HttpResponse:
    context["is_followed"] = pages.follows(who(request), key)
    return render(request, "notifications/follow.html", context)
