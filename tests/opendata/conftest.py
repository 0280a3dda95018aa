from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

Ask = Callable[..., Any]


@pytest.fixture
def ask(client: Client) -> Ask:
    """ask("GET", "/items", key=…, body=…, once=…): the answer of the API."""

    def asked(
        method: str, path: str, *, key: str = "", body: Any = None, once: str | None = None, **headers: str
    ) -> Any:
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        if key:
            said["authorization"] = f"Bearer {key}"
        if method == "POST" and once != "":
            said["idempotency-key"] = once or str(uuid.uuid4())
        content = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return client.generic(method, f"/api/v1{path}", headers=said, **content)

    return asked
