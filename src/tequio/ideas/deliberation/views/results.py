"""Placeholder until the pages of this room are written."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse


@login_not_required
def results(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@login_not_required
def numbers(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@login_not_required
def history(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@login_not_required
def hall(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@login_not_required
def hall_count(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@login_not_required
def algorithm(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


@login_not_required
def json(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404
