"""`{% form_key %}` inside every POST form."""

from __future__ import annotations

import uuid
from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tequio.base.trap import BEGAN, TRAP, began_now, read_began

register = template.Library()


@register.simple_tag(takes_context=True)
def form_key(context: dict[str, Any]) -> SafeString:
    """CSRF token and form key; a form that is drawn again after a mistake keeps its key.

    Every form of visitors and guests has the trap in it too; `trap` puts it into those of members that publish.
    """
    request = context["request"]
    kept = request.POST.get("form_key") if getattr(request, "redraws_form", False) else None
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="form_key" value="{}">{}',
        get_token(request),
        kept or uuid.uuid4().hex,
        render_to_string("guards/_trap.html", _trap(request)) if _is_of_a_guest(request) else "",
    )


@register.inclusion_tag("guards/_trap.html", takes_context=True)
def trap(context: dict[str, Any]) -> dict[str, Any]:
    """Inside forms that publish: what `form_key` has put into those of visitors and guests already."""
    request = context["request"]
    return {} if _is_of_a_guest(request) else _trap(request)


def _is_of_a_guest(request: Any) -> bool:
    person = getattr(request, "person", None)
    return person is None or person.is_guest


def _trap(request: Any) -> dict[str, Any]:
    """A field people do not see, and when the form was first drawn.

    A form that is drawn again keeps its time: whoever mends one word is not too fast.
    """
    kept = request.POST.get(BEGAN, "") if getattr(request, "redraws_form", False) else ""
    return {"name": TRAP, "began_name": BEGAN, "began": kept if read_began(kept) is not None else began_now()}
