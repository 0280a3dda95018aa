"""Supporting an idea and taking that back; what somebody proposed and supports."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tequio.catalogue.enums import Bar
from tequio.consent.enums import Purpose
from tequio.consent.types import current_text
from tequio.guards.views import acts_once
from tequio.notifications.permissions import can_follow
from tequio.notifications.services import follow_item
from tequio.people.middleware import begin, who

from ..forms.supporting import SupportForm
from ..models import Idea
from ..permissions import process_of, supporting_bar, takes_supports
from ..selectors.mine import own_ideas
from ..selectors.thresholds import support_bar
from ..services.supporting import support_idea, withdraw_support
from .finding import around, find_idea
from .targets import Target, barred


@login_not_required
@acts_once
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """The page a visitor's link leads to; whoever has begun presses the button on the idea's own page."""
    idea = find_idea(request, pk)
    form = SupportForm(request.POST if request.method == "POST" else None)
    is_hers = bool(vars(idea)["is_mine_too"])
    if form.is_valid() and form.cleaned_data["do"] == "withdraw":
        if is_hers and withdraw_support(idea, by=begin(request)):
            messages.success(request, _("You took your support back. It counts no more."))
        return redirect("proposals:detail", pk)
    if not is_hers and (refused := _not_now(request, idea)):
        return refused
    if form.is_valid():
        _support(request, idea, follows=form.cleaned_data["follow"])
        return redirect("proposals:detail", pk)
    context = {
        **around(idea), "is_mine_too": is_hers, "consent": current_text(Purpose.IDEAS), "form": form, "icons": "support",
        "standing": support_bar(
            idea.item.count.supports, idea.item.territory_id, is_in_process=around(idea)["process"] is not None
        ),
    }  # fmt: skip
    return render(request, "proposals/support.html", context, status=422 if form.is_bound else 200)


def _not_now(request: HttpRequest, idea: Idea) -> HttpResponse | None:
    bar = supporting_bar(who(request), idea)
    if takes_supports(idea) and bar == Bar.NONE:
        return None
    target = Target(idea.item.territory, process_of(idea))
    return barred(request, bar if takes_supports(idea) else Bar.NOW, target, doing="support")


def _support(request: HttpRequest, idea: Idea, *, follows: bool) -> None:
    person = begin(request)
    support_idea(idea, by=person)
    if follows and can_follow(person, idea.item):
        follow_item(idea.item, by=person)
        messages.success(request, _("Thank you. You support this idea, and hear what becomes of it."))
    else:
        messages.success(request, _("Thank you. You support this idea."))


@login_not_required
@require_safe
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """Her drafts and ideas, those she is asked to sign with others, and those she supports."""
    return render(request, "proposals/mine.html", {"mine": own_ideas(who(request)), "door": "ideas"})
