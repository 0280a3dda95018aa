"""Looked for and not found: the page for everybody, and taking words off it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from tequio.guards.views import acts_once
from tequio.people.middleware import member, who
from tequio.territories.models import Territory

from ..permissions import can_hide, visible_to
from ..selectors.gaps import gaps_page
from ..services import hide_gap


@login_not_required
def gaps(request: HttpRequest) -> HttpResponse:
    code = request.GET.get("place", "")
    place = get_object_or_404(Territory, code=code) if code else None
    return render(request, "search/gaps.html", gaps_page(who(request), place, request.GET.dict()))


@acts_once
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    gap = get_object_or_404(visible_to(who(request)).select_related("territory"), pk=pk)
    if not can_hide(member(request), gap.territory):
        raise Http404
    back = reverse("search:gaps") + (f"?place={gap.territory.code}" if gap.territory else "")
    if request.method == "POST" and request.POST.get("do") == "hide":
        hide_gap(gap, by=member(request))
        messages.success(request, _("These words are not shown here any more."))
        return redirect(back)
    status = 422 if request.method == "POST" else 200
    return render(request, "search/gap_hide.html", {"gap": gap, "back": back}, status=status)
