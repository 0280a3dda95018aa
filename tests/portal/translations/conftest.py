"""Translators, and a real machine to ask."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from http_server import Gateway, open_gateway
from tequio.people.models import Person
from tequio.territories.models import Territory


@pytest.fixture
def tika(make_member: Callable[..., Person], lome: Territory) -> Person:
    """Translator of Lomé."""
    return make_member("Tika", "translator", lome)


@pytest.fixture
def engine(settings: Any) -> Iterator[Gateway]:
    """A web server that speaks as LibreTranslate."""
    with open_gateway() as gateway:
        gateway.status = 200
        gateway.body = json.dumps({"translatedText": "Los precios, en la pared."}).encode()
        settings.TRANSLATE_URL, settings.TRANSLATE_KEY = f"{gateway.url}/", "opensesame"
        yield gateway
