"""Running every flat's invariants: each function in a room of that name yields what is not so."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
from collections.abc import Callable, Iterator

from django.apps import apps

Check = Callable[[], Iterator[str]]


def checks() -> list[tuple[str, Check]]:
    """(name as "flat.function", function), in the order of the floors."""
    found: list[tuple[str, Check]] = []
    for app in apps.get_app_configs():
        room = f"{app.name}.invariants"
        if not app.name.startswith("tequio.") or importlib.util.find_spec(room) is None:
            continue
        module = importlib.import_module(room)
        for name, check in inspect.getmembers(module, inspect.isfunction):
            if check.__module__ == room and not name.startswith("_"):
                found.append((f"{app.label}.{name}", check))
    return found


def findings() -> Iterator[tuple[str, str]]:
    """(name of the check, what is not so)."""
    for name, check in checks():
        for words in check():
            yield name, words
