from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .. import selectors


@login_not_required
@never_cache
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """The letters of the demonstration, open to everybody; anywhere else there is no such page."""
    if not settings.IS_DEMO:
        raise Http404
    return render(request, "door/mailbox.html", {"letters": selectors.letters_shown()})
