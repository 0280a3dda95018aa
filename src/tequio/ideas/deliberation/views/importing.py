"""Placeholder until the pages of this room are written."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse


@login_not_required
def import_new(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@login_not_required
def import_detail(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404
