"""The OpenAPI 3.1 document: what django-ninja writes, with keys, headers and answers that all operations share."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from typing import Any

from tequio.guards.api import HEADER

from ..enums import Scope

BASE = "/api/v1"
BEARER = {"type": "http", "scheme": "bearer", "description": "A key for programs, made under “My account”."}
LANGUAGE = {
    "name": "Accept-Language", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "es, en or fr: the language of messages, and of `text` where it is there.",
}  # fmt: skip
ONCE = {
    "name": HEADER, "in": "header", "required": True,
    "schema": {"type": "string", "pattern": "^[0-9a-fA-F-]{16,64}$", "minLength": 16, "maxLength": 64},
    "description": "A new UUID for each act; the same one when it is sent again, which then changes nothing.",
}  # fmt: skip
MATCH = {
    "name": "If-None-Match", "in": "header", "required": False, "schema": {"type": "string"},
    "description": "The ETag of an earlier answer; 304 where nothing has changed.",
}  # fmt: skip
WORDS = {
    400: "The request cannot be read, or its Idempotency-Key is missing",
    401: "No key, or one that is not good",
    403: "Not allowed",
    404: "Nothing here that this reader may see",
    405: "This address takes other methods",
    409: "The Idempotency-Key was used for something else, or is in use right now",
    413: "More than this takes",
    422: "Something in the request is not right: `fields` says where",
    429: "Too often: Retry-After says when again",
    503: "The database is away for a moment: Retry-After says when again",
}
EVERYWHERE = (400, 405, 429, 503)


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """As Python values; not to be changed by who asks."""
    from . import api

    made = deepcopy(dict(api.get_openapi_schema(path_prefix=BASE.strip("/") + "/")))
    made["info"]["license"] = {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}
    made["components"]["securitySchemes"] = {"key": BEARER}
    made["servers"] = [{"url": "/"}]
    for path in made["paths"].values():
        for method, operation in path.items():
            _complete(operation, is_act=method == "post")
    return made


def _complete(operation: dict[str, Any], *, is_act: bool) -> None:
    reading = f"{operation['tags'][0]}:read"
    if not is_act and reading in Scope.values:
        operation["x-scope"] = reading
    needs_key = is_act or operation["tags"] == ["keys"]
    operation["security"] = [{"key": []}] if needs_key else [{}, {"key": []}]
    operation["parameters"] = [*operation.get("parameters", []), LANGUAGE, ONCE if is_act else MATCH]
    answers = operation["responses"]
    problem = {"application/json": {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    for status in EVERYWHERE:
        answers.setdefault(status, {"content": problem})
    for status, words in WORDS.items():
        if status in answers:
            answers[status]["description"] = words
    if not is_act:
        answers[304] = {"description": "What you have is still right"}
    operation["responses"] = {str(status): answers[status] for status in sorted(answers, key=str)}
