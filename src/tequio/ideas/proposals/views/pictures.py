"""Handing out the pictures beside ideas and problems."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from tequio.catalogue.permissions import visible_to as items_visible_to
from tequio.files.selectors import rendition_of
from tequio.files.views import serve
from tequio.people.middleware import who

from ..models import Illustration


@login_not_required
def illustration(request: HttpRequest, pk: int, width: int) -> HttpResponseBase:
    """A copy of a picture, to whoever may see the thing it belongs to."""
    row = get_object_or_404(
        Illustration.objects.filter(item__in=items_visible_to(who(request)).order_by()), pk=pk
    )
    rendition = rendition_of(row.file_id, width=width)
    if rendition is None:
        raise Http404
    return serve(rendition, request)
