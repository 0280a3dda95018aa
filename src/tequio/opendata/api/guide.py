"""The document for programs, and the page for people that is drawn from it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ..types import Area, Asked, Operation
from .document import BASE, document

HEADERS = "header"
AREAS: dict[str, str | Promise] = {
    "items": gettext_lazy("Everything public"),
    "territories": gettext_lazy("Places"),
    "organisations": gettext_lazy("Organisations"),
    "ideas": gettext_lazy("Ideas"),
    "conversations": gettext_lazy("Conversations"),
    "comments": gettext_lazy("Comments"),
    "keys": gettext_lazy("Keys"),
}


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    context = {
        "areas": _areas(),
        "address": request.build_absolute_uri(f"{BASE}/items"),
        "document": reverse("openapi"),
    }
    return render(request, "opendata/guide.html", context)


@login_not_required
@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(document(), json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _areas() -> list[Area]:
    made = document()
    found: dict[str, list[Operation]] = {name: [] for name in AREAS}
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            found[operation["tags"][0]].append(_operation(made, path, method, operation))
    return [Area(str(AREAS[name]), operations) for name, operations in found.items() if operations]


def _operation(made: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Operation:
    asked = [
        Asked(one["name"], one["in"], one["required"])
        for one in operation["parameters"]
        if one["in"] != HEADERS
    ]
    return Operation(
        method=method.upper(), path=path, summary=_(operation["summary"]), scope=operation.get("x-scope", ""),
        needs_key={} not in operation["security"], asked=[*asked, *_body(made, operation)],
    )  # fmt: skip


def _body(made: dict[str, Any], operation: dict[str, Any]) -> list[Asked]:
    content = operation.get("requestBody", {}).get("content", {})
    reference = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    schema = made["components"]["schemas"].get(reference.rsplit("/", 1)[-1], {})
    needed = schema.get("required", [])
    return [Asked(name, "body", name in needed) for name in schema.get("properties", {})]
