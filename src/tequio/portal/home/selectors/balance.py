"""Running every flat's invariants: each function in a room of that name yields what is not so."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
from collections.abc import Callable, Iterator
from types import ModuleType

from django.apps import apps

Check = Callable[[], Iterator[str]]
NOTES = "notes"  # a function of this name says what is worth knowing beside the findings


def _rooms() -> Iterator[tuple[str, ModuleType]]:
    """(label of the flat, its room), in the order of the floors."""
    for app in apps.get_app_configs():
        room = f"{app.name}.invariants"
        if app.name.startswith("tequio.") and importlib.util.find_spec(room) is not None:
            yield app.label, importlib.import_module(room)


def checks() -> list[tuple[str, Check]]:
    """(name as "flat.function", function), in the order of the floors."""
    found: list[tuple[str, Check]] = []
    for label, module in _rooms():
        for name, check in inspect.getmembers(module, inspect.isfunction):
            if check.__module__ == module.__name__ and not name.startswith("_") and name != NOTES:
                found.append((f"{label}.{name}", check))
    return found


def findings() -> Iterator[tuple[str, str]]:
    """(name of the check, what is not so)."""
    for name, check in checks():
        for words in check():
            yield name, words


def notes() -> Iterator[str]:
    """What the flats have to say although it is in order, such as how much is still on its way."""
    for _label, module in _rooms():
        if hasattr(module, NOTES):
            yield from getattr(module, NOTES)()
