from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tequio.people.middleware import who

from ..selectors.mine import my_page


@login_not_required
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What waits, what became of it, what I am here. A guest sees what this browser did, a visitor how to begin."""
    context = {"mine": my_page(who(request)), "icons": "ideas download"}
    return render(request, "me/page.html", context)
