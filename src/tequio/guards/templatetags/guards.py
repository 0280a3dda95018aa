"""`{% form_key %}` inside every POST form."""

from __future__ import annotations

import uuid
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag(takes_context=True)
def form_key(context: dict[str, Any]) -> SafeString:
    """CSRF token and form key; a form that is drawn again after a mistake keeps its key."""
    request = context["request"]
    kept = request.POST.get("form_key") if getattr(request, "redraws_form", False) else None
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="form_key" value="{}">',
        get_token(request),
        kept or uuid.uuid4().hex,
    )
