"""Placeholder until the pages of this room are written."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse


@login_not_required
def sign_in(request: HttpRequest) -> HttpResponse:
    raise Http404


enter_code = sign_out = account = mailbox = sign_in
