"""Handing a file out. Called by the view of the thing that shows it, after that view's own access check."""

from __future__ import annotations

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header, parse_etags

from .models import Rendition
from .selectors import blocks_of, content_of
from .services import BLOCK_BYTES

# A file opened by itself is a page of its own: it may do nothing at all.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
SHOWN_IN_PAGES = ("image/webp",)


def serve(rendition: Rendition, request: HttpRequest) -> HttpResponseBase:
    """The bytes with headers under which a browser neither guesses nor runs anything.

    `rendition.file` must be at hand. Browsers ask again each time, so access that ended has ended; what they
    have already is not sent twice.
    """
    etag = f'"{rendition.digest}"'
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        response: HttpResponseBase = HttpResponseNotModified()
    elif rendition.size > BLOCK_BYTES:
        response = StreamingHttpResponse(blocks_of(rendition), content_type=rendition.type)
        response["Content-Length"] = str(rendition.size)
    else:
        response = HttpResponse(content_of(rendition), content_type=rendition.type)
    is_attachment = rendition.type not in SHOWN_IN_PAGES
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Accept-Ranges"] = "none"
    response["Content-Disposition"] = (
        content_disposition_header(is_attachment, rendition.file.name) or "attachment"
    )
    return response
