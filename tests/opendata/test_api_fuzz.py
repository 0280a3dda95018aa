"""Every operation with hostile values, as its document allows and as it does not (T16): no error of ours."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from house import House
from keys import key_for
from tequio.opendata.api.document import BASE, document

pytestmark = pytest.mark.django_db
CHECKS = (
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
)  # fmt: skip
FEW, MANY = 16, 400


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The server closes it between requests; here it holds the house."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def operations() -> list[tuple[str, str]]:
    return [(path, method) for path, methods in document()["paths"].items() for method in methods]


def at_home(case: Any, path: str, house: House) -> None:
    """Put in what is there and what is asked for: without it nearly every answer is “not here” or “no language”."""
    things = {
        "/items": house.conversation.pk, "/conversations": house.conversation.pk,
        "/statements": house.statement.pk, "/comments": house.comment.pk, "/ideas": house.idea.pk,
        "/problems": house.notes["problem"].pk, "/processes": house.process.pk,
        "/organisations": house.organisations.runs.pk, "/results": house.notes["result"],
    }  # fmt: skip
    asked = case.path_parameters or {}
    if "pk" in asked:
        asked["pk"] = next(pk for start, pk in things.items() if path.startswith(f"{BASE}{start}/"))
    if "code" in asked:
        asked["code"] = house.place.code
    if isinstance(case.body, dict):
        case.body |= {"language": "en", "agrees": True, "reply_to": None, "side": "for"}


def fuzz(path: str, method: str, house: House, examples: int) -> dict[int, int]:
    """Send `examples` made-up requests, with and without a key. Returns how often each status came."""
    # In this thread, where the house's transaction is; ours hands pages to threads of its own.
    schema = schemathesis.openapi.from_wsgi(f"{BASE}/openapi.json", WSGIHandler())
    operation = schema[path][method.upper()]
    key, counts = key_for(house.person("author")), dict[int, int]()
    modes = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in schemathesis.GenerationMode))

    @given(case=modes, with_key=st.booleans(), is_home=st.booleans())
    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=examples == FEW,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )  # fmt: skip
    def send(case: Any, with_key: bool, is_home: bool) -> None:
        headers = {"Accept-Encoding": "identity"}  # a server unpacks, this client does not
        if is_home:
            at_home(case, path, house)
            headers["Idempotency-Key"] = str(uuid.uuid4())
        if with_key or is_home:
            headers["Authorization"] = f"Bearer {key}"
        response = case.call(headers=headers)
        counts[response.status_code] = counts.get(response.status_code, 0) + 1
        case.validate_response(response, checks=CHECKS, headers=headers)

    send()
    return counts


@pytest.mark.parametrize(("path", "method"), operations())
def test_no_operation_breaks(path: str, method: str, house: House, settings):
    settings.API_LIMIT_KEY = settings.API_LIMIT_PUBLIC = 1_000_000
    counts = fuzz(path, method, house, FEW)
    assert max(counts) < 500
    assert min(counts) < 300, counts  # some of it was taken


@pytest.mark.full
@pytest.mark.parametrize(("path", "method"), operations())
def test_no_operation_breaks_by_many(path: str, method: str, house: House, settings):
    settings.API_LIMIT_KEY = settings.API_LIMIT_PUBLIC = 1_000_000
    counts = fuzz(path, method, house, MANY)
    assert max(counts) < 500
    assert min(counts) < 300, counts


def test_the_document_is_openapi_3_1():
    """Read by the tool as it is; each operation can be asked, and says what it answers."""
    made = document()
    assert made["openapi"].startswith("3.1.")
    schema = schemathesis.openapi.from_dict(made)
    assert {(one.ok().path, one.ok().method) for one in schema.get_all_operations()} == set(operations())
    names = [one["operationId"] for methods in made["paths"].values() for one in methods.values()]
    assert len(names) == len(set(names))
    for methods in made["paths"].values():
        for method, operation in methods.items():
            assert operation["summary"]
            assert {"404", "422", "429", "401"} <= set(operation["responses"]), operation["operationId"]
            assert ("Idempotency-Key" in str(operation["parameters"])) == (method == "post")
