"""Placeholder until the pages of this room are written."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse


@login_not_required
def results_json(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@login_not_required
def export_zip(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@login_not_required
def export_file(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404
