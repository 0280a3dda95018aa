"""The history of words, which every kind of item has."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from tequio.guards.views import acts_once
from tequio.people.middleware import member, who
from tequio.territories.selectors import breadcrumbs

from .forms import RevisionForm
from .models import Item
from .permissions import can_hide, revisions_visible_to, visible_to
from .selectors.history import history, version_of_history
from .services.revisions import hide_revision, show_revision


def find_item(request: HttpRequest, pk: int) -> Item:
    return get_object_or_404(visible_to(who(request)).select_related("territory", "part_of"), pk=pk)


def _page(
    request: HttpRequest, template: str, item: Item, status: int = 200, **context: object
) -> HttpResponse:
    whole = item.part_of or item
    context |= {
        "item": item, "whole": whole, "places": [*breadcrumbs(item.territory), item.territory],
        "door": item.kind_info.door.value, "icons": "clock",
    }  # fmt: skip
    return render(request, template, context, status=status)


@login_not_required
def item_history(request: HttpRequest, pk: int) -> HttpResponse:
    item = find_item(request, pk)
    typed = request.GET.get("before", "")
    before = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 19 else None
    page = history(who(request), item, before=before)
    return _page(request, "catalogue/history.html", item, history=page)


@acts_once
def item_revision(request: HttpRequest, pk: int, revision: int) -> HttpResponse:
    """One former version: a moderator hides its words, or shows them again."""
    item = find_item(request, pk)
    if not can_hide(member(request), item):
        raise Http404
    row = get_object_or_404(revisions_visible_to(who(request), item), pk=revision)
    row.item = item
    form = RevisionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        change = hide_revision if form.cleaned_data["do"] == "hide" else show_revision
        change(row, by=member(request))
        messages.success(request, _("The history was changed."))
        return redirect("catalogue:history", item.pk)
    version = version_of_history(row)
    return _page(
        request, "catalogue/revision.html", item, 422 if form.is_bound else 200, form=form, version=version
    )
