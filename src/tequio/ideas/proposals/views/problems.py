"""Problems as anybody reads them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse


@login_not_required
def problem_detail(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404
