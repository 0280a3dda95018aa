"""One database cluster for the run, empty caches and jobs for each test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from hypothesis import HealthCheck, settings

from tequio.config.postgres import Database, open_database
from tequio.config.translations import compile_translations
from turns import IS_WHOLE

pytest_plugins = ["people", "house", "traps"]
_held: list[Database] = []
SHARED = {"house_of_the_file", "twin_of_the_file"}
# A busy machine is no fault of what is tested, and the same code gets the same verdict; all tests look further.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=not IS_WHOLE
)
settings.load_profile("any machine")


def pytest_configure(config: pytest.Config) -> None:
    """Settings know the socket's path without a server; here the server itself comes up."""
    compile_translations()
    _held.append(open_database())

    from django.test import TransactionTestCase

    from emptying import empty_database

    TransactionTestCase._fixture_teardown = empty_database  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    while _held:
        _held.pop().close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In each file those come last that share its house: the others find no row of it."""
    first: dict[object, int] = {}
    for number, item in enumerate(items):
        first.setdefault(item.path, number)
    items.sort(key=lambda item: (first[item.path], bool(SHARED & set(getattr(item, "fixturenames", ())))))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    from prepared import use_prepared

    with django_db_blocker.unblock():
        use_prepared()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    from prepared import keep_prepared

    with django_db_blocker.unblock():
        keep_prepared()


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Kept pages and caches of one test are not seen by the next, nor the language it read in."""
    from django.core.cache import cache
    from django.utils import translation

    from tequio.guards import middleware
    from tequio.guards.middleware import STORE

    cache.clear()
    STORE.clear()
    translation.activate("en")
    # Once a test, however long it takes: else a slow page before the counted one makes it one question more.
    with mock.patch.object(middleware, "VERSION_SECONDS", 3_600.0):
        yield
    cache.clear()
    STORE.clear()
